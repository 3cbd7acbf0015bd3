package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.SourceFile.Unreadable;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.repl.render.Renderer;
import java.util.function.Function;

/** What every command that takes a script does with it. */
final class ScriptFile {
  private ScriptFile() {}

  /** Where a script comes from. */
  @FunctionalInterface
  interface Reader {
    Source read() throws Unreadable;
  }

  /** Reads, works and finishes; gives the exit status. */
  static int with(Reader reader, Renderer renderer, Function<Source, Outcome> work) {
    Outcome outcome;
    try {
      outcome = work.apply(reader.read());
    } catch (Unreadable unreadable) {
      renderer.problem(unreadable.getMessage());
      outcome = Outcome.MISTAKE;
    }
    renderer.finish(outcome);
    return outcome.status();
  }
}
