package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.syntax.Expression;
import java.util.Optional;
import java.util.function.Function;

/** Which of some things {@code [3]} or {@code [0:4]} means. */
record Cuts(Problems problems) {
  /** From the first up to the one that is no longer part of it. */
  record Range(int from, int to) {}

  /**
   * The range of a cut.
   *
   * @param count of the things
   * @param what they are, such as {@code channels}
   * @param number what an expression is, if it is one
   */
  Optional<Range> range(Expression.Cut cut, int count, String what, Function<Expression, Optional<Double>> number) {
    Optional<Double> from = cut.from().isPresent() ? cut.from().flatMap(number) : Optional.of(0.0);
    Optional<Double> to = cut.to().isPresent() ? cut.to().flatMap(number) : Optional.of((double) count);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    double first = fromStart(from.get(), count);
    double end = cut.stretch() ? fromStart(to.get(), count) : first + 1;
    if (first != Math.rint(first) || end != Math.rint(end)) {
      return problems.report(Code.L083, cut.span(), "places among the " + what + " are whole numbers", "");
    }
    return first >= 0 && first < end && end <= count
        ? Optional.of(new Range((int) first, (int) end))
        : problems.report(
            Code.L083, cut.span(), "this is beyond the " + count + " " + what + ", or holds none of them",
            "they are counted from 0 to " + (count - 1) + "; the end of a stretch is not part of it");
  }

  private static double fromStart(double place, int count) {
    return place < 0 ? place + count : place;
  }
}
