package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands behind {@code input}: {@code 1x28x28}, {@code 784}, a list, or {@code 1 of 610}; or data, or a part of it, that brings examples of the shape. */
public final class InputShape {
  /** Whole numbers that a float tells apart. */
  private static final int MOST = 1 << 24;

  private InputShape() {}

  /** @param name of the part that the input takes */
  public static Optional<Field> of(String name, Step.Input step, Formulas formulas, Problems problems) {
    Span span = step.shape().span();
    Optional<Field> known = step.bound().isEmpty() ? formulas.lookups().field(step.shape()) : Optional.empty();
    if (known.isPresent()) {
      return known.map(f -> new Field(name, f.shape(), f.bound(), f.padded()));
    }
    Optional<Constant> value = formulas.constant(step.shape());
    Optional<List<Integer>> dims = value.flatMap(InputShape::dims);
    if (value.isPresent() && dims.isEmpty()) {
      return problems.report(Code.L011, span, "`input` needs a shape, not " + value.get(), "for example `input 1x28x28`");
    }
    Optional<Integer> bound = step.bound().isEmpty() ? Optional.of(0) : bound(step.bound().get(), formulas, problems);
    return dims.flatMap(d -> shape(span, d, problems)).flatMap(shape -> bound.map(b -> new Field(name, shape, b, step.padded())));
  }

  private static Optional<Integer> bound(Expression of, Formulas formulas, Problems problems) {
    Optional<Constant> value = formulas.constant(of);
    Optional<Integer> bound = value.flatMap(Calls::whole).filter(b -> b >= 1 && b <= MOST);
    return value.isPresent() && bound.isEmpty()
        ? problems.report(
            Code.L015, of.span(), "behind `of` stands how many whole numbers there are, from 1 to 16,777,216, not " + value.get(), "for example `input 1 of 610`")
        : bound;
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
