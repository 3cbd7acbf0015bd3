package dev.lanewise.repl.render;

import dev.lanewise.dsl.session.SessionEvent;
import java.util.Locale;

/**
 * How much of a file has come.
 *
 * <pre>
 * ━━━━━━━━━━━━━━━━────────────────────  42 %  train-images-idx3-ubyte.gz
 * </pre>
 */
final class FetchingBar {
  private static final int SHORTEST = 5;
  private static final int LONGEST = 40;

  private FetchingBar() {}

  /** The line, at most {@code width - 1} characters, so that no terminal wraps it. */
  static String line(SessionEvent.Fetching fetching, int width) {
    double done = (double) fetching.done() / fetching.size();
    String tail = String.format(Locale.ROOT, " %3d %%  %s", (int) (100 * done), fetching.file());
    int length = Math.min(LONGEST, width - 1 - tail.length());
    String line = length < SHORTEST ? tail.strip() : bar(done, length) + tail;
    return line.substring(0, Math.clamp(width - 1, 0, line.length()));
  }

  private static String bar(double done, int length) {
    int full = (int) (done * length);
    return "━".repeat(full) + "─".repeat(length - full);
  }
}
