package dev.lanewise.repl.tutorial;

import dev.lanewise.repl.tutorial.Goal.Verdict.Met;
import dev.lanewise.repl.tutorial.Goal.Verdict.Open;
import java.util.Arrays;
import java.util.List;

/**
 * Something is looked at.
 *
 * @param label how a statement may begin
 * @param beginnings all ways in which it may
 */
record LookGoal(String label, List<String> beginnings) implements Goal {
  /** {@code backward(Two, or backward(Two.}. */
  static LookGoal of(String written) {
    List<String> beginnings = Arrays.asList(written.split(" or "));
    return new LookGoal(beginnings.getFirst() + "…)", beginnings);
  }

  @Override
  public Verdict of(Attempt attempt, List<Mistake> mistakes) {
    String typed = attempt.text().replaceAll("\\s", "");
    return beginnings.stream().anyMatch(b -> typed.contains(b.replaceAll("\\s", ""))) ? new Met() : new Open();
  }
}
