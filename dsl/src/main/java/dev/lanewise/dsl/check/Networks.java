package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Given;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Layers;
import dev.lanewise.runtime.operation.ShapeException;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks one network: goes through its steps as they run, binds each layer to the shape that reaches it, unfolds
 * blocks and repeats, and takes the branch of an {@code if} whose condition holds.
 */
final class Networks {
  private static final Set<String> LATER =
      Set.of("lstm", "gru", "embedding", "attention");

  /** Letters of a name in a message. */
  private static final int LONGEST_NAME = 40;

  /** Blocks inside blocks. */
  private static final int DEEPEST = 100;

  private Scope scope;
  private final Growing net = new Growing();
  private final Deque<Statement.Block> open = new ArrayDeque<>();
  private Names names;
  private Problems problems;
  /** Once a step has a mistake, the shapes behind it are not known. */
  private boolean lost;

  private Networks(Source source, Scope scope, Problems problems) {
    this.scope = scope;
    this.problems = problems;
    this.names = new Names(source, "");
  }

  static Optional<CheckedNet> check(Source source, Scope scope, Problems problems, Statement.Net net) {
    return check(source, scope, problems, net, Map.of());
  }

  /** A network that nobody has written: it is not looked at for what is hardly meant. */
  static Optional<CheckedNet> probe(Source source, Scope scope, Problems problems, Statement.Net net) {
    Networks networks = new Networks(source, scope, problems);
    networks.steps(net.steps());
    return networks.lost ? Optional.empty() : Optional.of(networks.net.grown(net.name().text()));
  }

  /** @param given other values for the network's parameters */
  static Optional<CheckedNet> check(
      Source source, Scope scope, Problems problems, Statement.Net net, Map<String, Constant> given) {
    return new Networks(source, scope, problems).check(net, given);
  }

  private Optional<CheckedNet> check(Statement.Net statement, Map<String, Constant> given) {
    for (Parameter p : statement.parameters()) {
      if (given.containsKey(p.name().text())) {
        bind(p.name(), given.get(p.name().text()));
      } else if (p.fallback().isEmpty()) {
        fail(
            Code.L075, p.name().span(), "the parameter `" + p.name().text() + "` of a network needs a default",
            "write " + p.name().text() + " = …");
      } else {
        bind(p.name(), p.fallback().get());
      }
    }
    steps(statement.steps());
    String name = statement.name().text();
    if (net.input() == null && !lost) {
      fail(
          Code.L018, statement.name().span(), "the network `" + name + "` has no input",
          "begin it with `input 1x28x28`");
    }
    if (lost) {
      return Optional.empty();
    }
    unread();
    CheckedNet grown = net.grown(name);
    if (isUnread(grown)) {
      return Optional.empty();
    }
    new Warnings(problems).of(grown);
    return Optional.of(grown);
  }

  private void steps(List<Step> steps) {
    steps.forEach(s -> step(s, Optional.empty()));
  }

  private void step(Step step, Optional<String> label) {
    if (!net.step(step.span(), problems)) {
      lost = true;
      return;
    }
    switch (step) {
      case Step.Input i -> input(i);
      case Step.Apply a -> apply(a, label);
      case Step.Labelled l -> labelled(l);
      case Step.Expect e -> expect(e);
      case Step.Bind b -> bind(b.name(), b.value());
      case Step.Broken _ -> lost = true;
      case Step.Read r -> read(r.label()).ifPresent(net::goTo);
      case Step.If i -> choose(i);
      case Step.Repeat r -> repeat(r);
      case Step.Path p -> fail(
          Code.L038, p.span(), "a path stands in `add`, `mul` or `concat`", "write add { path { … } path { … } }");
      case Step.Head h -> head(h);
    }
    if (step instanceof Step.Apply && !lost) {
      names.made(step.span(), net.shape().toString());
    }
  }

  /** Reports, and gives up on the shapes behind. */
  private void fail(Code code, Span span, String message, String remedy) {
    problems.report(code, span, message, remedy);
    lost = true;
  }

