package dev.lanewise.dsl.typing;

import dev.lanewise.dsl.check.expression.Functions;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How blocks, functions and layers are called that are written in the language: their parameters, with what they are if they are not given. */
final class OwnCalls {
  private OwnCalls() {}

  static Optional<Signature> signature(Definition definition) {
    return switch (definition) {
      case Definition.Block(var b) -> Optional.of(signature(b.name().text(), definition, b.parameters(), Map.of()));
      case Definition.Function(var f) -> Optional.of(signature(f.name().text(), definition, f.parameters(), Map.of()));
      case Definition.Layer(var l) -> Optional.of(signature(l.name().text(), definition, Functions.parameters(l), Functions.hasMemory(l) ? Functions.helpOfMore() : Map.of()));
      case Definition.Net _, Definition.Data _, Definition.Run _, Definition.Imported _, Definition.Value _, Definition.Faulty _ -> Optional.empty();
    };
  }

  private static Signature signature(String name, Definition definition, List<Parameter> parameters, Map<String, String> help) {
    return new Signature(name, definition.what(), parameters.stream().map(p -> argument(p, help.getOrDefault(p.name().text(), ""))).toList());
  }

  private static Argument argument(Parameter p, String help) {
    return new Argument(p.name().text(), Argument.Type.NUMBER, p.fallback().map(OwnCalls::written).orElse(null), help);
  }

  /** As far as it is one word. */
  private static Object written(Expression fallback) {
    return switch (fallback) {
      case Expression.Number(var _, double value) when value == Math.rint(value) && Math.abs(value) < 1e9 -> (long) value;
      case Expression.Number(var _, double value) -> value;
      case Expression.Flag(var _, boolean value) -> value;
      case Expression.Word(var _, String word) -> word;
      default -> "…";
    };
  }
}
