package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Operator;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.symbolic.Relation;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows the lines of a {@code def} or {@code layer}, and puts together what they compute. */
final class Bodies {
  /** Operations of a formula or its gradient: a kernel that is longer is never compiled. */
  static final int MOST_OPERATIONS = 300;

  /** Parts of a formula, written out, while it grows. */
  static final int MOST_PARTS = 5_000;

  private final Tensors tensors;
  private final Map<String, Constant> known;
  private final Deque<Statement> open = new ArrayDeque<>();
  private final Set<String> kept = new HashSet<>();
  private Scope scope;
  private Problems problems;
  /** Once a formula is too long, other uses of the same functions would be so too, perhaps millions of them. */
  private boolean gaveUp;

  /**
   * @param tensors where the operations go
   * @param known constants that bodies may read
   */
  Bodies(Tensors tensors, Scope scope, Problems problems, Map<String, Constant> known) {
    this.tensors = tensors;
    this.scope = scope;
    this.problems = problems;
    this.known = known;
  }

  /** Names that are bound to steps of their own, not to formulas. */
  Bodies keeping(Collection<String> names) {
    kept.addAll(names);
    return this;
  }

  /** What the lines of a definition come to, the last of them its value. */
  Optional<Traced> follow(Statement definition, List<Statement> lines, Map<String, Traced> values) {
    open.push(definition);
    Optional<Traced> result = lines(lines, values);
    open.pop();
    return result;
  }

  /** A single expression, such as a default. */
  Optional<Traced> value(Expression expression) {
    return value(expression, Map.of());
  }

  private Optional<Traced> lines(List<Statement> lines, Map<String, Traced> values) {
    Optional<Traced> last = Optional.empty();
    for (Statement line : lines) {
      switch (line) {
        case Statement.Binding b -> {
          last = value(b.value(), values);
          if (last.isEmpty()) {
            return last;
          }
          if (last.get().term().exceeds(MOST_PARTS)) {
            return tooLong(b.span(), "this");
          }
          if (kept.contains(b.name().text())) {
            last = last.map(v -> tensors.kept(v, b.name().text()));
          }
          values.put(b.name().text(), last.get());
        }
        case Statement.Unpacking u -> {
          Optional<List<Traced>> parts = parts(u, values);
          if (parts.isEmpty()) {
            return Optional.empty();
          }
          for (int i = 0; i < u.names().size(); i++) {
            values.put(u.names().get(i).text(), parts.get().get(i));
          }
          last = parts.map(List::getLast);
        }
        case Statement.Evaluate e -> last = value(e.value(), values);
        case Statement.Weight _, Statement.State _ -> { }
        default -> {
          return Optional.empty();
        }
      }
    }
    return last;
  }

  private Optional<Traced> value(Expression expression, Map<String, Traced> values) {
    return switch (expression) {
      case Expression.Number(Span _, double value) -> Optional.of(Traced.number(value));
      case Expression.Word(Span _, String name) when values.containsKey(name) -> Optional.of(values.get(name));
      case Expression.Word w -> constant(w);
      case Expression.Member m -> constant(m);
      case Expression.Unary(Span _, Operator o, Expression of) when o == Operator.NEGATE ->
          value(of, values).map(tensors::read).map(t -> t.with(Term.number(-1).times(t.term())));
      case Expression.Binary b -> binary(b, values);
      case Expression.Call c -> call(c, values);
      case Expression.Cut c -> cut(c, values);
      default -> wrong(expression);
    };
  }

