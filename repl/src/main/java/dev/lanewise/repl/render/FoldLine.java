package dev.lanewise.repl.render;

import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.repl.text.Numbers;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.runtime.score.FoldScores;
import dev.lanewise.runtime.score.Measure;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The lines of a cross-validation, a table that grows: one for each fold, then their mean and deviation.
 *
 * <pre>
 *       fold      loss  accuracy
 *        1/5    0.1210   96.67 %
 *       mean    0.1532   95.33 %
 *  deviation    0.0431    1.83 %
 * </pre>
 */
final class FoldLine {
  private static final int FIRST = 11;

  private FoldLine() {}

  static String heading(List<Measure.Kind> kinds, Voice voice) {
    StringBuilder line = new StringBuilder(right(FIRST, voice.say("fold")));
    kinds.forEach(k -> line.append(right(width(k), voice.say(k.toString()))));
    return line.toString();
  }

  static String of(SessionEvent.Fold fold, Voice voice) {
    String name = fold.number() + "/" + fold.of();
    return fold.score() == FoldScores.DIVERGED
        ? right(FIRST, name) + "  " + voice.say("diverged")
        : numbers(name, fold.kinds(), fold.score()::of);
  }

  static List<String> of(SessionEvent.Folded folds, Voice voice) {
    FoldScores scores = folds.scores();
    return List.of(
        numbers(voice.say("mean"), folds.kinds(), scores::mean), numbers(voice.say("deviation"), folds.kinds(), scores::deviation));
  }

  private static String numbers(String name, List<Measure.Kind> kinds, ToDoubleFunction<Measure.Kind> of) {
    StringBuilder line = new StringBuilder(right(FIRST, name));
    kinds.forEach(k -> line.append(right(width(k), Numbers.measured(k, of.applyAsDouble(k)))));
    return line.toString();
  }

  private static int width(Measure.Kind kind) {
    return 2 + Math.max(8, kind.toString().length());
  }

  private static String right(int width, String text) {
    return " ".repeat(Math.max(0, width - TextWidth.of(text))) + text;
  }
}
