package dev.lanewise.dsl.syntax;

import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.List;

/** {@code adam(0.001)} or just {@code adam}; the name is empty if it is something else. */
public record Call(Span span, String name, List<Argument> arguments) {
  public static Call of(Expression expression) {
    return switch (expression) {
      case Expression.Word(Span span, String name) -> new Call(span, name, List.of());
      case Expression.Call(Span span, Expression callee, List<Argument> arguments) ->
          new Call(span, callee.dotted().orElse(""), arguments);
      case Expression e -> new Call(e.span(), e.dotted().orElse(""), List.of());
    };
  }
}
