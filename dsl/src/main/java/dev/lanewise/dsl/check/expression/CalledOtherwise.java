package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.meaning.Arithmetic;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.runtime.score.Measure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Functions of numbers by the names that other languages have for them: {@code maximum(x, 0)}, {@code pow(x, 3)}; a power is written with a sign here. */
record CalledOtherwise(Problems problems) {
  private static final Map<String, String> NAMES = Map.of("maximum", "max", "minimum", "min", "absolute", "abs", "fabs", "abs", "ln", "log");
  /** Whose functions have the same names without them. */
  private static final Pattern LIBRARIES = Pattern.compile("^(?:(?:np|numpy|jnp|math|Math|torch|tf|keras|jax|std|F|nn|K)\\.)(?:(?:math|nn|functional|backend|numpy|activations)\\.)*");
  private static final Set<String> POWERS = Set.of("pow", "power");
  private static final Set<String> SQUARES = Set.of("square", "sqr");

  /** A network, and data to test it on. */
  private static final int TESTED = 2;

  Optional<Remedy> meant(Expression.Call c) {
    String called = c.callee().dotted().orElse("");
    String name = LIBRARIES.matcher(called).replaceFirst("");
    if (!name.equals(called) && !NAMES.containsKey(name) && (Arithmetic.functions().contains(name) || Elementary.names().contains(name) || Tensors.FUNCTIONS.contains(name))) {
      return Optional.of(Remedy.write(c.callee().span(), name));
    }
    if (NAMES.containsKey(name)) {
      return Optional.of(Remedy.mean(c.callee().span(), NAMES.get(name)));
    }
    List<Argument> given = c.arguments();
    if (given.size() == TESTED && given.stream().allMatch(a -> a.name().isEmpty()) && Measure.kind(Meant.metric(name)).isPresent()) {
      String both = given.stream().map(a -> problems.source().text(a.span())).collect(Collectors.joining(", "));
      return Optional.of(Remedy.write(c.span(), "test(" + both + ")." + Meant.metric(name)));
    }
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
