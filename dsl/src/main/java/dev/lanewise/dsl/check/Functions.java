package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Operator;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.symbolic.Derivative;
import dev.lanewise.runtime.symbolic.Relation;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From the body of a {@code def} to a formula of numbers, which the runtime differentiates and compiles. The first
 * parameter is the value that flows through a network; the others are constants.
 */
final class Functions {
  /** Operations of a formula or its gradient: a kernel that is longer is never compiled. */
  private static final int MOST_OPERATIONS = 300;

  /** Parts of a formula, written out, while it grows. */
  private static final int MOST_PARTS = 5_000;

  private final Scope scope;
  private final Problems problems;
  private final Deque<Statement.Function> open = new ArrayDeque<>();
  /** Once a formula is too long, other uses of the same functions would be so too, perhaps millions of them. */
  private boolean gaveUp;

  Functions(Scope scope, Problems problems) {
    this.scope = scope;
    this.problems = problems;
  }

  /**
   * The formula of a function, its first parameter as the variable x.
   *
   * @param given values for the other parameters; those that have a default may be missing
   * @param call where it is called
   */
  Optional<Term> formula(Statement.Function function, Map<String, Constant> given, Span call) {
    if (function.parameters().isEmpty()) {
      return problems.report(Code.L010, function.name().span(), "a function needs a parameter", "def f(x) = …");
    }
    Map<String, Term> values = new HashMap<>();
    for (Parameter p : function.parameters().subList(1, function.parameters().size())) {
      Optional<Term> value = value(p, given, function, call);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.put(p.name().text(), value.get());
    }
    values.put(function.parameters().getFirst().name().text(), Term.variable("x"));
    open.push(function);
    Optional<Term> formula = lines(function.lines(), values);
    open.pop();
    return formula.isPresent() && isLong(formula.get()) ? tooLong(function) : formula;
  }

  private static boolean isLong(Term formula) {
    if (formula.exceeds(MOST_PARTS) || formula.operations() > MOST_OPERATIONS) {
      return true;
    }
    Term derivative = Derivative.of(formula, "x");
    return derivative.exceeds(20 * MOST_PARTS) || derivative.operations() > MOST_OPERATIONS;
  }

  private Optional<Term> tooLong(Statement.Function function) {
    gaveUp = true;
    return problems.report(
        Code.L017, function.name().span(),
        "`" + function.name().text() + "` or its gradient has more than " + MOST_OPERATIONS + " operations", "make it simpler");
  }

  private Optional<Term> value(Parameter p, Map<String, Constant> given, Statement.Function function, Span call) {
    String name = p.name().text();
    if (given.containsKey(name)) {
      return given.get(name) instanceof Constant.Num(double value)
          ? Optional.of(Term.number(value))
          : problems.report(Code.L011, call, "`" + name + "` is a number, not " + given.get(name), "");
    }
    return p.fallback().isPresent()
        ? term(p.fallback().get(), Map.of())
        : problems.report(Code.L010, call, "`" + function.name().text() + "` needs `" + name + "`", "");
  }

  private Optional<Term> lines(List<Statement> lines, Map<String, Term> values) {
    Optional<Term> last = Optional.empty();
    for (Statement line : lines) {
      switch (line) {
        case Statement.Binding b -> {
          Optional<Term> value = term(b.value(), values);
          if (value.isEmpty()) {
            return value;
          }
          if (value.get().exceeds(MOST_PARTS)) {
            return tooLong(open.peek());
          }
          values.put(b.name().text(), value.get());
        }
        case Statement.Evaluate e -> last = term(e.value(), values);
        default -> {
          return Optional.empty();
        }
      }
    }
    return last;
  }

  private Optional<Term> term(Expression expression, Map<String, Term> values) {
    return switch (expression) {
      case Expression.Number(Span _, double value) -> Optional.of(Term.number(value));
      case Expression.Word(Span _, String name) when values.containsKey(name) -> Optional.of(values.get(name));
      case Expression.Word w -> constant(w);
      case Expression.Unary(Span _, Operator o, Expression of) when o == Operator.NEGATE ->
          term(of, values).map(t -> Term.number(-1).times(t));
      case Expression.Binary b -> binary(b, values);
      case Expression.Call c -> call(c, values);
      default -> wrong(expression);
    };
  }

  private Optional<Term> wrong(Expression expression) {
    return problems.report(
        Code.L029, expression.span(), "this has no place in a function of numbers",
        "there are + - * / ^, " + String.join(", ", Elementary.names()) + " and where");
  }

  private Optional<Term> constant(Expression.Word word) {
    Optional<Constant> value = new Formulas(scope, Map.of(), problems).constant(word);
    return value.flatMap(v -> v instanceof Constant.Num(double n) ? Optional.of(Term.number(n)) : wrong(word));
  }

