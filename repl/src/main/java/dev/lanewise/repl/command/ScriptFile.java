package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.SourceFile;
import dev.lanewise.dsl.diagnostic.SourceFile.Unreadable;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.runtime.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What every command that takes scripts does with them. */
final class ScriptFile {
  /** The name of standard input. */
  static final String PIPED = "-";

  private static final String MARK = "\ufeff";

  private ScriptFile() {}

  /** Where a script comes from. */
  @FunctionalInterface
  interface Reader {
    Source read() throws Unreadable;
  }

  /** What is done with one of several scripts. */
  @FunctionalInterface
  interface Work {
    /** @param piped whether it came from standard input */
    Outcome of(Source source, boolean piped);
  }

  /** Reads, works and finishes; gives the exit status. */
  static int with(Reader reader, Renderer renderer, Function<Source, Outcome> work) {
    return finished(renderer, one(reader, renderer, work));
  }

  /** The same with several scripts, one after the other; the worst exit status. */
  static int each(List<String> names, Renderer renderer, Work work) {
    Outcome worst = Outcome.OK;
    for (String name : names) {
      Outcome outcome = one(() -> read(name), renderer, source -> work.of(source, name.equals(PIPED)));
      worst = outcome.status() > worst.status() ? outcome : worst;
    }
    return finished(renderer, worst);
  }

  /** A script by its path; - is standard input. */
  static Source read(String name) throws Unreadable {
    return name.equals(PIPED) ? SourceFile.standardInput(System.in) : SourceFile.read(Path.of(name));
  }

  static Outcome one(Reader reader, Renderer renderer, Function<Source, Outcome> work) {
    try {
      return work.apply(reader.read());
    } catch (Unreadable unreadable) {
      renderer.problem(unreadable.getMessage());
      return Outcome.MISTAKE;
    }
  }

  private static int finished(Renderer renderer, Outcome outcome) {
    renderer.finish(outcome);
    return outcome.status();
  }

  /** Puts a text into the file that a script was read from, all of it or nothing, unless the file has changed since. What is wrong is told. */
  static Outcome write(Source read, String text, Renderer renderer) {
    Path file = Path.of(read.name());
    try {
      byte[] now = Files.readAllBytes(file);
      String mark = new String(now, StandardCharsets.UTF_8).startsWith(MARK) ? MARK : "";
      if (!Arrays.equals(now, (mark + read.text()).getBytes(StandardCharsets.UTF_8))) {
        renderer.problem(read.name() + " has changed meanwhile, and is not overwritten");
        return Outcome.MISTAKE;
      }
      AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap((mark + text).getBytes(StandardCharsets.UTF_8))));
      return Outcome.OK;
    } catch (AccessDeniedException e) {
      renderer.problem(read.name() + " may not be written: permission denied");
    } catch (IOException e) {
      renderer.problem(read.name() + " cannot be written: " + Reasons.of(e));
    }
    return Outcome.MISTAKE;
  }
}
