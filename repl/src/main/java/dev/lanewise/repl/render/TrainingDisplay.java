package dev.lanewise.repl.render;

import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.view.picture.LossCurve;
import dev.lanewise.repl.text.Numbers;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.repl.text.Window;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * What is seen while a network trains: the curve of the loss where the window is large enough, the progress of the epoch, and numbers.
 *
 * <pre>
 *     2.303 ┤⠱⡀
 *     0.312 ┤ ⠈⠒⠤⠤⣀⣀
 *            0.00                    epoch 2.42
 *     3/10 ━━━━━━━━━━━━━━━━──────────────────────────  42 %  0:07 left
 *          loss 0.3124  rate 0.01  79,756 examples/s
 * </pre>
 */
final class TrainingDisplay {
  private static final int SHORTEST_BAR = 5;
  private static final int LONGEST_BAR = 60;
  private static final int CURVE = 6;
  private static final int REMEMBERED = 3;
  /** Smaller windows are left to the numbers. */
  private static final int ROWS_FOR_CURVE = 16;
  private static final int COLUMNS_FOR_CURVE = 36;

  private final LossCurve curve = new LossCurve();
  /** Per epoch; 0 where nobody has said. */
  private final int examples;
  /** Of the latest epochs. */
  private final Deque<Double> seconds = new ArrayDeque<>();

  /** What it is one of, {@code fold 2 of 5}; empty if it is alone. */
  private final String part;

  TrainingDisplay(int examples) {
    this(examples, "");
  }

  private TrainingDisplay(int examples, String part) {
    this.examples = examples;
    this.part = part;
  }

  /** Of a fold. */
  static TrainingDisplay of(SessionEvent.FoldBegan fold) {
    return new TrainingDisplay(0, "fold " + fold.number() + " of " + fold.of());
  }

  void batch(TrainEvent.Batch batch) {
    curve.add(batch);
  }

  /** An epoch has ended: the time left is reckoned with the slowest of the last three, so that it is rather too long than too short. */
  void epoch(TrainEvent.Epoch epoch) {
    curve.add(epoch);
    seconds.addLast(epoch.seconds());
    if (seconds.size() > REMEMBERED) {
      seconds.removeFirst();
    }
  }

  /** The lines, each at most {@code columns - 1} long, so that no terminal wraps them. */
  List<String> lines(TrainEvent.Batch batch, Voice voice) {
    Window window = voice.window();
    Style style = voice.style();
    int columns = window.columns();
    List<String> lines = new ArrayList<>();
    if (columns >= COLUMNS_FOR_CURVE && window.rows() >= ROWS_FOR_CURVE && !curve.isEmpty()) {
      lines.addAll(Braille.curve(voice.say(curve.figure()), columns - 1, CURVE, style));
    }
    lines.add(bar(batch, columns - 1, voice));
    String numbers = numbers(batch, columns - 1, voice);
    if (!numbers.isBlank()) {
      lines.add(style.faint(numbers));
    }
    return lines;
  }

  /** As much of the bar as fits, or none: {@code 3/10 42 % 0:07 left}. */
  private String bar(TrainEvent.Batch batch, int width, Voice voice) {
    double done = (double) batch.batch() / batch.batches();
    String head = String.format(Locale.ROOT, "%8s ", batch.epoch() + "/" + batch.epochs());
    String tail = String.format(Locale.ROOT, " %3d %%  %s", (int) (100 * done), voice.say(Numbers.clock(left(batch)) + " left"));
    int length = Math.min(LONGEST_BAR, width - head.length() - TextWidth.of(tail));
    if (length < SHORTEST_BAR) {
      return TextWidth.cut(head.strip() + tail, Math.max(0, width));
    }
    int full = (int) (done * length);
    return head + voice.style().good("━".repeat(full)) + voice.style().faint("─".repeat(length - full)) + tail;
  }

  /** As many as fit, the most wanted first. */
  private String numbers(TrainEvent.Batch batch, int width, Voice voice) {
    List<String> all = new ArrayList<>(List.of(voice.say("loss " + Numbers.loss(batch.loss())), voice.say("rate " + Numbers.rate(batch.rate()))));
    if (!part.isEmpty()) {
      all.addFirst(voice.say(part));
    }
    if (examples > 0) {
      double seen = (double) examples * batch.batch() / batch.batches();
      all.add(voice.say(Numbers.rate(seen, batch.seconds()) + " examples/s"));
    }
    String indent = width < 30 ? "" : " ".repeat(9);
    StringBuilder line = new StringBuilder();
    for (String number : all) {
      String before = line.isEmpty() ? indent : "  ";
      if (TextWidth.of(line + before + number) <= width) {
        line.append(before).append(number);
      }
    }
    return line.toString();
  }

  /** Seconds until the last epoch ends: the rest of this one at its own pace, and the whole ones after it. */
  private double left(TrainEvent.Batch batch) {
    double epoch = batch.seconds() * batch.batches() / Math.max(1, batch.batch());
    double next = seconds.stream().mapToDouble(s -> s).max().orElse(epoch);
    return epoch - batch.seconds() + next * (batch.epochs() - batch.epoch());
  }
}
