package dev.lanewise.repl.tutorial;

import java.util.List;
import java.util.Optional;

/** Something that a step asks for, and whether what was typed is that. A step may have several, which are met in any order. */
sealed interface Goal permits NumberGoal, FunctionGoal, NetworkGoal, TrainingGoal, LookGoal {
  /** What is to be said about an attempt. */
  sealed interface Verdict {
    record Met() implements Verdict {}

    /** Neither right nor wrong: somebody looks around, or is half way. */
    record Open() implements Verdict {}

    /** @param remark what fits this mistake; empty for any other */
    record Wrong(Optional<Said> remark) implements Verdict {}
  }

  /** What is asked for, in a word: a name, a form. */
  String label();

  Verdict of(Attempt attempt, List<Mistake> mistakes);

  /**
   * As a step's file has it; empty if the word is not that of a goal.
   *
   * <pre>
   * &#64;number z = w1 * x1 + b                     a number, by whatever name or none
   * &#64;function loss(w) = (w * x1 - t) ^ 2        a function of this name that gives the same
   * &#64;network N: 2 -> 2 with hidden              a network of this name; it may be asked for a hidden layer or a convolution
   * &#64;trained test(N, points).accuracy >= 1      what holds after a training
   * &#64;look backward(Two, or backward(Two.       a statement that begins so
   * </pre>
   */
  static Optional<Goal> of(String word, String written) {
    return switch (word) {
      case "number" -> Optional.of(NumberGoal.of(written));
      case "function" -> Optional.of(FunctionGoal.of(written));
      case "network" -> Optional.of(NetworkGoal.of(written));
      case "trained" -> Optional.of(new TrainingGoal(written));
      case "look" -> Optional.of(LookGoal.of(written));
      default -> Optional.empty();
    };
  }

  /** Numbers are compared as they are printed, to four places. */
  static boolean near(double a, double b) {
    return Math.abs(a - b) <= 6e-5 + 1e-3 * Math.abs(b);
  }
}
