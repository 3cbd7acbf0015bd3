package dev.lanewise.dsl.check;

import dev.lanewise.dsl.check.call.Forms;
import dev.lanewise.dsl.check.call.Readings;
import dev.lanewise.dsl.check.data.DataStatements;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.check.network.Networks;
import dev.lanewise.dsl.check.training.Sweeps;
import dev.lanewise.dsl.check.training.Trainings;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Checked;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Formula;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Mentions;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Script;
import dev.lanewise.dsl.syntax.Statement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds every mistake that can be found before the first batch: names, arguments, settings and shapes.
 *
 * <pre>{@code Checker.check(source, ScriptParser.parse(source).script(), new Scope()).diagnostics() }</pre>
 */
public final class Checker {
  private final Source source;
  private final Scope scope;
  private final Imports imports;
  private final Problems problems;
  private final List<Action> actions = new ArrayList<>();

  private Checker(Source source, Scope scope, Imports imports) {
    this.source = source;
    this.scope = scope;
    this.imports = imports;
    this.problems = new Problems(source);
  }

  /** @param before the names bound so far; it is not changed */
  public static Checked check(Source source, Script script, Scope before) {
    return check(source, script, before, new Imports());
  }

  /** The same in a process that has got the files which are imported from another. @param there those, by their whole paths */
  public static Checked check(Source source, Script script, Scope before, Map<Path, Source> there) {
    return check(source, script, before, new Imports(there));
  }

  static Checked check(Source source, Script script, Scope before, Imports imports) {
    Checker checker = new Checker(source, before.copy(), imports);
    checker.scope.ahead(new Ahead(source, script, checker.scope)::data);
    script.statements().forEach(checker::check);
    return new Checked(checker.actions, new Order(source, script).told(checker.problems.diagnostics()), checker.scope);
  }

  private void check(Statement statement) {
    Formulas formulas = new Formulas(scope, Map.of(), problems, (names, found, call, verb) -> new Forms(names, found).formula(call, verb));
    switch (statement) {
      case Statement.Net s -> {
        unused(s.parameters(), Mentions.of(s.parameters()).steps(s.steps()));
        Optional<CheckedNet> net = Networks.check(source, scope, problems, s);
        net.ifPresent(n -> actions.add(new Action.DefineNet(n)));
        bind(s.name(), net.<Definition>map(n -> new Definition.Net(n, s)));
      }
      case Statement.Data s -> {
        Optional<CheckedData> data = new DataStatements(formulas, problems).check(s);
        data.ifPresent(d -> actions.add(new Action.DefineData(d)));
        bind(s.name(), data.<Definition>map(Definition.Data::new));
      }
      case Statement.Train s -> {
        Optional<CheckedTrain> train = new Trainings(formulas, problems).train(s);
        train.ifPresent(t -> {
          actions.add(new Action.Train(t));
          if (t.rival().isEmpty()) {
            scope.trains(t);
          } else {
            scope.trains(t.net());
            scope.trains(t.rival().get().net());
          }
        });
        s.name().or(() -> resultName(s.span())).ifPresent(n -> bind(n, train.<Definition>map(Definition.Run::new)));
      }
      case Statement.Expect s -> expect(s, formulas);
      case Statement.Binding s -> binding(s, formulas);
      case Statement.Evaluate s -> evaluate(s, formulas);
      case Statement.Block s -> {
        unused(s.parameters(), Mentions.of(s.parameters()).steps(s.steps()));
        bind(s.name(), Optional.of(new Definition.Block(s)));
      }
      case Statement.Function s -> {
        unused(s.parameters(), Mentions.of(s.parameters()).statements(s.lines()));
        bind(s.name(), Optional.of(new Definition.Function(s)));
      }
      case Statement.LayerDefinition s -> {
        unused(s.parameters(), Mentions.of(s.parameters()).statements(s.lines()));
        bind(s.name(), Optional.of(new Definition.Layer(s)));
      }
      case Statement.Import s -> imported(s);
      case Statement.Sweep s -> new Sweeps(scope, problems).check(s).ifPresent(w -> actions.add(new Action.Sweep(w)));
      case Statement.Weight s -> later(s.span(), "`weight`", Optional.empty());
      case Statement.State s -> later(s.span(), "`state`", Optional.empty());
      case Statement.Unpacking s -> later(s.span(), "several names at once", Optional.empty());
      case Statement.Broken s -> s.name().ifPresent(n -> bind(n, Optional.empty()));
    }
  }

  /** {@code import "blocks.net"} binds its names as they are, {@code import "blocks.net" as b} as b.Name. */
  private void imported(Statement.Import s) {
    Optional<Scope> found = imports.scope(s, source, problems);
    s.as().ifPresent(n -> bind(n, found.<Definition>map(_ -> new Definition.Imported())));
    String prefix = s.as().map(n -> n.text() + ".").orElse("");
    found.ifPresent(f -> f.exports().forEach((name, bound) -> {
      if (prefix.isEmpty() && scope.bound(name).isPresent() && !source.typed()) {
        problems.report(
            Code.L007, s.span(), "`" + name + "` of " + s.path() + " is already bound here", "write import \"" + s.path() + "\" as …");
      } else {
        scope.bind(prefix + name, bound);
      }
    }));
  }

  private void later(Span span, String what, Optional<Name> name) {
    problems.unsupported(span, what);
    name.ifPresent(n -> bind(n, Optional.empty()));
  }

