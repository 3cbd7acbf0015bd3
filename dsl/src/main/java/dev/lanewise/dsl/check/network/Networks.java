package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.check.expression.InputShape;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.tensor.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks one network: goes through its steps as they run, and hands each to what knows its kind, {@link LayerCalls},
 * {@link Branches}, {@link Unfolding}.
 */
public final class Networks {
  /** Those of grey, coloured and transparent images. */
  private static final Set<Integer> CHANNELS = Set.of(1, 3, 4);
  private static final int MOST_CHANNELS = 4;

  private final Building at;
  private final LayerCalls layers;
  private final Branches branches;
  private final Unfolding unfolding;
  private final Everywhere everywhere;

  private Networks(Source source, Scope scope, Problems problems, Statement.Net net) {
    this.at = new Building(source, scope, problems, net.name().text());
    this.layers = new LayerCalls(at);
    this.branches = new Branches(at, this::steps);
    this.unfolding = new Unfolding(at, this::steps);
    this.everywhere = new Everywhere(at, this::steps);
  }

  public static Optional<CheckedNet> check(Source source, Scope scope, Problems problems, Statement.Net net) {
    return check(source, scope, problems, net, Map.of());
  }

  /** A network that nobody has written: it is not looked at for what is hardly meant. */
  static Optional<CheckedNet> probe(Source source, Scope scope, Problems problems, Statement.Net net) {
    Networks networks = new Networks(source, scope, problems, net);
    networks.steps(net.steps());
    return networks.at.lost ? Optional.empty() : Optional.of(networks.at.net.grown(net.name().text()));
  }

  /** @param given other values for the network's parameters */
  public static Optional<CheckedNet> check(
      Source source, Scope scope, Problems problems, Statement.Net net, Map<String, Constant> given) {
    return new Networks(source, scope, problems, net).check(net, given);
  }

  private Optional<CheckedNet> check(Statement.Net statement, Map<String, Constant> given) {
    for (Parameter p : statement.parameters()) {
      if (given.containsKey(p.name().text())) {
        at.bind(p.name(), given.get(p.name().text()));
      } else if (p.fallback().isEmpty()) {
        at.fail(
            Code.L075, p.name().span(), "the parameter `" + p.name().text() + "` of a network needs a default",
            Remedy.of("write " + p.name().text() + " = …", Edit.insert(p.name().span().end(), " = 16")).perhaps());
      } else {
        at.bind(p.name(), p.fallback().get());
      }
    }
    steps(statement.steps());
    String name = statement.name().text();
    if (!at.net.hasInput() && !at.lost) {
      at.fail(
          Code.L018, statement.name().span(), "the network `" + name + "` has no input",
          "begin it with `input 1x28x28`");
    }
    if (at.lost) {
      return Optional.empty();
    }
    at.unread();
    CheckedNet grown = at.net.grown(name);
    if (isUnread(grown)) {
      return Optional.empty();
    }
    new NetWarnings(at.problems).of(grown);
    return Optional.of(grown);
  }

  private void steps(List<Step> steps) {
    List<Step> outer = at.beside;
    at.beside = steps;
    steps.forEach(s -> step(s, Optional.empty()));
    at.beside = outer;
  }

  private void step(Step step, Optional<String> label) {
    if (!at.net.step(step.span(), at.problems)) {
      at.lost = true;
      return;
    }
    switch (step) {
      case Step.Input i -> input(i);
      case Step.Apply a -> apply(a, label);
      case Step.Labelled l -> labelled(l);
      case Step.Expect e -> expect(e);
      case Step.Bind b -> at.bind(b.name(), b.value());
      case Step.Broken _ -> at.lost = true;
      case Step.Read r -> at.read(r.label()).ifPresent(at.net::goTo);
      case Step.If i -> unfolding.choose(i);
      case Step.Repeat r -> unfolding.repeat(r);
      case Step.Path p -> at.fail(Code.L038, p.span(), "a path stands in `add`, `mul` or `concat`", unwrapped(p));
      case Step.Head h -> branches.head(h);
    }
    if (step instanceof Step.Apply && !at.lost) {
      at.names.made(step.span(), at.net.shape().toString());
    }
  }

  /** A proposal: its steps without it, where that says the same. */
  private Remedy unwrapped(Step.Path path) {
    if (path.steps().isEmpty()) {
      return Remedy.say("write add { path { … } path { … } }");
    }
    Span inside = path.steps().getFirst().span().to(path.steps().getLast().span());
    return Remedy.of("write its layers without it, or add { path { … } path { … } }", new Edit(path.span(), at.names.source().text(inside))).perhaps();
  }

  /** Whether there are parameters that no output depends on: nothing could train them. */
  private boolean isUnread(CheckedNet grown) {
    Set<Integer> read = new HashSet<>(List.of(grown.result()));
    grown.heads().forEach(h -> read.add(h.value()));
    boolean unread = false;
    for (int i = grown.layers().size(); i > 0; i--) {
      CheckedNet.Layer layer = grown.layers().get(i - 1);
      if (read.contains(i)) {
        read.addAll(layer.inputs());
      } else if (layer.parameters() > 0) {
        at.problems.inside(layer.source()).report(
            Code.L078, layer.span(), "no output depends on this layer: its parameters could not be trained", "remove it, or read it with a label");
        unread = true;
      }
    }
    return unread;
  }

