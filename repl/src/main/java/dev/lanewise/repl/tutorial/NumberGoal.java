package dev.lanewise.repl.tutorial;

import dev.lanewise.repl.tutorial.Goal.Verdict.Met;
import dev.lanewise.repl.tutorial.Goal.Verdict.Open;
import dev.lanewise.repl.tutorial.Goal.Verdict.Wrong;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A number, by whatever name or none.
 *
 * @param label what the text calls it; a later step binds it
 * @param formula of the names that are bound
 */
record NumberGoal(String label, String formula) implements Goal {
  static NumberGoal of(String written) {
    String[] sides = written.split(" = ", 2);
    return new NumberGoal(sides[0], sides[1]);
  }

  @Override
  public Verdict of(Attempt attempt, List<Mistake> mistakes) {
    List<Double> given = attempt.names().stream().map(attempt::value).flatMap(v -> v.stream().boxed()).toList();
    if (given.isEmpty() || attempt.isLook()) {
      return new Open();
    }
    if (is(attempt, formula, given)) {
      return new Met();
    }
    Optional<Said> remark = mistakes.stream().filter(m -> is(attempt, m.what(), given)).map(Mistake::remark).findFirst();
    return remark.isEmpty() && attempt.isBinding() ? new Open() : new Wrong(remark);
  }

  /** Whether one of the numbers is the value of a formula. */
  private static boolean is(Attempt attempt, String formula, List<Double> given) {
    OptionalDouble value = attempt.value(formula);
    return value.isPresent() && given.stream().anyMatch(g -> Goal.near(g, value.getAsDouble()));
  }
}