  private void expect(Statement.Expect s, Formulas formulas) {
    if (new Expected(formulas, problems, source).told(s.condition())) {
      return;
    }
    Optional<Formula> condition = formulas.formula(s.condition());
    if (condition.isPresent() && condition.get().kind() != Formula.Kind.FLAG) {
      problems.report(Code.L036, s.condition().span(), "`expect` needs a comparison", "for example `expect test(N, d).accuracy > 0.9`");
      return;
    }
    condition.ifPresent(c -> actions.add(new Action.Expect(s.condition().span(), source.text(s.condition().span()), sides(s, c, formulas))));
  }

  /** A comparison of known numbers keeps its two sides, so that a false one can show them. */
  private static Formula sides(Statement.Expect s, Formula condition, Formulas formulas) {
    return condition instanceof Formula.Known && s.condition() instanceof Expression.Binary b
        ? new Formula.Binary(
            b.span(), b.operator(), formulas.formula(b.left()).orElseThrow(), formulas.formula(b.right()).orElseThrow(), Formula.Kind.FLAG)
        : condition;
  }

  /** At the prompt a result has a name, so that the next line can use it. */
  private void evaluate(Statement.Evaluate s, Formulas formulas) {
    Optional<Formula> value = formulas.formula(new Readings(formulas, problems).isShown(s.value()) ? shown(s.value()) : s.value());
    value.flatMap(v -> v instanceof Formula.Do d ? d.deed().reads() : Optional.empty()).ifPresent(scope::reads);
    if (value.isPresent() && value.get().kind() != Formula.Kind.NOTHING && source.typed()) {
      bind(resultName(s.span()).orElseThrow(), value.get());
    } else {
      value.ifPresent(v -> actions.add(new Action.Evaluate(v)));
    }
  }

  /** A thing by itself prints itself. */
  private static Expression shown(Expression thing) {
    return new Expression.Call(
        thing.span(), new Expression.Word(thing.span(), "show"), List.of(new Argument(thing.span(), Optional.empty(), thing)));
  }

  /** {@code _1}, {@code _2} …: for what is typed without a name. */
  private Optional<Name> resultName(Span span) {
    return source.typed() ? Optional.of(new Name(span, scope.nextResult())) : Optional.empty();
  }

  private void bind(Name name, Formula value) {
    actions.add(new Action.Bind(name.text(), value));
    bind(name, Optional.of(new Definition.Value(value instanceof Formula.Known ? value : new Formula.Stored(name.text(), value.kind(), value.shape(), value.scored()))));
  }

  private void binding(Statement.Binding s, Formulas formulas) {
    if (loads(s, formulas)) {
      return;
    }
    Optional<Formula> value = formulas.formula(s.value());
    if (value.isPresent() && value.get().kind() == Formula.Kind.NOTHING) {
      problems.report(Code.L023, s.value().span(), "this has no value to bind", "");
      value = Optional.empty();
    }
    value.ifPresentOrElse(v -> bind(s.name(), v), () -> bind(s.name(), Optional.<Definition>empty()));
  }

  /** {@code Net = load("net.safetensors")}: a network that is there is filled, and nothing is bound. */
  private boolean loads(Statement.Binding s, Formulas formulas) {
    boolean loads = s.value() instanceof Expression.Call c && c.callee().dotted().filter("load"::equals).isPresent();
    Optional<CheckedNet> net = formulas.lookups().netNamed(s.name().text());
    if (!loads || net.isEmpty()) {
      return false;
    }
    List<Argument> given = ((Expression.Call) s.value()).arguments();
    boolean named = !given.isEmpty() && given.getFirst().value().dotted().filter(net.get().name()::equals).isPresent();
    String rest = given.stream().skip(named ? 1 : 0).map(a -> source.text(a.span())).collect(Collectors.joining(", "));
    problems.report(
        Code.L023, s.span(), "`load` fills a network that is there, and has no value to bind", Remedy.write(s.span(), "load(" + net.get().name() + (rest.isEmpty() ? "" : ", " + rest) + ")"));
    return true;
  }

  /** Parameters that the body does not mention. */
  private void unused(List<Parameter> parameters, Mentions mentions) {
    for (Parameter p : parameters) {
      if (!mentions.has(p.name().text())) {
        problems.report(Code.L047, p.name().span(), "nobody uses the parameter `" + p.name().text() + "`", removal(parameters, p));
      }
    }
  }

  /** Whoever calls it need not change where the parameter has a default and is the last, or is given by its name nowhere. */
  private Remedy removal(List<Parameter> parameters, Parameter unused) {
    int at = parameters.indexOf(unused);
    int end = unused.fallback().map(f -> f.span().end()).orElse(unused.name().span().end());
    Span span = at > 0
        ? new Span(parameters.get(at - 1).fallback().map(f -> f.span().end()).orElse(parameters.get(at - 1).name().span().end()), end)
        : new Span(unused.name().span().start(), parameters.size() > 1 ? parameters.get(1).name().span().start() : end);
    Remedy remedy = Remedy.remove(span);
    return unused.fallback().isPresent() && at == parameters.size() - 1 && parameters.size() > 1 ? remedy : remedy.perhaps();
  }

  private void bind(Name name, Optional<Definition> definition) {
    Optional<Scope.Bound> before = scope.bound(name.text());
    if (before.isPresent() && !source.typed()) {
      Source.Position first = before.get().source().position(before.get().span().start());
      problems.report(
          Code.L007,
          name.span(),
          "`%s` is already bound at %s:%d:%d".formatted(
              name.text(), before.get().source().name(), first.line(), first.column()),
          "choose another name");
      return;
    }
    scope.bind(name.text(), new Scope.Bound(definition.orElseGet(Definition.Faulty::new), source, name.span()));
  }
}