  private void later(Span span, String what) {
    problems.unsupported(span, what);
    lost = true;
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
        problems.inside(layer.source()).report(
            Code.L078, layer.span(), "no output depends on this layer: its parameters could not be trained", "remove it, or read it with a label");
        unread = true;
      }
    }
    return unread;
  }

  private void labelled(Step.Labelled l) {
    if (l.step() instanceof Step.Input more && net.input() != null && open.isEmpty()) {
      another(l, more);
      return;
    }
    String label = l.label().text();
    if (!names.take(label)) {
      fail(Code.L035, l.label().span(), "the label `" + label + "` is already taken", "choose another");
    }
    step(l.step(), Optional.of(label));
    int value = net.current();
    names.labelled().put(label, value);
    names.span(label, l.label().span());
    if (value > 0 && net.layer(value).name().equals(names.full(label))) {
      names.layer(label, names.full(label));
    }
  }

  /** A label names the parameters of its layer or block; where there are none, somebody should read the value. */
  private void unread() {
    for (String label : names.unread()) {
      boolean named = names.layer(label).isEmpty()
          || !net.layer(names.labelled().get(label)).computation().parameters().isEmpty();
      if (!named) {
        problems.report(Code.L046, names.span(label), "nobody reads this label", "remove it, or read it with @" + label);
      }
    }
  }

  private Optional<Integer> read(Name label) {
    Integer value = names.labelled().get(label.text());
    names.markRead(label.text());
    if (value == null && !lost) {
      fail(
          Code.L028, label.span(), "nothing before this is called `" + label.text() + "`",
          Suggestions.remedy(label.text(), names.labelled().keySet()));
    }
    return Optional.ofNullable(value);
  }

  private void bind(Name name, Expression value) {
    Optional<Constant> constant = formulas().constant(value);
    if (constant.isEmpty()) {
      lost = true;
    } else {
      bind(name, constant.get());
    }
  }

  private void bind(Name name, Constant value) {
    if (names.locals().put(name.text(), value) != null) {
      fail(Code.L007, name.span(), "`" + name.text() + "` is already bound here", "choose another name");
    }
  }

  /** Expressions may read what is bound here, and {@code in}: the shape that the step takes. */
  private Formulas formulas() {
    Map<String, Constant> known = new HashMap<>(names.locals());
    if (net.input() != null && !lost) {
      shape(known);
    }
    return new Formulas(scope, known, problems);
  }

  private void shape(Map<String, Constant> known) {
    Shape in = net.shape();
    known.put("in.features", new Constant.Num(in.size()));
    known.put("in.channels", new Constant.Num(in.channels()));
    if (in.isImage()) {
      known.put("in.height", new Constant.Num(in.dim(1)));
      known.put("in.width", new Constant.Num(in.dim(2)));
    }
  }

  private void input(Step.Input step) {
    if (net.input() != null || !open.isEmpty()) {
      fail(Code.L076, step.span(), "a network has one input without a label, at its start", open.isEmpty() ? "give this one a label: size: input 3" : "remove this line");
      return;
    }
    Optional<Shape> shape = InputShape.of(step, formulas(), problems);
    lost |= shape.isEmpty();
    net.input(shape.orElse(null));
  }

  /** What branches off here becomes a further output; the network goes on with the value before. */
  private void head(Step.Head step) {
    if (net.input() == null && !lost) {
      fail(Code.L018, step.span(), "a network starts with its input, not with a head", "add `input 1x28x28` before it");
    } else if (!names.take(step.name().text())) {
      fail(Code.L035, step.name().span(), "the name `" + step.name().text() + "` is already taken", "choose another");
    }
    int before = net.current();
    Names outside = names;
    names = outside.inner(step.name().text());
    steps(step.steps());
    if (!lost) {
      unread();
    }
    names = outside;
    if (!lost) {
      net.head(outside.full(step.name().text()));
    }
    net.goTo(before);
  }

  /** {@code size: input 3}: one more input; the network goes on with it, and others read it by its label. */
  private void another(Step.Labelled l, Step.Input step) {
    String label = l.label().text();
    Optional<Shape> shape = InputShape.of(step, formulas(), problems);
    lost |= shape.isEmpty();
    if (!names.take(label)) {
      fail(Code.L035, l.label().span(), "the label `" + label + "` is already taken", "choose another");
    }
    if (!lost) {
      String name = names.full(label);
      lost |= !net.add(
          new CheckedNet.Layer(name, "input " + shape.get(), new Given(shape.get()), List.of(), name, names.source(), l.span()), problems);
      names.labelled().put(label, net.current());
      names.span(label, l.label().span());
    }
  }

  private void choose(Step.If step) {
    Optional<Constant> condition = lost ? Optional.empty() : formulas().constant(step.condition());
    if (condition.isEmpty()) {
      lost = true;
    } else if (condition.get() instanceof Constant.Flag(boolean holds)) {
      steps(holds ? step.then() : step.otherwise());
    } else {
      fail(Code.L036, step.condition().span(), "`if` needs a comparison, not " + condition.get(), "");
    }
  }

  private void repeat(Step.Repeat step) {
    Optional<Constant> times = lost ? Optional.empty() : formulas().constant(step.times());
    Optional<Integer> count = times.flatMap(Calls::whole);
    if (times.isPresent() && count.isEmpty()) {
      fail(Code.L037, step.times().span(), "`repeat` needs a whole number, not " + times.get(), "");
    } else if (count.isPresent() && count.get() > Growing.MOST_LAYERS) {
      fail(Code.L037, step.times().span(), "`repeat` repeats at most 20,000 times, not " + count.get(), "");
    }
    lost |= count.isEmpty();
    for (int i = 1; i <= count.orElse(0) && !lost; i++) {
      if (!net.step(step.span(), problems)) {
        lost = true;
      }
      int turn = i;
      step.as().ifPresent(name -> names.locals().put(name.text(), new Constant.Num(turn)));
      steps(step.steps());
      // What a turn binds, the next binds anew.
      step.steps().forEach(s -> {
        if (s instanceof Step.Bind b) {
          names.locals().remove(b.name().text());
        }
      });
    }
    step.as().ifPresent(name -> names.locals().remove(name.text()));
  }

  private void apply(Step.Apply step, Optional<String> label) {
    String word = Formulas.dotted(step.callee()).orElse("");
    if (Joins.NAMES.contains(word)) {
      join(step, word, label);
    } else if (word.equals("share")) {
      share(step, label);
    } else if (step.body().isPresent()) {
      later(step.callee().span(), "`" + word + "` with a body");
    } else {
      Optional<Scope.Bound> bound = scope.find(word);
      switch (bound.map(Scope.Bound::definition).orElse(null)) {
        case Definition.Block(Statement.Block block) -> use(step, block, bound.get(), label);
        case Definition.Function(Statement.Function function) -> function(step, function, bound.get(), label);
        case Definition.Layer(Statement.LayerDefinition definition) -> defined(step, definition, bound.get(), label);
        case null, default -> layer(step, word, label);
      }
    }
  }

  /** A function of the user's, of every element by itself. Its first parameter is the value that comes. */
  private void function(Step.Apply step, Statement.Function f, Scope.Bound bound, Optional<String> label) {
    List<Parameter> constants = f.parameters().stream().skip(1).toList();
    Optional<Map<String, Constant>> given = new UserCalls(formulas(), problems).bind(f.name(), constants, step.arguments(), step.span());
    lost |= given.isEmpty();
    if (started(step, f.name().text())) {
      Problems inside = inside(bound.source(), f.name());
      Optional<Computation> layer = new Functions(home(bound), inside).layer(f, given.get(), step.span(), net.shape());
      add(label, f.name().text(), layer, step);
    }
  }

  /** A layer of the user's, with weights of its own. */
  private void defined(
      Step.Apply step, Statement.LayerDefinition l, Scope.Bound bound, Optional<String> label) {
    Optional<Map<String, Constant>> given =
        new UserCalls(formulas(), problems).bind(l.name(), l.parameters(), step.arguments(), step.span());
    lost |= given.isEmpty();
    if (started(step, l.name().text())) {
      Problems inside = inside(bound.source(), l.name());
      Map<String, Constant> known = new HashMap<>(given.get());
      shape(known);
      for (Parameter p : l.parameters()) {
        if (!known.containsKey(p.name().text())) {
          new Formulas(home(bound), known, inside).constant(p.fallback().orElseThrow()).ifPresent(v -> known.put(p.name().text(), v));
        }
      }
      Optional<Computation> layer = new Functions(home(bound), inside, known).layer(l, net.shape(), step.span());
      add(label, l.name().text(), layer, step);
    }
  }

  /** The names that a definition sees: those of its own file, if it is imported. */
  private Scope home(Scope.Bound bound) {
    return bound.home() == null ? scope : bound.home();
  }

  /** Where mistakes inside a definition are told, and of which use. */
  private Problems inside(Source source, Name definition) {
    return source == names.source() ? problems : problems.inside(source, () -> " (in " + definition.text() + ")");
  }

  private void add(Optional<String> label, String kind, Optional<Computation> layer, Step.Apply step) {
    lost |= layer.isEmpty();
    layer.ifPresent(l -> add(label, kind, l, List.of(net.current()), step));
  }

  /** {@code share(@conv1)}: the layer with that label once more, with the same parameters. */
  private void share(Step.Apply step, Optional<String> label) {
    if (!started(step, "share")) {
      return;
    }
    if (step.arguments().size() != 1 || !(step.arguments().getFirst().value() instanceof Expression.Labelled(Span _, Name of))) {
      fail(Code.L061, step.span(), "`share` needs the label of a layer", "write share(@conv1)");
      return;
    }
    Optional<Integer> value = read(of);
    if (value.isEmpty()) {
      return;
    }
    // A further input, or where branches meet, takes no single value.
    Optional<CheckedNet.Layer> shared = value.filter(v -> v > 0).map(net::layer)
        .filter(l -> names.layer(of.text()).equals(Optional.of(l.name())))
        .filter(l -> l.computation().inputs().size() == l.computation().parameters().size() + 1);
    if (shared.isEmpty()) {
      fail(Code.L061, step.span(), "`@" + of.text() + "` is no single layer: only a layer can be shared", "put the label before the layer itself");
      return;
    }
    Shape wanted = shared.get().computation().inputs().getFirst().shape();
    if (!wanted.equals(net.shape())) {
      fail(Code.L061, step.span(), "`" + of.text() + "` takes " + wanted + ", but here it would get " + net.shape(), "");
      return;
    }
    String name = label.map(names::full).orElseGet(() -> names.numbered("share"));
    lost |= !net.add(
        new CheckedNet.Layer(name, call(step), shared.get().computation(), List.of(net.current()), shared.get().shared(), names.source(), step.span()),
        problems);
  }

  private void layer(Step.Apply step, String word, Optional<String> label) {
    Optional<Layer> layer = Layers.named(word);
    if (layer.isEmpty()) {
      unknown(step, word);
      lost = true;
      return;
    }
    var arguments = new Calls(formulas(), problems).bind(layer.get().signature(), step.span(), step.arguments());
    lost |= arguments.isEmpty();
    if (started(step, word)) {
      try {
        Computation computation = layer.get().binder().bind(arguments.get(), net.shape());
        add(label, layer.get().name(), computation, List.of(net.current()), step);
      } catch (ShapeException e) {
        misfit(step, e);
      }
    }
  }

  private void misfit(Step.Apply step, ShapeException e) {
    problems.report(step.span(), e, names.trail(step.span()));
    lost = true;
  }

  /** Whether the shape is known that the step takes. */
  private boolean started(Step.Apply step, String word) {
    if (net.input() == null && !lost) {
      fail(
          Code.L018, step.span(), "a network starts with its input, not with `" + word + "`",
          "add `input 1x28x28` before it");
    }
    return !lost;
  }

  private void add(Optional<String> label, String kind, Computation computation, List<Integer> inputs, Step.Apply step) {
    String name = label.map(names::full).orElseGet(() -> names.numbered(kind));
    lost |= !net.add(new CheckedNet.Layer(name, call(step), computation, inputs, name, names.source(), step.span()), problems);
  }

  private String call(Step.Apply step) {
    return names.source().text(step.span()).replaceAll("\\s+", " ").replaceAll("\\{.*", "{ … }");
  }

  /** {@code add}, {@code mul} and {@code concat}: of paths that all begin here, or of this value and labelled ones. */
  private void join(Step.Apply step, String word, Optional<String> label) {
    if (!started(step, word)) {
      return;
    }
    int from = net.current();
    List<Integer> ends = new ArrayList<>();
    if (step.body().isEmpty()) {
      ends.add(from);
    }
    for (var argument : step.arguments()) {
      if (argument.value() instanceof Expression.Labelled(Span _, Name read)) {
        read(read).ifPresent(ends::add);
      } else {
        fail(Code.L039, argument.span(), "`" + word + "` takes labels: " + word + "(@name)", "");
      }
    }
    for (Step s : step.body().orElse(List.of())) {
      net.goTo(from);
      if (s instanceof Step.Path(Span _, List<Step> path)) {
        steps(path);
        ends.add(net.current());
      } else if (!(s instanceof Step.Broken)) {
        fail(Code.L038, s.span(), "`" + word + " { … }` holds paths", "write path { … } around this");
      }
    }
    if (!lost && ends.size() < 2) {
      fail(Code.L039, step.span(), "`" + word + "` needs two values or more", "write " + word + "(@label), or two paths");
    }
    if (!lost) {
      try {
        Joins joins = new Joins(word, ends, net::shape);
        add(label, word, joins.operation(), ends, step);
      } catch (ShapeException e) {
        misfit(step, e);
      }
    }
  }

  /** Unfolds a block: its steps, with names of their own. */
  private void use(Step.Apply step, Statement.Block block, Scope.Bound bound, Optional<String> label) {
    String name = label.map(names::full).orElseGet(() -> names.numbered(block.name().text()));
    if (open.contains(block)) {
      fail(Code.L027, step.span(), "the block `" + block.name().text() + "` contains itself", "");
      return;
    }
    if (open.size() == DEEPEST) {
      fail(Code.L005, step.span(), "more than " + DEEPEST + " blocks inside each other", "");
      return;
    }
    Optional<Map<String, Constant>> arguments = new UserCalls(formulas(), problems).bind(block.name(), block.parameters(), step.arguments(), step.span());
    lost |= arguments.isEmpty();
    if (!started(step, block.name().text())) {
      return;
    }
    Names outside = names;
    Problems before = problems;
    Scope around = scope;
    String file = bound.source() == outside.source() ? "" : outside.source().name() + " ";
    names = new Names(bound.source(), name + ".");
    problems = before.inside(
        bound.source(),
        () -> " (in " + brief(name) + ", " + file + "line " + outside.source().position(step.span().start()).line() + ")");
    scope = home(bound);
    names.locals().putAll(arguments.get());
    for (Parameter p : block.parameters()) {
      if (!names.locals().containsKey(p.name().text())) {
        bind(p.name(), p.fallback().orElseThrow());
      }
    }
    open.push(block);
    steps(block.steps());
    open.pop();
    if (!lost) {
      unread();
    }
    names = outside;
    problems = before;
    scope = around;
  }

  /** The end of a long name says most. */
  private static String brief(String name) {
    return name.length() <= LONGEST_NAME ? name : "…" + name.substring(name.length() - LONGEST_NAME);
  }

  private void unknown(Step.Apply step, String word) {
    Span span = step.callee().span();
    if (LATER.contains(word)) {
      problems.unsupported(span, "`" + word + "`");
      return;
    }
    Optional<Scope.Bound> bound = scope.find(word);
    if (bound.isPresent()) {
      if (!(bound.get().definition() instanceof Definition.Faulty)) {
        problems.report(Code.L021, span, "`" + word + "` is " + bound.get().definition().what() + ", but a layer is needed here", "");
      }
      return;
    }
    List<String> known = new ArrayList<>(Layers.all().stream().map(Layer::name).toList());
    known.addAll(Joins.NAMES);
    known.addAll(scope.names());
    problems.report(Code.L006, span, "unknown layer `" + word + "`", Suggestions.remedy(word, known));
  }

  private void expect(Step.Expect step) {
    if (lost || net.input() == null) {
      return;
    }
    Shape shape = net.shape();
    Map<String, Constant> known = new HashMap<>(names.locals());
    known.put("params", new Constant.Num(net.parameters()));
    known.put("shape", shape.isFlat() ? new Constant.Num(shape.size()) : new Constant.Dims(shape.dims()));
    Formulas formulas = new Formulas(scope, known, problems);
    Optional<Constant> value = formulas.constant(step.condition());
    if (value.isPresent() && !(value.get() instanceof Constant.Flag)) {
      problems.report(Code.L036, step.condition().span(), "`expect` needs a comparison, not " + value.get(), "");
    } else if (value.isPresent() && value.get().equals(new Constant.Flag(false))) {
      String sides = "";
      if (step.condition() instanceof Expression.Binary(Span _, var _, Expression left, Expression right)) {
        sides = ": " + formulas.constant(left).orElseThrow() + " on the left, " + formulas.constant(right).orElseThrow() + " on the right";
      }
      problems.report(Code.L024, step.condition().span(), "this does not hold" + sides, "");
    }
  }
}
