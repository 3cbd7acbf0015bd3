package dev.lanewise.repl.tutorial;

import java.util.Map;

/** Whether what was typed is what a step asks for. */
@FunctionalInterface
interface Check {
  /** What is to be said about it. */
  sealed interface Verdict {
    record Right() implements Verdict {}

    /** Neither right nor wrong: somebody looks around, or is half way. @param key of what helps now; may be empty */
    record Open(String key) implements Verdict {}

    /** @param key of the remark that fits this mistake; empty for any other */
    record Wrong(String key) implements Verdict {}
  }

  Verdict of(Attempt attempt);

  /**
   * A number, by whatever name or none.
   *
   * @param mistakes numbers that come of a known mistake, with the keys of what to say about them
   */
  static Check number(double right, Map<Double, String> mistakes) {
    return attempt -> {
      if (attempt.number().isEmpty() || attempt.isLook()) {
        return new Verdict.Open("");
      }
      double given = attempt.number().getAsDouble();
      if (near(given, right)) {
        return new Verdict.Right();
      }
      for (Map.Entry<Double, String> mistake : mistakes.entrySet()) {
        if (near(given, mistake.getKey())) {
          return new Verdict.Wrong(mistake.getValue());
        }
      }
      return attempt.isBinding() ? new Verdict.Open("") : new Verdict.Wrong("");
    };
  }

  /** A network that, trained, answers so large a share of the test examples rightly. */
  static Check trained(String data, double accuracy, Check defined) {
    return attempt -> {
      boolean defines = !attempt.networks().isEmpty();
      if (defines && !(defined.of(attempt) instanceof Verdict.Right)) {
        return defined.of(attempt);
      }
      if (attempt.trained().isEmpty()) {
        return new Verdict.Open(defines ? "defined" : "");
      }
      double reached = attempt.probe("test(" + attempt.trained().get() + ", " + data + ").accuracy").orElse(0);
      return reached >= accuracy ? new Verdict.Right() : new Verdict.Wrong("more");
    };
  }

  private static boolean near(double a, double b) {
    return Math.abs(a - b) <= 5e-4 * Math.max(1, Math.abs(b));
  }
}
