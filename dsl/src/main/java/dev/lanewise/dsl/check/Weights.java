package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.operation.Initializer;
import dev.lanewise.runtime.operation.ParameterSpec;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code weight W : [in.features, n] ~ he_normal}: the parameters of a {@code layer}. The last dimension counts what comes
 * out, those before it what goes in.
 */
record Weights(Formulas formulas, Problems problems) {
  private static final List<String> INITIALIZERS =
      List.of("he_normal", "he_uniform", "ones", "normal", "uniform", "xavier_normal", "xavier_uniform", "zeros");

  /** Values of one weight: as many as can be addressed. */
  private static final double MOST = Integer.MAX_VALUE / 32.0;

  Optional<ParameterSpec> spec(Statement.Weight weight) {
    Optional<Shape> shape = shape(weight.shape());
    Optional<Initializer> initializer = shape.flatMap(s -> initializer(weight.initial(), s));
    return initializer.map(i -> ParameterSpec.of(weight.name().text(), shape.get(), i));
  }

  private Optional<Shape> shape(Expression expression) {
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
            : problems.report(Code.L017, expression.span(), "a weight of " + value.get() + " has more values than can be trained", "");
      }
    }
    return problems.report(
        Code.L063, expression.span(), "the dimensions of a weight are whole numbers, not " + value.get(), "weight W : [in.features, 10] ~ he_normal");
  }

  private Optional<Initializer> initializer(Expression expression, Shape shape) {
    boolean call = expression instanceof Expression.Call;
    Expression callee = expression instanceof Expression.Call(Span _, Expression c, List<Argument> _) ? c : expression;
    List<Argument> arguments = expression instanceof Expression.Call c ? c.arguments() : List.of();
    if (!(callee instanceof Expression.Word(Span span, String name)) || !INITIALIZERS.contains(name)) {
      String word = callee instanceof Expression.Word w ? w.text() : "";
      return problems.report(
          Code.L064, callee.span(), "unknown initialiser" + (word.isEmpty() ? "" : " `" + word + "`"), Suggestions.remedy(word, INITIALIZERS));
    }
    int out = shape.dim(shape.rank() - 1);
    double in = shape.rank() == 1 ? out : (double) shape.size() / out;
    Optional<Double> scale = arguments.isEmpty() ? Optional.of(1.0) : scale(arguments.getFirst());
    if (call && arguments.size() > 1) {
      return problems.report(Code.L019, arguments.get(1).span(), "this argument is one too many", "");
    }
    return scale.map(
        s -> switch (name) {
          case "zeros" -> new Initializer.Constant(0);
          case "ones" -> new Initializer.Constant(1);
          case "normal" -> new Initializer.Normal(s);
          case "uniform" -> new Initializer.Uniform(s);
          case "he_normal" -> new Initializer.Normal(Math.sqrt(2 / in));
          case "he_uniform" -> new Initializer.Uniform(Math.sqrt(6 / in));
          case "xavier_normal" -> new Initializer.Normal(Math.sqrt(2 / (in + out)));
          default -> new Initializer.Uniform(Math.sqrt(6 / (in + out)));
        });
  }

  private Optional<Double> scale(Argument argument) {
    return formulas.constant(argument.value()).flatMap(
        v -> v instanceof Constant.Num(double n) && n > 0
            ? Optional.of(n)
            : problems.report(Code.L011, argument.span(), "this is a number above 0, not " + v, ""));
  }
}
