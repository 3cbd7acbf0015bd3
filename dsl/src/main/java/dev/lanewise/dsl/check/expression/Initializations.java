package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.word.SettingCalls;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Initialization;
import java.util.List;
import java.util.Optional;

/** How a weight gets its first values, of a layer ({@code init = he_normal}) or in a {@code layer} ({@code ~ normal(0.02)}). */
record Initializations(Formulas formulas, Problems problems) {
  Optional<Initialization> of(Expression expression) {
    Call call = Call.of(expression);
    Optional<Initialization.Kind> kind = Initialization.named(call.name());
    if (kind.isEmpty() && new Foreign(problems).told(Room.INIT, call.span())) {
      return Optional.empty();
    }
    if (kind.isEmpty()) {
      List<String> known = Initialization.names();
      return problems.report(
          Code.L064, expression instanceof Expression.Call c ? c.callee().span() : call.span(),
          "unknown initialiser" + (call.name().isEmpty() ? "" : " `" + call.name() + "`"),
          expression instanceof Expression.Text(Span _, String text) && !Meant.oneOf(expression.span(), text, known).isEmpty()
              ? Meant.oneOf(expression.span(), text, known)
              : Suggestions.among(call.callee(), call.name(), known));
    }
    Signature signature = SettingCalls.of(kind.get());
    Optional<Arguments> arguments = new Calls(formulas, problems).bind(signature, call);
    if (arguments.isEmpty() || signature.arguments().isEmpty()) {
      return arguments.map(_ -> new Initialization(kind.get(), 1));
    }
    String name = signature.arguments().getFirst().name();
    double scale = arguments.get().number(name);
    return scale > 0
        ? Optional.of(new Initialization(kind.get(), scale))
        : problems.report(
            Code.L011, Calls.span(signature, call, name), "this is a number above 0, not " + new Constant.Num(scale), "");
  }
}
