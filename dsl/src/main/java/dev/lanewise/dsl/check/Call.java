package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import java.util.List;

/** {@code adam(0.001)} or just {@code adam}; the name is empty if it is something else. */
record Call(Span span, String name, List<Argument> arguments) {
  static Call of(Expression expression) {
    return switch (expression) {
      case Expression.Word(Span span, String name) -> new Call(span, name, List.of());
      case Expression.Call(Span span, Expression callee, List<Argument> arguments) ->
          new Call(span, Formulas.dotted(callee).orElse(""), arguments);
      case Expression e -> new Call(e.span(), Formulas.dotted(e).orElse(""), List.of());
    };
  }
}
