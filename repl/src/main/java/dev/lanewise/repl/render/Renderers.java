package dev.lanewise.repl.render;

import dev.lanewise.dsl.language.Language;

/** Which renderer suits a console. */
public final class Renderers {
  private Renderers() {}

  public static Renderer of(Console console, boolean json, Window window) {
    if (json) {
      return new JsonRenderer(console.out(), console.err());
    }
    LineRenderer lines = new LineRenderer(console.out(), console.err(), window, console.style(), console.pictures());
    Renderer renderer = console.outIsTerminal()
        ? new TerminalRenderer(lines, console.out(), window, System::nanoTime, console.style())
        : lines;
    return console.language() == Language.ENGLISH ? renderer : new Translator(renderer, console.voice());
  }
}
