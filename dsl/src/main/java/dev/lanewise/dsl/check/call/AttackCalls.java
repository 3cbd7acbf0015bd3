package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.runtime.attack.Attack;
import dev.lanewise.runtime.attack.Attacks;
import java.util.List;
import java.util.Optional;

/** Attacks: {@code pgd(0.3, steps = 40)}. */
public record AttackCalls(Formulas formulas, Problems problems) {
  public Optional<Attack> of(Expression expression) {
    Call call = Call.of(expression);
    Optional<Attacks.Definition> definition = Attacks.named(call.name());
    if (definition.isEmpty()) {
      List<String> known = Attacks.all().stream().map(a -> a.signature().name()).toList();
      return problems.report(Code.L069, call.span(), "unknown attack `" + call.name() + "`", Suggestions.remedy(call.callee(), call.name(), known));
    }
    try {
      return new Calls(formulas, problems).bind(definition.get().signature(), call).map(a -> definition.get().bind(a));
    } catch (IllegalArgumentException e) {
      return problems.report(Code.L015, call.span(), call.name() + ": " + e.getMessage(), "");
    }
  }
}