  /** As many parts as there are names. */
  private Optional<List<Traced>> parts(Statement.Unpacking u, Map<String, Traced> values) {
    boolean split = u.value() instanceof Expression.Call c && c.callee().dotted().equals(Optional.of("split")) && c.arguments().size() == 2;
    if (!split) {
      return problems.report(Code.L083, u.value().span(), "several names are bound by `split`", Tensors.help().get("split"));
    }
    List<Argument> arguments = ((Expression.Call) u.value()).arguments();
    Optional<Traced> whole = value(arguments.getFirst().value(), values);
    Optional<Traced> count = value(arguments.getLast().value(), values);
    if (whole.isEmpty() || count.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<Traced>> parts = tried(u.value().span(), () -> new Pieces(tensors).split(whole.get(), count.get(), u.names().stream().map(n -> n.text()).toList()));
    return parts.isPresent() && parts.get().size() != u.names().size()
        ? problems.report(Code.L083, u.span(), "`split` gives " + parts.get().size() + " parts, but here are " + u.names().size() + " names", "")
        : parts;
  }

  /** Some of a value's channels; a single one is kept as an axis of 1. */
  private Optional<Traced> cut(Expression.Cut c, Map<String, Traced> values) {
    Optional<Traced> of = c.of() instanceof Expression.Items ? wrong(c.of()) : value(c.of(), values);
    if (of.isEmpty()) {
      return of;
    }
    if (of.get().isNumber()) {
      return problems.report(Code.L083, c.span(), "a number has no channels to take some of", "");
    }
    return new Cuts(problems)
        .range(c, of.get().shape().channels(), "channels of " + of.get().shape(), e -> number(e, values))
        .map(r -> new Pieces(tensors).slice(of.get(), r.from(), r.to()));
  }

  private Optional<Double> number(Expression e, Map<String, Traced> values) {
    Optional<Traced> value = value(e, values);
    return value.isPresent() && !value.get().isNumber()
        ? problems.report(Code.L083, e.span(), "a place among channels is a number, not " + value.get().inWords(), "")
        : value.map(v -> v.term().evaluate(_ -> Double.NaN));
  }

  private <T> Optional<T> wrong(Expression expression) {
    return problems.report(
        Code.L029, expression.span(), "this has no place in a function",
        "there are + - * / ^ @, " + String.join(", ", Elementary.names()) + ", where, " + String.join(", ", Tensors.FUNCTIONS));
  }

  private Optional<Traced> constant(Expression expression) {
    Optional<Constant> value = new Formulas(scope, known, problems).constant(expression);
    return value.flatMap(v -> v instanceof Constant.Num(double n) ? Optional.of(Traced.number(n)) : wrong(expression));
  }

  private Optional<Traced> binary(Expression.Binary b, Map<String, Traced> values) {
    Optional<Traced> left = value(b.left(), values);
    Optional<Traced> right = value(b.right(), values);
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    return switch (b.operator()) {
      case AT -> product(b, left.get(), right.get());
      case PLUS -> joined(b.span(), List.of(left.get(), right.get()), t -> t.getFirst().plus(t.getLast()));
      case MINUS -> joined(b.span(), List.of(left.get(), right.get()), t -> t.getFirst().minus(t.getLast()));
      case TIMES -> {
        new Matrices(problems).elementwise(b, left.get(), right.get());
        yield joined(b.span(), List.of(left.get(), right.get()), t -> t.getFirst().times(t.getLast()));
      }
      case OVER -> joined(b.span(), List.of(left.get(), right.get()), t -> t.getFirst().over(t.getLast()));
      case POWER -> joined(b.span(), List.of(left.get(), right.get()), t -> Elementary.power(t.getFirst(), t.getLast()));
      case AND, OR, NOT, LESS, AT_MOST, MORE, AT_LEAST, EQUAL, DIFFERENT, MODULO, NEGATE -> wrong(b);
    };
  }

  private Optional<Traced> product(Expression.Binary b, Traced left, Traced right) {
    try {
      return Optional.of(tensors.product(left, right));
    } catch (ShapeException e) {
      return problems.report(Code.L065, b.span(), e.getMessage(), new Matrices(problems).fitting(b, left, right).orElse(Remedy.say(e.remedy())));
    }
  }

  /** A formula of values that meet element by element. */
  private Optional<Traced> joined(
      Span span, List<Traced> values, java.util.function.Function<List<Term>, Term> formula) {
    return tried(span, () -> {
      List<Traced> read = values.stream().map(tensors::read).toList();
      return new Traced(formula.apply(read.stream().map(Traced::term).toList()), tensors.joined(read), -1);
    });
  }

  private <T> Optional<T> tried(Span span, java.util.function.Supplier<T> made) {
    try {
      return Optional.of(made.get());
    } catch (ShapeException e) {
      return problems.report(span, e);
    }
  }

  private Optional<Traced> call(Expression.Call c, Map<String, Traced> values) {
    String name = c.callee().dotted().orElse("");
    if (name.isEmpty()) {
      return Products.report(problems, c);
    }
    if (name.equals("where") && c.arguments().size() == 3) {
      return where(c, values);
    }
    if (name.equals(Attending.NAME) && scope.find(name).isEmpty()) {
      return new Attending(tensors, new Formulas(scope, known, problems), problems).call(c, e -> value(e, values));
    }
    List<Traced> arguments = new ArrayList<>();
    for (Argument a : c.arguments()) {
      value(a.value(), values).ifPresent(arguments::add);
    }
    if (arguments.size() < c.arguments().size()) {
      return Optional.empty();
    }
    Optional<Scope.Bound> bound = scope.find(name);
    if (bound.isPresent() && bound.get().definition() instanceof Definition.Function(Statement.Function f)) {
      return inner(c, f, bound.get(), arguments);
    }
    if (Tensors.FUNCTIONS.contains(name)) {
      return tried(c.span(), () -> {
        Traced value = tensors.call(name, arguments);
        if (value == null) {
          throw new ShapeException(Problem.BAD_ARGUMENT, "`" + name + "` takes other arguments", Tensors.help().get(name));
        }
        return value;
      });
    }
    if (Elementary.names().contains(name)) {
      boolean right = Elementary.call(name, arguments.stream().map(Traced::term).toList()).isPresent();
      return right
          ? joined(c.span(), arguments, t -> Elementary.call(name, t).orElseThrow())
          : problems.report(Code.L019, c.span(), "`" + name + "` takes another number of arguments", "");
    }
    if (values.containsKey(name) || new Formulas(scope, known, problems).isNumber(name)) {
      return Products.report(problems, c);
    }
    List<String> all = new ArrayList<>(Elementary.names());
    all.addAll(Tensors.FUNCTIONS);
    all.addAll(scope.names());
    return problems.report(Code.L071, c.callee().span(), "unknown function `" + name + "`", new CalledOtherwise(problems).meant(c).orElseGet(() -> Suggestions.remedy(c.callee().span(), name, all)));
  }

  /** Another function, put in place: its parameters may be any values. */
  private Optional<Traced> inner(
      Expression.Call c, Statement.Function f, Scope.Bound bound, List<Traced> arguments) {
    if (gaveUp) {
      return Optional.empty();
    }
    if (open.contains(f)) {
      return problems.report(Code.L027, c.span(), "`" + f.name().text() + "` calls itself", "");
    }
    if (arguments.stream().anyMatch(a -> a.term().exceeds(MOST_PARTS))) {
      return tooLong(c.span(), "this");
    }
    Map<String, Traced> values = new HashMap<>();
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
        Optional<Traced> value = p.fallback().flatMap(e -> value(e, Map.of()));
        if (value.isEmpty()) {
          return problems.report(Code.L010, c.span(), "`" + f.name().text() + "` needs `" + p.name().text() + "`", "");
        }
        values.put(p.name().text(), value.get());
      }
    }
    Scope outside = scope;
    Problems before = problems;
    if (bound.source() != problems.source()) {
      problems = problems.inside(bound.source(), () -> " (in " + f.name().text() + ")");
    }
    scope = bound.home() == null ? scope : bound.home();
    open.push(f);
    Optional<Traced> value = lines(f.lines(), values);
    open.pop();
    scope = outside;
    problems = before;
    return value.isPresent() && value.get().term().exceeds(MOST_PARTS) ? tooLong(f) : value;
  }

  private Optional<Traced> where(Expression.Call c, Map<String, Traced> values) {
    Expression condition = c.arguments().getFirst().value();
    if (!(condition instanceof Expression.Binary b) || !b.operator().isComparison()) {
      return problems.report(Code.L036, condition.span(), "`where` needs a comparison", "where(x > 0, x, 0)");
    }
    List<Traced> parts = new ArrayList<>();
    for (Expression e : List.of(b.left(), b.right(), c.arguments().get(1).value(), c.arguments().get(2).value())) {
      value(e, values).ifPresent(parts::add);
    }
    return parts.size() < 4
        ? Optional.empty()
        : joined(c.span(), parts, t -> Term.where(relation(b.operator()), t.get(0), t.get(1), t.get(2), t.get(3)));
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

  <T> Optional<T> tooLong(Statement.Function function) {
    return tooLong(function.name().span(), "`" + function.name().text() + "`");
  }

  <T> Optional<T> tooLong(Span span, String what) {
    gaveUp = true;
    return problems.report(
        Code.L017, span, what + " or its gradient has more than " + MOST_OPERATIONS + " operations", "make it simpler");
  }
}
