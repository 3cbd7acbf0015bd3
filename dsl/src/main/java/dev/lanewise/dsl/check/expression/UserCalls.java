package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Parameter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Binds what a block or a function is given to its parameters, by position and by name. */
public record UserCalls(Formulas formulas, Problems problems) {
  /** The values that are given; a parameter that has a default may be missing. */
  public Optional<Map<String, Constant>> bind(Name callee, List<Parameter> parameters, List<Argument> given, Span call) {
    return bind(callee, parameters, parameters.size(), given, call);
  }

  /** The same where only the first parameters have a place, and the others a name alone. */
  public Optional<Map<String, Constant>> bind(Name callee, List<Parameter> parameters, int places, List<Argument> given, Span call) {
    return placed(callee, parameters, places, given, call).flatMap(this::constants);
  }

  /** The values of arguments. */
  public Optional<Map<String, Constant>> constants(Map<String, Argument> placed) {
    Map<String, Constant> values = new HashMap<>();
    placed.forEach((name, a) -> formulas.constant(a.value()).ifPresent(v -> values.put(name, v)));
    return values.size() == placed.size() ? Optional.of(values) : Optional.empty();
  }

  /** Which argument is for which parameter, in the order in which they are given. */
  public Optional<Map<String, Argument>> placed(Name callee, List<Parameter> parameters, List<Argument> given, Span call) {
    return placed(callee, parameters, parameters.size(), given, call);
  }

  private Optional<Map<String, Argument>> placed(Name callee, List<Parameter> parameters, int places, List<Argument> given, Span call) {
    List<String> names = parameters.stream().map(p -> p.name().text()).toList();
    Map<String, Argument> placed = new LinkedHashMap<>();
    boolean right = true;
    int position = 0;
    for (Argument a : given) {
      Optional<String> name = a.name().isPresent() ? named(callee, parameters, names, a) : at(callee, parameters, names.subList(0, places), a, position++);
      right &= name.isPresent();
      if (name.isPresent() && placed.put(name.get(), a) != null) {
        problems.report(Code.L019, a.span(), "`" + name.get() + "` is given twice", "remove one of the two");
        right = false;
      }
    }
    for (Parameter p : parameters) {
      if (right && p.fallback().isEmpty() && !placed.containsKey(p.name().text())) {
        problems.report(Code.L010, call, "`" + callee.text() + "` needs `" + p.name().text() + "`", call(callee, parameters));
        right = false;
      }
    }
    return right ? Optional.of(placed) : Optional.empty();
  }

  private Optional<String> named(Name callee, List<Parameter> parameters, List<String> names, Argument a) {
    String name = a.name().orElseThrow().text();
    return names.contains(name)
        ? Optional.of(name)
        : problems.report(
            Code.L009,
            a.name().get().span(),
            "`" + callee.text() + "` has no parameter `" + name + "`",
            Suggestions.mean(a.name().get().span(), name, names).orElseGet(() -> Remedy.say(call(callee, parameters))));
  }

  private Optional<String> at(Name callee, List<Parameter> parameters, List<String> names, Argument a, int position) {
    return position < names.size()
        ? Optional.of(names.get(position))
        : problems.report(Code.L019, a.span(), "this argument is one too many", call(callee, parameters));
  }

  private static String call(Name callee, List<Parameter> parameters) {
    return "it is called "
        + callee.text()
        + parameters.stream()
            .map(p -> p.name().text() + (p.fallback().isPresent() ? " = …" : ""))
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
