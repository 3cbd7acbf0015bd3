package dev.lanewise.repl.render;

import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.repl.text.Window;

/** Which renderer suits a console. */
public final class Renderers {
  private Renderers() {}

  public static Renderer of(Console console, boolean json, Window window) {
    if (json) {
      return new JsonRenderer(console.out(), console.err());
    }
    Voice voice = console.voice(window);
    LineRenderer lines = new LineRenderer(voice, console.err(), console.pictures());
    return console.outIsTerminal() ? new TerminalRenderer(lines, voice, System::nanoTime) : lines;
  }
}
