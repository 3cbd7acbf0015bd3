package dev.lanewise.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** What a script tells, and the networks that it leaves. */
record Told(Outcome outcome, List<SessionEvent> events) {
  static Told of(Path folder, String text) {
    return of(folder, text, (_, _) -> { });
  }

  /** @param each is told of every event, with the session */
  static Told of(Path folder, String text, BiConsumer<Session, SessionEvent> each) {
    List<SessionEvent> events = new ArrayList<>();
    Session[] session = new Session[1];
    try (Session own = new Session(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), e -> {
      events.add(e);
      each.accept(session[0], e);
    })) {
      session[0] = own;
      return new Told(own.run(new Source(folder.resolve("script.net").toString(), text)), events);
    }
  }

  /** Of a conversation, whose last line must succeed. */
  static Told typed(String... lines) {
    List<SessionEvent> events = new ArrayList<>();
    try (Session session = new Session(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      Outcome last = Outcome.OK;
      for (String line : lines) {
        last = session.run(new Source("prompt", line));
      }
      return new Told(last, events).isFine();
    }
  }

  Told isFine() {
    assertThat(outcome).as(() -> events.toString()).isEqualTo(Outcome.OK);
    return this;
  }

  /** By trial: the cells of its row. */
  Map<Integer, List<String>> trials() {
    Map<Integer, List<String>> rows = new TreeMap<>();
    events.forEach(e -> {
      if (e instanceof SessionEvent.Trial t) {
        rows.put(t.number(), t.cells());
      }
    });
    return rows;
  }

  List<Diagnostic> diagnostics() {
    return events.stream().filter(SessionEvent.Diagnosed.class::isInstance).map(e -> ((SessionEvent.Diagnosed) e).diagnostic()).toList();
  }

  /** The parameters in a file, bit for bit. */
  static Map<String, Integer> bits(Path file) throws IOException {
    Map<String, Integer> bits = new TreeMap<>();
    for (Tensor t : Safetensors.read(file).tensors()) {
      bits.put(t.name(), Arrays.hashCode(t.values()));
    }
    return bits;
  }
}
