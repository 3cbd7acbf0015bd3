package dev.lanewise.repl.render;

import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.dsl.run.SessionEvent;
import java.util.Locale;

/** The line that is redrawn while a file comes. */
final class FetchBar {
  private static final int SHORTEST = 5;
  private static final int LONGEST = 40;

  private FetchBar() {}

  /** At most {@code width - 1} characters, so that no terminal wraps it. */
  static String line(SessionEvent.Fetching fetching, int width) {
    double done = (double) fetching.done() / fetching.size();
    String tail = String.format(Locale.ROOT, " %3d %%  %s", (int) (100 * done), fetching.file());
    int length = Math.min(LONGEST, width - 1 - TextWidth.of(tail));
    int full = (int) (done * length);
    String line = length < SHORTEST ? tail.strip() : "━".repeat(full) + "─".repeat(length - full) + tail;
    return TextWidth.cut(line, Math.max(0, width - 1));
  }
}
