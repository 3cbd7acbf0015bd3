package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.scope.Formula;
import dev.lanewise.dsl.syntax.Expression;
import java.util.Optional;

/** What becomes of a call of a verb in an expression. Statements can have such; what must be known before the script runs cannot. */
@FunctionalInterface
public interface Calling {
  Calling NONE = (formulas, problems, call, verb) ->
      problems.report(Code.L022, call.span(), "this must be known before the script runs", "write a number");

  /** @param formulas the names that the call sees */
  Optional<Formula> formula(Formulas formulas, Problems problems, Expression.Call call, String verb);
}
