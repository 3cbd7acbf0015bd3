package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code weight W : [in.features, n] ~ he_normal}: the parameters of a {@code layer}. The last dimension counts what comes
 * out, those before it what goes in.
 */
record Weights(Formulas formulas, Problems problems) {
  /** Values of one weight: as many as can be addressed. */
  private static final double MOST = Memory.MOST;

  Optional<ParameterSpec> spec(Statement.Weight weight) {
    Optional<Shape> shape = shape(weight.shape());
    Optional<Initializer> initializer = shape.flatMap(s -> initializer(weight.initial(), s));
    return initializer.map(i -> ParameterSpec.of(weight.name().text(), shape.get(), i));
  }

  Optional<Shape> shape(Expression expression) {
    return shape(expression, "weight", "weight W : [in.features, 10] ~ he_normal");
  }

  /** @param example what is right */
  Optional<Shape> shape(Expression expression, String what, String example) {
    Optional<Constant> value = formulas.constant(expression);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> dims = new ArrayList<>();
    if (value.get() instanceof Constant.Items(List<Constant> items)) {
      items.forEach(i -> Calls.whole(i).filter(n -> n > 0).ifPresent(dims::add));
      if (!items.isEmpty() && dims.size() == items.size()) {
        return dims.stream().mapToDouble(d -> d).reduce(1, (a, b) -> a * b) <= MOST
            ? Optional.of(new Shape(dims))
            : problems.report(Code.L017, expression.span(), "a " + what + " of " + value.get() + " has more values than an array can hold", "");
      }
    }
    return problems.report(
        Code.L063, expression.span(), "the dimensions of a " + what + " are whole numbers, not " + value.get(), bracketed(expression, value.get(), example));
  }

  /** One dimension without its brackets. */
  private Remedy bracketed(Expression expression, Constant value, String example) {
    boolean one = Calls.whole(value).filter(n -> n > 0).isPresent();
    return one ? Remedy.write(expression.span(), "[" + problems.source().text(expression.span()) + "]") : Remedy.say(example);
  }

  private Optional<Initializer> initializer(Expression expression, Shape shape) {
    int out = shape.dim(shape.rank() - 1);
    int in = shape.rank() == 1 ? out : shape.size() / out;
    return new Initializations(formulas, problems).of(expression).map(i -> i.of(in, out, shape.rank() == 1 ? 1 : in, out));
  }
}
