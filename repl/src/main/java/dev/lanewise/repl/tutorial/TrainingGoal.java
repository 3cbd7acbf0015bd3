package dev.lanewise.repl.tutorial;

import dev.lanewise.repl.tutorial.Goal.Verdict.Met;
import dev.lanewise.repl.tutorial.Goal.Verdict.Open;
import dev.lanewise.repl.tutorial.Goal.Verdict.Wrong;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What holds after a training. Mistakes are conditions, too.
 *
 * @param label the condition, {@code test(N, points).accuracy >= 1}
 */
record TrainingGoal(String label) implements Goal {
  @Override
  public Verdict of(Attempt attempt, List<Mistake> mistakes) {
    if (!attempt.trains()) {
      return new Open();
    }
    return holds(attempt, label)
        ? new Met()
        : new Wrong(mistakes.stream().filter(m -> holds(attempt, m.what())).map(Mistake::remark).findFirst());
  }

  /** Whether a condition with `>=` or `<` is true; false for what is none. */
  private static boolean holds(Attempt attempt, String condition) {
    boolean below = condition.contains(" < ");
    String[] sides = condition.split(below ? " < " : " >= ", 2);
    if (sides.length < 2) {
      return false;
    }
    OptionalDouble left = attempt.value(sides[0]);
    OptionalDouble right = attempt.value(sides[1]);
    boolean known = left.isPresent() && right.isPresent();
    return known && (below ? left.getAsDouble() < right.getAsDouble() : left.getAsDouble() >= right.getAsDouble());
  }
}