  private void labelled(Step.Labelled l) {
    if (at.net.isInside() && l.step() instanceof Step.Input more) {
      input(more);
      return;
    }
    if (l.step() instanceof Step.Input more && at.net.hasInput() && at.open.isEmpty()) {
      another(l, more);
      return;
    }
    String label = l.label().text();
    if (!at.names.take(label)) {
      at.fail(Code.L035, l.label().span(), "the label `" + label + "` is already taken", Remedy.write(l.label().span(), at.names.free(label)));
    }
    if (l.step() instanceof Step.Input one && !at.net.hasInput() && at.open.isEmpty()) {
      first(label, one);
      // Its label says which part of an example it takes.
      at.names.markRead(label);
    } else {
      step(l.step(), Optional.of(label));
    }
    int value = at.net.current();
    at.names.labelled().put(label, value);
    at.names.span(label, l.label().span());
    if (value > 0 && at.net.layer(value).name().equals(at.names.full(label))) {
      at.names.layer(label, at.names.full(label));
    }
  }

  private void input(Step.Input step) {
    if (at.net.isInside()) {
      at.fail(Code.L101, step.span(), "an input is one of the whole network: it cannot stand inside of `each`", "put it before `each { … }`");
      return;
    }
    if (at.net.hasInput() || !at.open.isEmpty()) {
      StepEdits edits = new StepEdits(at.names.source());
      Remedy remedy = at.open.isEmpty()
          ? Remedy.of("give this one a label: size: input 3", Edit.insert(step.span().start(), "size: ")).perhaps()
          : edits.removal(step.span());
      at.fail(Code.L076, step.span(), "a network has one input without a label, at its start", remedy);
      return;
    }
    first("", step);
  }

  private void first(String name, Step.Input step) {
    Optional<Field> field = InputShape.of(name, step, at.formulas(), at.problems);
    at.lost |= field.isEmpty();
    field.ifPresent(f -> at.net.input(f, new CheckedNet.Written(at.names.source(), step.span())));
    field.ifPresent(f -> channelsLast(step, f));
  }

  /** {@code input 28x28x1}: as others write it, and the data does not. */
  private void channelsLast(Step.Input step, Field field) {
    Shape in = field.shape();
    boolean turned = step.shape() instanceof Expression.ShapeLiteral && in.isImage() && CHANNELS.contains(in.width()) && in.channels() == in.height() && in.height() > MOST_CHANNELS;
    if (turned && at.scope.dataOf(at.name).isEmpty()) {
      String right = in.width() + "x" + in.channels() + "x" + in.height();
      at.problems.report(
          Code.L138, step.shape().span(), "`" + in + "` is " + in.channels() + " channels of " + in.height() + "x" + in.width() + ": here the channels stand first",
          Remedy.write(step.shape().span(), right));
    }
  }

  /** {@code size: input 3}: one more input; the network goes on with it, and others read it by its label. */
  private void another(Step.Labelled l, Step.Input step) {
    String label = l.label().text();
    String name = at.names.full(label);
    Optional<Field> field = InputShape.of(name, step, at.formulas(), at.problems);
    at.lost |= field.isEmpty();
    if (!at.names.take(label)) {
      at.fail(Code.L035, l.label().span(), "the label `" + label + "` is already taken", Remedy.write(l.label().span(), at.names.free(label)));
    }
    if (!at.lost) {
      at.given(name, field.get(), l.span());
      at.names.labelled().put(label, at.net.current());
      at.names.markRead(label);
      at.names.span(label, l.label().span());
    }
  }

  private void apply(Step.Apply step, Optional<String> label) {
    String word = step.callee().dotted().orElse("");
    if (Joins.NAMES.contains(word)) {
      branches.join(step, word, label);
    } else if (word.equals(Everywhere.NAME)) {
      everywhere.each(step, label);
    } else if (word.equals("share")) {
      layers.share(step, label);
    } else if (step.body().isPresent()) {
      at.later(step.callee().span(), "`" + word + "` with a body");
    } else {
      Optional<Scope.Bound> bound = at.scope.find(word);
      switch (bound.map(Scope.Bound::definition).orElse(null)) {
        case Definition.Block(Statement.Block block) -> unfolding.use(step, block, bound.get(), label);
        case Definition.Function(Statement.Function function) -> layers.function(step, function, bound.get(), label);
        case Definition.Layer(Statement.LayerDefinition definition) -> layers.defined(step, definition, bound.get(), label);
        case null, default -> layers.layer(step, word, label);
      }
    }
  }

  private void expect(Step.Expect step) {
    if (at.lost || !at.net.hasInput()) {
      return;
    }
    Shape shape = at.net.shape();
    Map<String, Constant> known = new HashMap<>(at.names.locals());
    known.put("params", new Constant.Num(at.net.parameters()));
    known.put("shape", shape.isFlat() ? new Constant.Num(shape.size()) : new Constant.Dims(shape.dims()));
    Formulas formulas = new Formulas(at.scope, known, at.problems);
    Optional<Constant> value = formulas.constant(step.condition());
    if (value.isPresent() && !(value.get() instanceof Constant.Flag)) {
      at.problems.report(Code.L036, step.condition().span(), "`expect` needs a comparison, not " + value.get(), "");
    } else if (value.isPresent() && value.get().equals(new Constant.Flag(false))) {
      String sides = "";
      if (step.condition() instanceof Expression.Binary(Span _, var _, Expression left, Expression right)) {
        sides = ": " + formulas.constant(left).orElseThrow() + " on the left, " + formulas.constant(right).orElseThrow() + " on the right";
      }
      at.problems.report(Code.L024, step.condition().span(), "this does not hold" + sides, "");
    }
  }
}
