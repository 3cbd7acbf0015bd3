package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Later;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.Arithmetic;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Formula;
import dev.lanewise.dsl.scope.Formula.Known;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.word.Verbs;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resolves the names in expressions and computes what can be computed before the run. */
public final class Formulas {
  private final Scope scope;
  private final Map<String, Constant> locals;
  private final Problems problems;
  private final Calling calling;

  /** @param locals a network's parameters and bindings, which hide the names outside */
  public Formulas(Scope scope, Map<String, Constant> locals, Problems problems) {
    this(scope, locals, problems, Calling.NONE);
  }

  /** @param calling what becomes of verbs */
  public Formulas(Scope scope, Map<String, Constant> locals, Problems problems, Calling calling) {
    this.calling = calling;
    this.scope = scope;
    this.locals = locals;
    this.problems = problems;
  }

  /** The same, with mistakes told elsewhere. */
  public Formulas quiet(Problems elsewhere) {
    return new Formulas(scope, locals, elsewhere, calling);
  }

  /** What names stand for besides values. */
  public Lookups lookups() {
    return new Lookups(scope, problems);
  }

  /** What bodies of functions come to. */
  Functions functions() {
    return new Functions(scope, problems, locals);
  }

  /** The names that are seen. */
  public Scope scope() {
    return scope;
  }

  public boolean isLocal(String name) {
    return locals.containsKey(name);
  }

  public boolean isVerb(String name) {
    return Verbs.names().contains(name);
  }

  /** Whether a name stands for anything. */
  public boolean knows(String name) {
    return isLocal(name) || scope.find(name).isPresent() || Elementary.FORMULAS.containsKey(name);
  }

  /** What a name is bound to. */
  public Optional<Definition> definition(String name) {
    return isLocal(name) ? Optional.of(new Definition.Value(new Known(locals.get(name)))) : scope.find(name).map(Scope.Bound::definition);
  }

  /** Whether an expression is what a training came to, such as {@code base.loss}. */
  public boolean isOfRun(Expression expression) {
    return expression instanceof Expression.Member m && new Members(this, problems).runOf(m).isPresent();
  }

  /** A value that must be known before anything runs. */
  public Optional<Constant> constant(Expression expression) {
    Optional<Formula> formula = formula(expression);
    if (formula.isPresent() && !(formula.get() instanceof Known)) {
      return problems.report(Code.L022, expression.span(), "this must be known before the script runs", "write a number");
    }
    return formula.map(f -> ((Known) f).value());
  }

