package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Later;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Part;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.symbolic.Term;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What names stand for, where something of one kind is needed. */
public record Lookups(Scope scope, Problems problems) {
  public Optional<CheckedNet> net(Expression expression) {
    return named(expression, "a network")
        .flatMap(
            d ->
                switch (d) {
                  case Definition.Net(CheckedNet net, var _) -> Optional.of(net);
                  case Definition.Faulty() -> Optional.empty();
                  case Definition other -> wrong(expression, other, "a network");
                });
  }

  /** The network of a name, if it is one. */
  public Optional<CheckedNet> netNamed(String name) {
    return scope.find(name).map(Scope.Bound::definition).orElse(null) instanceof Definition.Net(CheckedNet net, var _)
        ? Optional.of(net)
        : Optional.empty();
  }

  boolean isNet(String name) {
    return netNamed(name).isPresent();
  }

  /** What an expression names, if it is a part of a network; whether the network has one of that name is not asked. */
  public Optional<Part> part(Expression expression) {
    return expression.dotted().flatMap(this::partOf);
  }

  /** The same of a name with dots. */
  public Optional<Part> partOf(String path) {
    for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
      Optional<CheckedNet> net = isNet(path) ? Optional.empty() : netNamed(path.substring(0, dot));
      if (net.isPresent()) {
        return Optional.of(new Part(net.get(), path.substring(dot + 1)));
      }
    }
    return Optional.empty();
  }

  public Optional<CheckedData> data(Expression expression) {
    return named(expression, "data")
        .flatMap(
            d ->
                switch (d) {
                  case Definition.Data(CheckedData data) -> Optional.of(data);
                  case Definition.Faulty() -> Optional.empty();
                  case Definition other -> wrong(expression, other, "data");
                });
  }

  /** The part of examples that an expression names: {@code digits} the main one, {@code ratings.user} another. */
  Optional<Field> field(Expression expression) {
    String name = expression.dotted().orElse("");
    Optional<CheckedData> whole = dataNamed(name);
    if (whole.isPresent()) {
      return whole.map(d -> d.fields().getFirst());
    }
    int dot = name.lastIndexOf('.');
    return dataNamed(name.substring(0, Math.max(0, dot))).flatMap(d -> d.field(name.substring(dot + 1)));
  }

  /** The data of a name, if it is some. */
  Optional<CheckedData> dataNamed(String name) {
    return scope.find(name).map(Scope.Bound::definition).orElse(null) instanceof Definition.Data(CheckedData data) ? Optional.of(data) : Optional.empty();
  }

  /** The training run that an expression names. */
  public Optional<CheckedTrain> run(Expression expression) {
    return expression.dotted().flatMap(scope::find).map(Scope.Bound::definition).orElse(null) instanceof Definition.Run(CheckedTrain run)
        ? Optional.of(run)
        : Optional.empty();
  }

  /** Whether an expression names something with a mistake, or a part of it: that is told already. */
  public boolean isFaulty(Expression expression) {
    return expression.dotted().flatMap(scope::find).filter(b -> b.definition() instanceof Definition.Faulty).isPresent();
  }

  /** The function that an expression names. */
  public Optional<Statement.Function> function(Expression expression) {
    return expression.dotted().flatMap(this::function);
  }

  public Optional<Statement.Function> function(String name) {
    return scope.find(name).map(Scope.Bound::definition).orElse(null) instanceof Definition.Function(Statement.Function f)
        ? Optional.of(f)
        : Optional.empty();
  }

  public List<String> functionNames() {
    return scope.names().stream().filter(n -> function(n).isPresent()).toList();
  }

  /** What follows the body of a function, in the file where it is written. */
  public Functions functions(Statement.Function function) {
    Scope.Bound bound = scope.bound(function);
    Scope home = bound.home() == null ? scope : bound.home();
    boolean here = bound.source() == problems.source();
    return new Functions(home, here ? problems : problems.inside(bound.source(), () -> " (in " + function.name().text() + ")"));
  }

  /** The formula of a function with its defaults, of x. */
  public Optional<Term> term(Statement.Function function, Span call) {
    return functions(function).formula(function, Map.of(), call);
  }

  private <T> Optional<T> wrong(Expression expression, Definition found, String wanted) {
    String name = expression.dotted().map(text -> "`" + text + "`").orElse("this");
    return problems.report(
        Code.L021, expression.span(), name + " is " + found.what() + ", but " + wanted + " is needed here", "");
  }

  private Optional<Definition> named(Expression expression, String wanted) {
    if (expression instanceof Expression.Call c) {
      return problems.unsupported(c.span(), "giving arguments to " + wanted + " here");
    }
    Span span = expression.span();
    String name = expression.dotted().orElse("");
    if (name.isEmpty()) {
      return problems.report(Code.L021, span, "the name of " + wanted + " is needed here", "");
    }
    Optional<Scope.Bound> bound = scope.find(name);
    if (bound.isEmpty() && Later.has(name)) {
      return problems.later(span, name);
    }
    return bound.isPresent()
        ? bound.map(Scope.Bound::definition)
        : problems.report(Code.L006, span, "unknown name `" + name + "`", Suggestions.remedy(span, name, problems.isFull() ? List.of() : scope.names()));
  }
}
