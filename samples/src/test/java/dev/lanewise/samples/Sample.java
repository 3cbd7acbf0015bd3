package dev.lanewise.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Runs a sample, changed so that it takes less time. */
record Sample(List<SessionEvent> events) {
  static final Path FOLDER = Path.of("").toAbsolutePath();

  Sample() {
    this(new ArrayList<>());
  }

  static String text(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name));
  }

  static String changed(String script, String from, String to) {
    assertThat(script).contains(from);
    return script.replace(from, to);
  }

  /** @param file where the script stands, as far as its paths are concerned */
  Outcome run(Path file, String script) {
    try (Session session = session()) {
      return session.run(new Source(file.toString(), script));
    }
  }

  Session session() {
    return new Session(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), events::add);
  }
}
