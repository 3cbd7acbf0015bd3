package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Layers;
import dev.lanewise.runtime.operation.ShapeException;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks one network: binds its layers in order, each to the shape that the one before it gives. */
final class Networks {
  private static final Set<String> LATER =
      Set.of("add", "mul", "concat", "share", "batchnorm", "upsample", "gelu", "leaky_relu", "lstm", "gru", "embedding", "attention");

  private final Source source;
  private final Scope scope;
  private final Problems problems;
  private final Map<String, Constant> locals = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Set<String> labels = new HashSet<>();
  private final List<CheckedNet.Layer> layers = new ArrayList<>();
  private Shape input;
  private Shape shape;
  /** Once a layer has a mistake, the shapes behind it are not known. */
  private boolean lost;

  private Networks(Source source, Scope scope, Problems problems) {
    this.source = source;
    this.scope = scope;
    this.problems = problems;
  }

  static Optional<CheckedNet> check(Source source, Scope scope, Problems problems, Statement.Net net) {
    return new Networks(source, scope, problems).check(net);
  }

  private Optional<CheckedNet> check(Statement.Net net) {
    for (Parameter p : net.parameters()) {
      if (p.fallback().isEmpty()) {
        problems.unsupported(p.name().span(), "a network's parameter without a default");
        lost = true;
      } else {
        bind(p.name().text(), p.name().span(), p.fallback().get());
      }
    }
    net.steps().forEach(s -> step(s, Optional.empty()));
    if (input == null && !lost) {
      problems.report(
          Code.L018, net.name().span(), "the network `" + net.name().text() + "` has no input", "begin it with `input 1x28x28`");
      lost = true;
    }
    return lost ? Optional.empty() : Optional.of(new CheckedNet(net.name().text(), input, layers));
  }

  private void step(Step step, Optional<String> label) {
    switch (step) {
      case Step.Input i -> input(i);
      case Step.Apply a -> apply(a, label);
      case Step.Labelled l -> labelled(l);
      case Step.Expect e -> expect(e);
      case Step.Bind b -> bind(b.name().text(), b.name().span(), b.value());
      case Step.Broken _ -> lost = true;
      case Step.Read r -> later(r.span(), "`@" + r.label().text() + "`");
      case Step.Path p -> later(p.span(), "`path`");
      case Step.Head h -> later(h.span(), "`head`");
      case Step.If i -> later(i.span(), "`if`");
      case Step.Repeat r -> later(r.span(), "`repeat`");
    }
  }

  private void later(Span span, String what) {
    problems.unsupported(span, what);
    lost = true;
  }

  private void labelled(Step.Labelled l) {
    if (!labels.add(l.label().text())) {
      problems.report(Code.L007, l.label().span(), "the label `" + l.label().text() + "` is already taken", "choose another");
      lost = true;
    }
    step(l.step(), Optional.of(l.label().text()));
  }

  private void bind(String name, Span span, Expression value) {
    Optional<Constant> constant = formulas().constant(value);
    if (constant.isEmpty()) {
      lost = true;
    } else if (locals.put(name, constant.get()) != null) {
      problems.report(Code.L007, span, "`" + name + "` is already bound in this network", "choose another name");
      lost = true;
    }
  }

  private Formulas formulas() {
    return new Formulas(scope, locals, problems);
  }

  private void input(Step.Input step) {
    if (input != null || !layers.isEmpty()) {
      problems.report(Code.L018, step.span(), "a network has one input, at its start", "remove this line");
      lost = true;
      return;
    }
    Optional<Constant> value = formulas().constant(step.shape());
    Optional<List<Integer>> dims = value.flatMap(Networks::dims);
    if (value.isPresent() && dims.isEmpty()) {
      problems.report(Code.L011, step.shape().span(), "`input` needs a shape, not " + value.get(), "for example `input 1x28x28`");
    }
    lost |= dims.isEmpty();
    dims.ifPresent(d -> input(step.shape().span(), d));
  }

