package dev.lanewise.dsl.check;

import dev.lanewise.dsl.check.Formula.Kind;
import dev.lanewise.dsl.check.Formula.Known;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.Arithmetic;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Operator;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Resolves the names in expressions and computes what can be computed before the run. */
public final class Formulas {
  private static final Set<String> LATER_VERBS =
      Set.of("step", "export");

  private final Scope scope;
  private final Map<String, Constant> locals;
  private final Problems problems;

  /** @param locals a network's parameters and bindings, which hide the names outside */
  Formulas(Scope scope, Map<String, Constant> locals, Problems problems) {
    this.scope = scope;
    this.locals = locals;
    this.problems = problems;
  }

  /** What names stand for besides values. */
  Lookups lookups() {
    return new Lookups(scope, problems);
  }

  /** To try layers in. */
  Probe probe() {
    return new Probe(scope, problems);
  }

  /** A value that must be known before anything runs. */
  Optional<Constant> constant(Expression expression) {
    Optional<Formula> formula = formula(expression);
    if (formula.isPresent() && !(formula.get() instanceof Known)) {
      return problems.report(Code.L022, expression.span(), "this must be known before the script runs", "write a number");
    }
    return formula.map(f -> ((Known) f).value());
  }

  Optional<Formula> formula(Expression expression) {
    return switch (expression) {
      case Expression.Number(Span _, double value) -> known(new Constant.Num(value));
      case Expression.Text(Span _, String value) -> known(new Constant.Text(value));
      case Expression.Flag(Span _, boolean value) -> known(new Constant.Flag(value));
      case Expression.ShapeLiteral(Span _, List<Integer> dims) -> known(new Constant.Dims(dims));
      case Expression.Items(Span _, List<Expression> items) -> items(items);
      case Expression.Word w -> word(w);
      case Expression.Labelled l -> problems.unsupported(l.span(), "`@" + l.label().text() + "`");
      case Expression.Member m -> member(m);
      case Expression.Call c -> call(c);
      case Expression.Unary u -> formula(u.operand()).flatMap(f -> unary(u, f));
      case Expression.Binary b -> {
        Optional<Formula> left = formula(b.left());
        Optional<Formula> right = formula(b.right());
        yield left.isPresent() && right.isPresent() ? binary(b, left.get(), right.get()) : Optional.empty();
      }
    };
  }

  private static Optional<Formula> known(Constant value) {
    return Optional.of(new Known(value));
  }

  private Optional<Formula> items(List<Expression> items) {
    List<Constant> values = new ArrayList<>();
    for (Expression item : items) {
      constant(item).ifPresent(values::add);
    }
    return values.size() == items.size() ? known(new Constant.Items(values)) : Optional.empty();
  }

  private Optional<Formula> word(Expression.Word word) {
    if (locals.containsKey(word.text())) {
      return known(locals.get(word.text()));
    }
    Optional<Scope.Bound> bound = scope.find(word.text());
    if (bound.isEmpty()) {
      return unknown(word.span(), "name", word.text(), names());
    }
    return switch (bound.get().definition()) {
      case Definition.Value(Formula formula) -> Optional.of(formula);
      case Definition.Faulty() -> Optional.empty();
      case Definition d -> problems.report(
          Code.L021, word.span(), "`" + word.text() + "` is " + d.what() + ", but a value is needed here", "");
    };
  }

  private List<String> names() {
    if (problems.isFull()) {
      return List.of();
    }
    List<String> names = new ArrayList<>(locals.keySet());
    names.addAll(scope.names());
    return names;
  }

  <T> Optional<T> unknown(Span span, String what, String word, List<String> known) {
    return problems.report(Code.L006, span, "unknown " + what + " `" + word + "`", Suggestions.remedy(word, known));
  }

  private Optional<Formula> member(Expression.Member m) {
    if (m.of() instanceof Expression.Word(Span _, String word) && locals.containsKey(word + "." + m.name().text())) {
      return known(locals.get(word + "." + m.name().text()));
    }
    if (m.dotted().flatMap(scope::find).isPresent()) {
      return word(new Expression.Word(m.span(), m.dotted().get()));
    }
    Optional<Measure.Kind> kind = Measure.kind(m.name().text());
    Optional<Formula> of = m.of() instanceof Expression.Member run ? runTest(run) : formula(m.of());
    if (of.isEmpty()) {
      return Optional.empty();
    }
    if (of.get().kind() != Kind.SCORE) {
      return problems.report(Code.L023, m.span(), "this has no part `" + m.name().text() + "`", "");
    }
    if (of.get() instanceof Formula.Test t && kind.isPresent() && !kind.get().suits(t.data().target())) {
      return problems.report(
          Code.L023, m.span(), Kept.unsuited(kind.get(), t.data().target(), "the examples of " + t.data().name() + " have"), "ask for its loss");
    }
    return kind.isPresent()
        ? Optional.of(new Formula.Part(of.get(), kind.get()))
        : unknown(m.name().span(), "part", m.name().text(), Arrays.stream(Measure.Kind.values()).map(Measure.Kind::toString).toList());
  }

