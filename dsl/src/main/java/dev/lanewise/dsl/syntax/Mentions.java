package dev.lanewise.dsl.syntax;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The names that a body mentions anywhere. */
public final class Mentions {
  private final Set<String> words = new HashSet<>();

  /** Those in the defaults of parameters. */
  public static Mentions of(List<Parameter> parameters) {
    Mentions mentions = new Mentions();
    parameters.forEach(p -> p.fallback().ifPresent(mentions::expression));
    return mentions;
  }

  public static Mentions of(Expression expression) {
    Mentions mentions = new Mentions();
    mentions.expression(expression);
    return mentions;
  }

  /** Whether any of them is so. */
  public boolean any(Predicate<String> so) {
    return words.stream().anyMatch(so);
  }

  public boolean has(String word) {
    return words.contains(word);
  }

  public Mentions steps(List<Step> steps) {
    steps.forEach(this::step);
    return this;
  }

  public Mentions statements(List<Statement> statements) {
    statements.forEach(this::statement);
    return this;
  }

  private void step(Step step) {
    switch (step) {
      case Step.Input i -> {
        expression(i.shape());
        i.bound().ifPresent(this::expression);
      }
      case Step.Apply a -> {
        expression(a.callee());
        arguments(a.arguments());
        a.body().ifPresent(this::steps);
      }
      case Step.Labelled l -> step(l.step());
      case Step.Read _, Step.Broken _ -> { }
      case Step.Path p -> steps(p.steps());
      case Step.Head h -> steps(h.steps());
      case Step.If i -> {
        expression(i.condition());
        steps(i.then());
        steps(i.otherwise());
      }
      case Step.Repeat r -> {
        expression(r.times());
        steps(r.steps());
      }
      case Step.Expect e -> expression(e.condition());
      case Step.Bind b -> expression(b.value());
    }
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.Binding b -> expression(b.value());
      case Statement.Unpacking u -> expression(u.value());
      case Statement.Evaluate e -> expression(e.value());
      case Statement.Expect e -> expression(e.condition());
      case Statement.Weight w -> {
        expression(w.shape());
        expression(w.initial());
      }
      case Statement.State s -> expression(s.shape());
      case Statement.Data d -> {
        expression(d.from());
        d.settings().stream().map(Setting::value).forEach(this::expression);
      }
      case Statement.Train t -> {
        expression(t.net());
        t.against().ifPresent(this::expression);
        expression(t.data());
        t.settings().stream().map(Setting::value).forEach(this::expression);
      }
      case Statement.Sweep s -> s.settings().stream().map(Setting::value).forEach(this::expression);
      case Statement.Net n -> steps(n.steps());
      case Statement.Block b -> steps(b.steps());
      case Statement.Function f -> statements(f.lines());
      case Statement.LayerDefinition l -> statements(l.lines());
      case Statement.Import _, Statement.Broken _ -> { }
    }
  }

  private void expression(Expression expression) {
    switch (expression) {
      case Expression.Number _, Expression.Text _, Expression.Flag _, Expression.ShapeLiteral _, Expression.Labelled _ -> { }
      case Expression.Word w -> words.add(w.text());
      case Expression.Items i -> i.items().forEach(this::expression);
      case Expression.Block b -> b.lines().stream().map(Setting::value).forEach(this::expression);
      case Expression.Member m -> expression(m.of());
      case Expression.Call c -> {
        expression(c.callee());
        arguments(c.arguments());
      }
      case Expression.Cut c -> {
        expression(c.of());
        c.from().ifPresent(this::expression);
        c.to().ifPresent(this::expression);
      }
      case Expression.Unary u -> expression(u.operand());
      case Expression.Binary b -> {
        expression(b.left());
        expression(b.right());
      }
    }
  }

  private void arguments(List<Argument> arguments) {
    arguments.forEach(a -> expression(a.value()));
  }
}