  public Optional<Formula> formula(Expression expression) {
    return switch (expression) {
      case Expression.Number(Span _, double value) -> known(new Constant.Num(value));
      case Expression.Text(Span _, String value) -> known(new Constant.Text(value));
      case Expression.Flag(Span _, boolean value) -> known(new Constant.Flag(value));
      case Expression.ShapeLiteral(Span _, List<Integer> dims) -> known(new Constant.Dims(dims));
      case Expression.Items(Span _, List<Expression> items) -> items(items);
      case Expression.Block b -> problems.report(Code.L011, b.span(), "this takes one value, not several lines", "leave out the braces");
      case Expression.Word w -> word(w);
      case Expression.Labelled l -> problems.unsupported(l.span(), "`@" + l.label().text() + "`");
      case Expression.Member m -> member(m);
      case Expression.Call c -> call(c);
      case Expression.Cut c -> cut(c);
      case Expression.Unary u -> formula(u.operand()).flatMap(f -> new Operations(problems).unary(u, f));
      case Expression.Binary b -> {
        Optional<Formula> left = formula(b.left());
        Optional<Formula> right = formula(b.right());
        yield left.isPresent() && right.isPresent() ? new Operations(problems).binary(b, left.get(), right.get()) : Optional.empty();
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

  /** An item of a list, or a list of some. */
  private Optional<Formula> cut(Expression.Cut c) {
    Optional<Constant> of = constant(c.of());
    if (of.isPresent() && !(of.get() instanceof Constant.Items)) {
      return problems.report(Code.L083, c.span(), "only a list has items, not " + of.get(), "");
    }
    if (of.isEmpty()) {
      return Optional.empty();
    }
    List<Constant> items = ((Constant.Items) of.get()).values();
    return new Cuts(problems).range(c, items.size(), "items", this::number)
        .map(r -> new Known(c.stretch() ? new Constant.Items(items.subList(r.from(), r.to())) : items.get(r.from())));
  }

  private Optional<Double> number(Expression e) {
    Optional<Constant> value = constant(e);
    return value.isPresent() && !(value.get() instanceof Constant.Num)
        ? problems.report(Code.L083, e.span(), "a place among items is a number, not " + value.get(), "")
        : value.map(v -> ((Constant.Num) v).value());
  }

  private Optional<Formula> word(Expression.Word word) {
    if (locals.containsKey(word.text())) {
      return known(locals.get(word.text()));
    }
    Optional<Scope.Bound> bound = scope.find(word.text());
    if (bound.isEmpty()) {
      return unknown(word.span(), "name", word.text());
    }
    return switch (bound.get().definition()) {
      case Definition.Value(Formula formula) -> Optional.of(formula);
      case Definition.Faulty() -> Optional.empty();
      case Definition d -> problems.report(
          Code.L021, word.span(), "`" + word.text() + "` is " + d.what() + ", but a value is needed here", parts(word.text(), d));
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

  /** What of a thing is a value. */
  private static String parts(String name, Definition definition) {
    return switch (definition) {
      case Definition.Run _ -> "its values are " + name + ".loss, " + name + ".epochs, " + name + ".test.loss";
      case Definition.Net _ -> "what it makes of numbers is a value: " + name + "([0, 1])";
      default -> "";
    };
  }

  public <T> Optional<T> unknown(Span span, String what, String word) {
    return unknown(span, what, word, names());
  }

  <T> Optional<T> unknown(Span span, String what, String word, List<String> known) {
    return problems.report(Code.L006, span, "unknown " + what + " `" + word + "`", Suggestions.remedy(span, word, known));
  }

  private Optional<Formula> member(Expression.Member m) {
    if (m.of() instanceof Expression.Word(Span _, String word) && locals.containsKey(word + "." + m.name().text())) {
      return known(locals.get(word + "." + m.name().text()));
    }
    if (m.dotted().flatMap(scope::find).isPresent()) {
      return word(new Expression.Word(m.span(), m.dotted().get()));
    }
    List<String> parts = m.of() instanceof Expression.Word(Span _, String word) ? partsOf(word) : List.of();
    if (!parts.isEmpty()) {
      Remedy remedy = Suggestions.remedy(m.name().span(), m.name().text(), parts);
      return problems.report(
          Code.L006, m.name().span(), "unknown part `" + m.name().text() + "`", remedy.isEmpty() ? Remedy.say("what comes in here has " + String.join(", ", parts)) : remedy);
    }
    return new Members(this, problems).formula(m);
  }

  /** What is known of {@code in}: {@code features}, {@code channels} … */
  private List<String> partsOf(String word) {
    String begin = word + ".";
    return locals.keySet().stream().filter(n -> n.startsWith(begin)).map(n -> n.substring(begin.length())).sorted().toList();
  }

  private Optional<Formula> call(Expression.Call c) {
    Span span = c.callee().span();
    String name = c.callee().dotted().orElse("");
    if (name.isEmpty()) {
      return Products.report(problems, c);
    }
    if (isVerb(name)) {
      return calling.formula(this, problems, c, name);
    }
    if (definition(name).orElse(null) instanceof Definition.Net(CheckedNet net, var _)) {
      return new ListCalls(this, problems).net(c, net);
    }
    if (new ListCalls(this, problems).isOne(c, name)) {
      return new ListCalls(this, problems).formula(c, name);
    }
    if (Arithmetic.functions().contains(name)) {
      return function(c, name);
    }
    if (lookups().function(name).isPresent()) {
      return applied(c, lookups().function(name).get());
    }
    if (Elementary.names().contains(name)) {
      return elementary(c, name);
    }
    if (isNumber(name)) {
      return Products.report(problems, c);
    }
    if (lookups().isFaulty(c.callee())) {
      return Optional.empty();
    }
    if (scope.find(name).isEmpty() && Later.has(name)) {
      return problems.later(span, name);
    }
    if (scope.find(name).isEmpty() && (new Foreign(problems).told(Room.VERB, c.span()) || new Foreign(problems).toldOfMethod(c.span()))) {
      return Optional.empty();
    }
    List<String> known = new ArrayList<>(Verbs.names());
    known.addAll(Tensors.FUNCTIONS);
    known.addAll(Arithmetic.functions());
    known.addAll(Elementary.names());
    known.addAll(scope.names());
    return scope.find(name).isPresent()
        ? problems.unsupported(c.span(), "calling `" + name + "`")
        : problems.report(Code.L071, span, "unknown function `" + name + "`", new CalledOtherwise(problems).meant(c).orElseGet(() -> Suggestions.remedy(span, name, known)));
  }

  /** Whether a name stands for a number here, or for a list of them. */
  boolean isNumber(String name) {
    return locals.get(name) instanceof Constant.Num
        || scope.find(name).filter(b -> b.definition() instanceof Definition.Value(Formula f) && Operations.isListOrNumber(f)).isPresent();
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
