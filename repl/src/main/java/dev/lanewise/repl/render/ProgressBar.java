package dev.lanewise.repl.render;

import dev.lanewise.dsl.session.SessionEvent;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.Locale;

/**
 * The line that is redrawn while an epoch runs.
 *
 * <pre>
 *     3/10 ━━━━━━━━━━━━━━━━────────────────────  42 %  loss 0.1234  0:07 left
 * </pre>
 */
final class ProgressBar {
  private static final int SHORTEST = 5;
  private static final int LONGEST = 40;

  private double slowestEpoch;

  /** An epoch has ended: the time left is reckoned with the slowest so far, so that it is rather too long than too short. */
  void epoch(double seconds) {
    slowestEpoch = Math.max(slowestEpoch, seconds);
  }

  /** The line, at most {@code width - 1} characters, so that no terminal wraps it. */
  String line(TrainEvent.Batch batch, int width) {
    double done = (double) batch.batch() / batch.batches();
    String head = String.format(Locale.ROOT, "%8s ", batch.epoch() + "/" + batch.epochs());
    String tail = String.format(Locale.ROOT, " %3d %%  loss %s  %s left",
        (int) (100 * done), Numbers.loss(batch.loss()), Numbers.clock(left(batch)));
    int length = Math.min(LONGEST, width - 1 - head.length() - tail.length());
    String line = length < SHORTEST ? head.strip() + tail : head + bar(done, length) + tail;
    return line.substring(0, Math.clamp(width - 1, 0, line.length()));
  }

  /** The same of a file that comes. */
  String line(SessionEvent.Fetching fetching, int width) {
    double done = (double) fetching.done() / fetching.size();
    String tail = String.format(Locale.ROOT, " %3d %%  %s", (int) (100 * done), fetching.file());
    int length = Math.min(LONGEST, width - 1 - tail.length());
    String line = length < SHORTEST ? tail.strip() : bar(done, length) + tail;
    return line.substring(0, Math.clamp(width - 1, 0, line.length()));
  }

  /** Seconds until the last epoch ends: the rest of this one at its own pace, and the whole ones after it. */
  private double left(TrainEvent.Batch batch) {
    double epoch = batch.seconds() * batch.batches() / Math.max(1, batch.batch());
    double next = slowestEpoch > 0 ? slowestEpoch : epoch;
    return epoch - batch.seconds() + next * (batch.epochs() - batch.epoch());
  }

  private static String bar(double done, int length) {
    int full = (int) (done * length);
    return "━".repeat(full) + "─".repeat(length - full);
  }
}