  /** {@code base.test}, where base is a run. */
  private Optional<Formula> runTest(Expression.Member m) {
    if (m.of() instanceof Expression.Word w && scope.find(w.text()).isPresent()) {
      Definition definition = scope.find(w.text()).get().definition();
      if (definition instanceof Definition.Run(CheckedTrain run) && m.name().text().equals("test")) {
        return Optional.of(new Formula.Test(m.span(), run.net(), run.data(), run.settings().loss()));
      }
    }
    return formula(m);
  }

  private Optional<Formula> unary(Expression.Unary u, Formula operand) {
    if (operand instanceof Known(Constant value)) {
      Optional<Constant> result = Arithmetic.apply(u.operator(), value);
      return result.isPresent() ? known(result.get()) : noResult(u.span(), u.operator());
    }
    Kind wanted = u.operator() == Operator.NOT ? Kind.FLAG : Kind.NUMBER;
    return operand.kind() == wanted
        ? Optional.of(new Formula.Unary(u.span(), u.operator(), operand, wanted))
        : noResult(u.span(), u.operator());
  }

  private Optional<Formula> binary(Expression.Binary b, Formula left, Formula right) {
    if (left instanceof Known(Constant x) && right instanceof Known(Constant y)) {
      Optional<Constant> result = Arithmetic.apply(b.operator(), x, y);
      return result.isPresent() ? known(result.get()) : noResult(b.span(), b.operator());
    }
    boolean logic = b.operator() == Operator.AND || b.operator() == Operator.OR;
    Kind wanted = logic ? Kind.FLAG : Kind.NUMBER;
    return left.kind() == wanted && right.kind() == wanted && b.operator() != Operator.AT
        ? Optional.of(
            new Formula.Binary(
                b.span(), b.operator(), left, right, logic || b.operator().isComparison() ? Kind.FLAG : Kind.NUMBER))
        : noResult(b.span(), b.operator());
  }

  private Optional<Formula> noResult(Span span, Operator operator) {
    return problems.report(Code.L023, span, "`" + operator.text() + "` does not work for these values", "");
  }

  private Optional<Formula> call(Expression.Call c) {
    Span span = c.callee().span();
    String name = c.callee().dotted().orElse("");
    if (name.isEmpty()) {
      return problems.unsupported(span, "this call");
    }
    if (Verbs.NAMES.contains(name)) {
      return new Verbs(this, problems).formula(c, name);
    }
    if (Arithmetic.functions().contains(name)) {
      return function(c, name);
    }
    if (LATER_VERBS.contains(name)) {
      return problems.unsupported(span, "`" + name + "`");
    }
    if (lookups().function(name).isPresent()) {
      return applied(c, lookups().function(name).get());
    }
    if (Elementary.names().contains(name)) {
      return elementary(c, name);
    }
    List<String> known = new ArrayList<>(Verbs.NAMES);
    known.addAll(Arithmetic.functions());
    known.addAll(Elementary.names());
    known.addAll(scope.names());
    return scope.find(name).isPresent()
        ? problems.unsupported(c.span(), "calling `" + name + "`")
        : problems.report(Code.L071, span, "unknown function `" + name + "`", Suggestions.remedy(name, known));
  }

  private Optional<Formula> function(Expression.Call c, String name) {
    return constants(c).flatMap(values -> result(c, name, Arithmetic.call(name, values)));
  }

  /** What a {@code def} may call, of numbers. */
  private Optional<Formula> elementary(Expression.Call c, String name) {
    return constants(c).flatMap(values -> {
      List<Term> numbers = values.stream().filter(Constant.Num.class::isInstance).map(v -> Term.number(((Constant.Num) v).value())).toList();
      Optional<Term> term = numbers.size() == values.size() ? Elementary.call(name, numbers) : Optional.empty();
      return result(c, name, term.map(t -> new Constant.Num(t.evaluate(_ -> Double.NaN))));
    });
  }

  private Optional<List<Constant>> constants(Expression.Call c) {
    List<Constant> values = new ArrayList<>();
    for (Argument a : c.arguments()) {
      constant(a.value()).ifPresent(values::add);
    }
    return values.size() == c.arguments().size() ? Optional.of(values) : Optional.empty();
  }

  private Optional<Formula> result(Expression.Call c, String name, Optional<Constant> value) {
    return value.isPresent()
        ? known(value.get())
        : problems.report(Code.L023, c.span(), "`" + name + "` does not work for these values", "");
  }

  /** A function of numbers, of numbers that are known. */
  private Optional<Formula> applied(Expression.Call c, Statement.Function function) {
    List<Argument> all = c.arguments();
    if (all.isEmpty() || all.getFirst().name().isPresent() || function.parameters().isEmpty()) {
      return problems.report(Code.L010, c.span(), "`" + function.name().text() + "` needs a number", "");
    }
    List<Parameter> others = function.parameters().subList(1, function.parameters().size());
    Optional<Constant> x = constant(all.getFirst().value());
    Optional<Map<String, Constant>> given =
        new UserCalls(this, problems).bind(function.name(), others, all.subList(1, all.size()), c.span());
    if (x.isEmpty() || given.isEmpty()) {
      return Optional.empty();
    }
    return x.get() instanceof Constant.Num(double at)
        ? lookups().functions(function).formula(function, given.get(), c.span()).flatMap(t -> known(new Constant.Num(t.evaluate(_ -> at))))
        : problems.report(Code.L011, all.getFirst().span(), "`" + function.name().text() + "` needs a number, not " + x.get(), "");
  }

}
