package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Examples as other languages name them, {@code digits.test[3]}, {@code digits.item(3)}, {@code digits.test[0:4]}, and as they are named here. */
record ExampleWords(Formulas formulas, Problems problems) {
  private static final List<String> HERE = List.of("item", "batch");
  private static final Set<String> ONE = Set.of("items", "example", "examples", "sample", "get", "at", "image", "row", "index", "element", "elem");
  private static final Set<String> SOME = Set.of("take", "head", "batches", "some", "many", "slice");

  /** How it is written here; empty if it is, or names no examples. */
  Optional<String> of(Expression e) {
    return switch (e) {
      case Expression.Cut(Span _, Expression of, Optional<Expression> from, Optional<Expression> to, boolean stretch) ->
          part(of).flatMap(p -> stretch ? stretch(p, from.flatMap(this::number).orElse(0), to.flatMap(this::number)) : from.flatMap(this::number).filter(n -> n >= 0).map(n -> p + ".item(" + n + ")"));
      case Expression.Call(Span _, Expression callee, List<Argument> arguments) when arguments.size() == 1 -> called(callee, problems.source().text(arguments.getFirst().span()));
      case Expression.Call(Span _, Expression.Member(Span _, Expression of, var what), List<Argument> arguments) when HERE.contains(what.text()) && isData(of) && !arguments.isEmpty() ->
          Optional.of(part(of).orElseThrow() + "." + what.text() + problems.source().text(new Span(what.span().end(), e.span().end())));
      default -> Optional.empty();
    };
  }

  private Optional<String> called(Expression callee, String argument) {
    if (callee instanceof Expression.Member(Span _, Expression of, var what) && part(of).isPresent()) {
      String word = what.text();
      return HERE.contains(word) ? isData(of) ? part(of).map(p -> p + "." + word + "(" + argument + ")") : Optional.empty()
          : ONE.contains(word) ? part(of).map(p -> p + ".item(" + argument + ")")
          : SOME.contains(word) ? part(of).map(p -> p + ".batch(0, size = " + argument + ")")
          : part(callee).map(p -> p + ".item(" + argument + ")");
    }
    return Optional.empty();
  }

  private static Optional<String> stretch(String part, int from, Optional<Integer> to) {
    return to.filter(t -> t > from && from >= 0 && from % (t - from) == 0).map(t -> part + ".batch(" + from / (t - from) + ", size = " + (t - from) + ")");
  }

  private Optional<Integer> number(Expression e) {
    return e instanceof Expression.Number(Span _, double n) && n == Math.rint(n) ? Optional.of((int) n) : Optional.empty();
  }

  private boolean isData(Expression e) {
    return e.dotted().flatMap(formulas::definition).filter(Definition.Data.class::isInstance).isPresent();
  }

  /** {@code digits.train}; of data by itself the part to test on. */
  private Optional<String> part(Expression e) {
    if (isData(e)) {
      return e.dotted().map(d -> d + ".test");
    }
    return e instanceof Expression.Member(Span _, Expression of, var name) && isData(of) && Examples.Part.named(name.text()).isPresent() ? e.dotted() : Optional.empty();
  }
}
