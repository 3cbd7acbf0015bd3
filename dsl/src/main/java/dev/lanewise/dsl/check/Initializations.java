package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.runtime.operation.Initialization;
import java.util.List;
import java.util.Optional;

/** How a weight gets its first values, of a layer ({@code init = he_normal}) or in a {@code layer} ({@code ~ normal(0.02)}). */
record Initializations(Formulas formulas, Problems problems) {
  Optional<Initialization> of(Expression expression) {
    Call call = Call.of(expression);
    Optional<Initialization.Kind> kind = Initialization.named(call.name());
    if (kind.isEmpty()) {
      List<String> known = Initialization.names();
      return problems.report(
          Code.L064, expression instanceof Expression.Call c ? c.callee().span() : call.span(),
          "unknown initialiser" + (call.name().isEmpty() ? "" : " `" + call.name() + "`"),
          Suggestions.nearest(call.name(), known).map(k -> "did you mean `" + k + "`?").orElse("there is " + String.join(", ", known)));
    }
    int most = kind.get().isScaled() ? 1 : 0;
    if (call.arguments().size() > most) {
      return problems.report(Code.L019, call.arguments().get(most).span(), "this argument is one too many", "");
    }
    return (call.arguments().isEmpty() ? Optional.of(1.0) : scale(call.arguments().getFirst())).map(s -> new Initialization(kind.get(), s));
  }

  private Optional<Double> scale(Argument argument) {
    return formulas.constant(argument.value()).flatMap(
        v -> v instanceof Constant.Num(double n) && n > 0 && Double.isFinite(n)
            ? Optional.of(n)
            : problems.report(Code.L011, argument.span(), "this is a number above 0, not " + v, ""));
  }
}
