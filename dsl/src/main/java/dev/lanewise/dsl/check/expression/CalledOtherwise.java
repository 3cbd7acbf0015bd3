package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Functions of numbers by the names that other languages have for them: {@code maximum(x, 0)}, {@code pow(x, 3)}; a power is written with a sign here. */
record CalledOtherwise(Problems problems) {
  private static final Map<String, String> NAMES = Map.of("maximum", "max", "minimum", "min", "absolute", "abs", "fabs", "abs", "ln", "log");
  private static final Set<String> POWERS = Set.of("pow", "power");
  private static final Set<String> SQUARES = Set.of("square", "sqr");

  Optional<Remedy> meant(Expression.Call c) {
    String name = c.callee().dotted().orElse("");
    if (NAMES.containsKey(name)) {
      return Optional.of(Remedy.mean(c.callee().span(), NAMES.get(name)));
    }
    List<Argument> given = c.arguments();
    String power = POWERS.contains(name) && given.size() == 2 ? factor(given.get(1)) : SQUARES.contains(name) && given.size() == 1 ? "2" : "";
    return power.isEmpty() ? Optional.empty() : Optional.of(Remedy.write(c.span(), factor(given.getFirst()) + " ^ " + power));
  }

  /** In parentheses, unless it is one thing already. */
  private String factor(Argument argument) {
    String text = problems.source().text(argument.value().span());
    boolean several = argument.value() instanceof Expression.Binary || argument.value() instanceof Expression.Unary;
    return several ? "(" + text + ")" : text;
  }
}
