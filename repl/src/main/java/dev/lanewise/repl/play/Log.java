package dev.lanewise.repl.play;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.repl.render.LineRenderer;
import dev.lanewise.repl.text.Colours;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.repl.text.Window;
import dev.lanewise.runtime.file.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What a session tells in lines, as a prompt would print it, for the foot of the script. */
final class Log {
  private static final int MOST = 200;
  private static final int WIDE = 64;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Output out = new Output(written);
  private final Deque<String> lines = new ArrayDeque<>();
  private LineRenderer renderer;

  Log(Language language) {
    speak(language);
  }

  /** From now on it speaks another language; what has been said stays. */
  synchronized void speak(Language language) {
    Window narrow = new Window() {
      @Override
      public int columns() {
        return WIDE;
      }

      @Override
      public int rows() {
        return 0;
      }
    };
    this.renderer = new LineRenderer(Voice.of(out, Style.PLAIN, language, narrow), out, Colours.NONE);
  }

  /** What an event makes one read; empty if that is nothing. */
  synchronized Optional<String> on(SessionEvent event) {
    written.reset();
    renderer.on(event);
    out.flush();
    String text = written.toString(StandardCharsets.UTF_8).stripTrailing();
    if (text.isBlank()) {
      return Optional.empty();
    }
    String line = line(text, tone(event));
    lines.addLast(line);
    if (lines.size() > MOST) {
      lines.removeFirst();
    }
    return Optional.of(line);
  }

  private static String line(String text, String tone) {
    return new JsonWriter().beginObject().name("text").value(text).name("tone").value(tone).endObject().toString();
  }

  private static String tone(SessionEvent event) {
    return switch (event) {
      case SessionEvent.Diagnosed(var d) -> d.isError() ? "bad" : "plain";
      case SessionEvent.Failed _ -> "bad";
      case SessionEvent.Expected e -> e.holds() ? "good" : "bad";
      default -> "plain";
    };
  }

  synchronized void clear() {
    lines.clear();
  }

  /** All lines. */
  synchronized String all() {
    return "{\"lines\":[" + String.join(",", lines) + "]}";
  }
}
