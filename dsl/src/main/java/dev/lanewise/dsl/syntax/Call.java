package dev.lanewise.dsl.syntax;

import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.List;

/**
 * {@code adam(0.001)} or just {@code adam}; the name is empty if it is something else.
 *
 * @param callee where the name stands
 */
public record Call(Span span, Span callee, String name, List<Argument> arguments) {
  public static Call of(Expression expression) {
    return switch (expression) {
      case Expression.Word(Span span, String name) -> new Call(span, span, name, List.of());
      case Expression.Call(Span span, Expression callee, List<Argument> arguments) ->
          new Call(span, callee.span(), callee.dotted().orElse(""), arguments);
      case Expression e -> new Call(e.span(), e.span(), e.dotted().orElse(""), List.of());
    };
  }
}
