package dev.lanewise.repl.render;

import dev.lanewise.dsl.language.Language;
import java.util.function.IntSupplier;

/** Which renderer suits a console. */
public final class Renderers {
  private Renderers() {}

  /** @param columns the terminal's width now; asked again and again, because windows are resized */
  public static Renderer of(Console console, boolean json, IntSupplier columns) {
    if (json) {
      return new JsonRenderer(console.out(), console.err());
    }
    LineRenderer lines = new LineRenderer(console.out(), console.err(), columns, console.style());
    Renderer renderer = console.outIsTerminal()
        ? new TerminalRenderer(lines, console.out(), columns, System::nanoTime, console.style())
        : lines;
    return console.language() == Language.ENGLISH ? renderer : new Translator(renderer, console.voice());
  }
}