  private void input(Span span, List<Integer> dims) {
    // The limit of the runtime's layers: sixteen lanes of one tensor must be addressable.
    if (dims.stream().mapToDouble(d -> d).reduce(1, (a, b) -> a * b) > Integer.MAX_VALUE / 32) {
      problems.report(Code.L017, span, "an input of this shape has too many values", "");
      lost = true;
    } else if (dims.isEmpty() || dims.contains(0)) {
      problems.report(Code.L015, span, "every dimension must be at least 1", "");
      lost = true;
    } else {
      input = new Shape(dims);
      shape = input;
    }
  }

  private static Optional<List<Integer>> dims(Constant value) {
    return switch (value) {
      case Constant.Dims(List<Integer> dims) -> Optional.of(dims);
      case Constant.Num n -> Calls.whole(n).map(List::of);
      case Constant.Items(List<Constant> items) -> {
        List<Integer> dims = new ArrayList<>();
        items.forEach(i -> Calls.whole(i).ifPresent(dims::add));
        yield dims.size() == items.size() ? Optional.of(dims) : Optional.empty();
      }
      case Constant.Text _, Constant.Flag _ -> Optional.empty();
    };
  }

  private void apply(Step.Apply step, Optional<String> label) {
    String word = source.text(step.callee().span());
    Optional<Layer> layer = Layers.named(word);
    if (layer.isEmpty() || step.body().isPresent()) {
      unknown(step, word);
      lost = true;
      return;
    }
    Optional<Arguments> arguments =
        new Calls(formulas(), problems).bind(layer.get().signature(), step.span(), step.arguments());
    if (shape == null && !lost) {
      problems.report(Code.L018, step.span(), "a network starts with its input, not with `" + word + "`", "add `input 1x28x28` before it");
      lost = true;
    }
    lost |= arguments.isEmpty();
    if (!lost) {
      bind(step, layer.get(), arguments.get(), label);
    }
  }

  private void bind(Step.Apply step, Layer layer, Arguments arguments, Optional<String> label) {
    try {
      String name = label.orElseGet(() -> numbered(layer.name()));
      CheckedNet.Layer bound =
          new CheckedNet.Layer(
              name, source.text(step.span()).replaceAll("\\s+", " "), layer.binder().bind(arguments, shape), step.span());
      layers.add(bound);
      shape = bound.output();
      if (layers.stream().mapToLong(CheckedNet.Layer::parameters).sum() > Integer.MAX_VALUE / 32) {
        problems.report(Code.L017, step.span(), "the network has more parameters than can be trained", "make it smaller");
        lost = true;
      }
    } catch (ShapeException e) {
      problems.report(step.span(), e);
      lost = true;
    }
  }

  /** {@code conv1}, or the next number if a label has taken that name. */
  private String numbered(String kind) {
    String name = kind + counts.merge(kind, 1, Integer::sum);
    while (!labels.add(name)) {
      name = kind + counts.merge(kind, 1, Integer::sum);
    }
    return name;
  }

  private void unknown(Step.Apply step, String word) {
    Span span = step.callee().span();
    if (LATER.contains(word) || step.body().isPresent()) {
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
    List<String> known = Layers.all().stream().map(Layer::name).toList();
    problems.report(Code.L006, span, "unknown layer `" + word + "`", Suggestions.remedy(word, known));
  }

  private void expect(Step.Expect step) {
    if (lost || shape == null) {
      return;
    }
    Map<String, Constant> known = new HashMap<>(locals);
    known.put("params", new Constant.Num(layers.stream().mapToLong(CheckedNet.Layer::parameters).sum()));
    known.put("shape", shape.isFlat() ? new Constant.Num(shape.size()) : new Constant.Dims(shape.dims()));
    Formulas formulas = new Formulas(scope, known, problems);
    Optional<Constant> value = formulas.constant(step.condition());
    if (value.isPresent() && !(value.get() instanceof Constant.Flag)) {
      problems.report(Code.L011, step.condition().span(), "`expect` needs a comparison, not " + value.get(), "");
    } else if (value.isPresent() && value.get().equals(new Constant.Flag(false))) {
      String sides = "";
      if (step.condition() instanceof Expression.Binary(Span _, var _, Expression left, Expression right)) {
        sides = ": " + formulas.constant(left).orElseThrow() + " on the left, " + formulas.constant(right).orElseThrow() + " on the right";
      }
      problems.report(Code.L024, step.condition().span(), "this does not hold" + sides, "");
    }
  }
}
