package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Mentions;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.layer.Layers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A call as it stands in the script, with the values that its names have there: {@code conv(64, 3, stride = 2)} of {@code conv(width, 3, stride = s)}. */
record CallText(Building at) {
  /** Digits of a number that was computed. */
  private static final MathContext SHORT = new MathContext(6);

  String of(Step.Apply step) {
    List<Argument> arguments = step.arguments();
    if (step.body().isPresent() || arguments.stream().noneMatch(a -> varies(step, a.value()))) {
      return at.names.source().text(step.span()).replaceAll("\\s+", " ").replaceAll("\\{.*", "{ … }");
    }
    return call(step, step.callee(), arguments);
  }

  private String call(Step.Apply step, Expression callee, List<Argument> arguments) {
    return text(callee) + arguments.stream()
        .map(a -> a.name().map(n -> n.text() + " = ").orElse("") + value(step, a.value()))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** The value itself; of a call that has none, such as {@code normal(0.1 * scale)}, those of its arguments. */
  private String value(Step.Apply step, Expression expression) {
    if (!varies(step, expression)) {
      return text(expression);
    }
    Formulas formulas = at.formulas().quiet(new Problems(at.names.source()));
    Optional<Constant> value = formulas.constant(expression);
    return value.map(CallText::shown)
        .orElseGet(() -> expression instanceof Expression.Call c ? call(step, c.callee(), c.arguments()) : text(expression));
  }

  private static String shown(Constant value) {
    return value instanceof Constant.Num n && !n.isWhole() && Double.isFinite(n.value())
        ? Double.toString(new BigDecimal(n.value()).round(SHORT).doubleValue())
        : value.toString();
  }

  /** Whether names stand in it that have values here. A word that the layer itself knows, such as {@code same}, has none. */
  private boolean varies(Step.Apply step, Expression expression) {
    boolean word = expression instanceof Expression.Word w
        && step.callee().dotted().flatMap(Layers::named).stream().flatMap(l -> l.signature().arguments().stream()).anyMatch(a -> a.type().words().contains(w.text()));
    return !word && Mentions.of(expression).any(name -> name.equals("in") || at.names.locals().containsKey(name) || at.scope.find(name).isPresent());
  }

  private String text(Expression expression) {
    return at.names.source().text(expression.span()).replaceAll("\\s+", " ");
  }
}
