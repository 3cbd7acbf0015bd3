package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands behind {@code input}: {@code 1x28x28}, {@code 784}, or a list. */
public final class InputShape {
  private InputShape() {}

  public static Optional<Shape> of(Step.Input step, Formulas formulas, Problems problems) {
    Optional<Constant> value = formulas.constant(step.shape());
    Optional<List<Integer>> dims = value.flatMap(InputShape::dims);
    Span span = step.shape().span();
    if (value.isPresent() && dims.isEmpty()) {
      return problems.report(Code.L011, span, "`input` needs a shape, not " + value.get(), "for example `input 1x28x28`");
    }
    return dims.flatMap(d -> shape(span, d, problems));
  }

  private static Optional<Shape> shape(Span span, List<Integer> dims, Problems problems) {
    // The limit of the runtime's layers: sixteen lanes of one tensor must be addressable.
    if (dims.stream().mapToDouble(d -> d).reduce(1, (a, b) -> a * b) > Integer.MAX_VALUE / 32) {
      return problems.report(Code.L017, span, "an input of this shape has too many values", "");
    }
    return dims.isEmpty() || dims.contains(0)
        ? problems.report(Code.L015, span, "every dimension must be at least 1", "")
        : Optional.of(new Shape(dims));
  }

  /** The dimensions that a value stands for. */
  static Optional<List<Integer>> dims(Constant value) {
    return switch (value) {
      case Constant.Dims(List<Integer> dims) -> Optional.of(dims);
      case Constant.Num n -> Calls.whole(n).map(List::of);
      case Constant.Items(List<Constant> items) -> {
        List<Integer> dims = new ArrayList<>();
        items.forEach(i -> Calls.whole(i).ifPresent(dims::add));
        yield dims.size() == items.size() ? Optional.of(dims) : Optional.empty();
      }
      case Constant.Text _, Constant.Flag _ -> Optional.empty();
    };
  }
}