  private Optional<Term> binary(Expression.Binary b, Map<String, Term> values) {
    Optional<Term> left = term(b.left(), values);
    Optional<Term> right = term(b.right(), values);
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    Term a = left.get();
    Term c = right.get();
    return switch (b.operator()) {
      case PLUS -> Optional.of(a.plus(c));
      case MINUS -> Optional.of(a.minus(c));
      case TIMES -> Optional.of(a.times(c));
      case OVER -> Optional.of(a.over(c));
      case POWER -> Optional.of(Elementary.power(a, c));
      case AND, OR, NOT, LESS, AT_MOST, MORE, AT_LEAST, EQUAL, DIFFERENT, MODULO, AT, NEGATE -> wrong(b);
    };
  }

  private Optional<Term> call(Expression.Call c, Map<String, Term> values) {
    if (!(c.callee() instanceof Expression.Word(Span span, String name))) {
      return wrong(c);
    }
    if (name.equals("where") && c.arguments().size() == 3) {
      return where(c, values);
    }
    List<Term> arguments = new ArrayList<>();
    for (Argument a : c.arguments()) {
      term(a.value(), values).ifPresent(arguments::add);
    }
    if (arguments.size() < c.arguments().size()) {
      return Optional.empty();
    }
    if (Elementary.names().contains(name)) {
      Optional<Term> value = Elementary.call(name, arguments);
      return value.isPresent()
          ? value
          : problems.report(Code.L019, c.span(), "`" + name + "` takes another number of arguments", "");
    }
    if (scope.find(name).map(Scope.Bound::definition).orElse(null) instanceof Definition.Function(Statement.Function f, var _)) {
      return inner(c, f, arguments);
    }
    List<String> known = new ArrayList<>(Elementary.names());
    known.addAll(scope.names());
    return problems.report(Code.L006, span, "unknown function `" + name + "`", Suggestions.remedy(name, known));
  }

  /** Another function, put in place: its first parameter may be any formula, the others too. */
  private Optional<Term> inner(Expression.Call c, Statement.Function f, List<Term> arguments) {
    if (gaveUp) {
      return Optional.empty();
    }
    if (open.contains(f)) {
      return problems.report(Code.L027, c.span(), "`" + f.name().text() + "` calls itself", "");
    }
    if (arguments.stream().anyMatch(a -> a.exceeds(MOST_PARTS))) {
      return tooLong(open.peek());
    }
    Map<String, Term> values = new HashMap<>();
    List<Parameter> parameters = f.parameters();
    int position = 0;
    for (int i = 0; i < arguments.size(); i++) {
      Optional<String> named = c.arguments().get(i).name().map(n -> n.text());
      if (named.isEmpty() && position >= parameters.size()) {
        return problems.report(Code.L019, c.arguments().get(i).span(), "this argument is one too many", "");
      }
      values.put(named.isPresent() ? named.get() : parameters.get(position++).name().text(), arguments.get(i));
    }
    for (Parameter p : parameters) {
      if (!values.containsKey(p.name().text())) {
        Optional<Term> value = p.fallback().flatMap(e -> term(e, Map.of()));
        if (value.isEmpty()) {
          return problems.report(Code.L010, c.span(), "`" + f.name().text() + "` needs `" + p.name().text() + "`", "");
        }
        values.put(p.name().text(), value.get());
      }
    }
    open.push(f);
    Optional<Term> value = lines(f.lines(), values);
    open.pop();
    return value.isPresent() && value.get().exceeds(MOST_PARTS) ? tooLong(f) : value;
  }

  private Optional<Term> where(Expression.Call c, Map<String, Term> values) {
    Expression condition = c.arguments().getFirst().value();
    if (!(condition instanceof Expression.Binary b) || !b.operator().isComparison()) {
      return problems.report(Code.L011, condition.span(), "`where` needs a comparison", "where(x > 0, x, 0)");
    }
    Optional<Term> left = term(b.left(), values);
    Optional<Term> right = term(b.right(), values);
    Optional<Term> then = term(c.arguments().get(1).value(), values);
    Optional<Term> otherwise = term(c.arguments().get(2).value(), values);
    return left.isEmpty() || right.isEmpty() || then.isEmpty() || otherwise.isEmpty()
        ? Optional.empty()
        : Optional.of(Term.where(relation(b.operator()), left.get(), right.get(), then.get(), otherwise.get()));
  }

  private static Relation relation(Operator operator) {
    return switch (operator) {
      case LESS -> Relation.LT;
      case AT_MOST -> Relation.LE;
      case MORE -> Relation.GT;
      case AT_LEAST -> Relation.GE;
      case EQUAL -> Relation.EQ;
      case DIFFERENT -> Relation.NE;
      default -> throw new IllegalStateException("no comparison: " + operator);
    };
  }
}
