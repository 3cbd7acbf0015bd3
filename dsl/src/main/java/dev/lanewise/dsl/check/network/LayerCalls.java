package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Foreign;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.check.expression.Functions;
import dev.lanewise.dsl.check.expression.UserCalls;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.layer.EachPlace;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.Initialized;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Steps that add one layer: of the runtime, a {@code def}, a {@code layer}, or a labelled one once more. */
record LayerCalls(Building at) {
  void layer(Step.Apply step, String word, Optional<String> label) {
    Optional<Layer> layer = Layers.named(word);
    if (layer.isEmpty()) {
      unknown(step, word);
      at.lost = true;
      return;
    }
    if (slope(step, word) || new Inwards(at).told(step, layer.get().signature()) || new Foreign(at.problems).toldOfArguments(Room.LAYER, step.span(), layer.get().signature(), step.arguments())) {
      at.lost = true;
      return;
    }
    Others others = new Others(at, layer.get().signature());
    var arguments = new Calls(at.formulas(), at.problems, new Sizes(at, step, word)).bind(layer.get().signature(), step.span(), others.without(step.arguments()));
    at.lost |= arguments.isEmpty();
    if (at.started(step, word)) {
      Optional<Arguments> all = others.with(arguments.get(), step);
      try {
        if (all.isPresent()) {
          Computation computation = layer.get().bind(all.get(), at.net.shape(), at.net.bound());
          at.add(label, layer.get().name(), computation, others.inputs(), step);
        }
      } catch (ShapeException e) {
        Remedy nearest = all.map(a -> new Nearest(at, layer.get(), step, a).of(e)).orElse(Remedy.NONE);
        at.misfit(step, e, nearest.isEmpty() ? new Misfits(at).of(step, e) : e.remedy().isEmpty() ? nearest : nearest.saying(e.remedy() + ": " + nearest.text()));
      }
    }
  }

  /** {@code relu(0.1)}: with a slope below 0 it has a name of its own. */
  private boolean slope(Step.Apply step, String word) {
    boolean slope = word.equals("relu") && step.arguments().size() == 1 && step.arguments().getFirst().value() instanceof Expression.Number(Span _, double n) && n > 0 && n < 1;
    if (slope) {
      at.problems.report(Code.L019, step.arguments().getFirst().span(), "`relu` is 0 below 0, and has no slope there", Remedy.mean(step.callee().span(), "leaky_relu"));
    }
    return slope;
  }

  private void unknown(Step.Apply step, String word) {
    Span span = step.callee().span();
    Optional<Scope.Bound> bound = at.scope.find(word);
    if (bound.isPresent()) {
      if (!(bound.get().definition() instanceof Definition.Faulty)) {
        at.problems.report(Code.L021, span, "`" + word + "` is " + bound.get().definition().what() + ", but a layer is needed here", "");
      }
      return;
    }
    if (new Foreign(at.problems).told(Room.LAYER, step.span())) {
      return;
    }
    List<String> known = new ArrayList<>(Layers.all().stream().map(Layer::name).toList());
    known.addAll(Joins.NAMES);
    known.add(Everywhere.NAME);
    known.addAll(at.scope.names());
    at.problems.report(Code.L006, span, "unknown layer `" + word + "`", Suggestions.remedy(span, word, known));
  }

  /** A function of the user's. Its first parameter is the value that comes; labels give further ones, {@code gap(@other)}. */
  void function(Step.Apply step, Statement.Function f, Scope.Bound bound, Optional<String> label) {
    List<Parameter> others = f.parameters().stream().skip(1).toList();
    UserCalls calls = new UserCalls(at.formulas(), at.problems);
    Map<String, Argument> placed = calls.placed(f.name(), others, step.arguments(), step.span()).orElse(null);
    at.lost |= placed == null;
    if (!at.started(step, f.name().text())) {
      return;
    }
    Map<String, Shape> read = new LinkedHashMap<>();
    List<Integer> inputs = new ArrayList<>(List.of(at.net.current()));
    for (String name : List.copyOf(placed.keySet())) {
      if (placed.get(name).value() instanceof Expression.Labelled(Span _, Name of)) {
        placed.remove(name);
        at.read(of).ifPresent(value -> {
          inputs.add(value);
          read.put(name, at.net.shape(value));
        });
      }
    }
    Optional<Map<String, Constant>> given = calls.constants(placed);
    at.lost |= given.isEmpty();
    if (!at.lost && inputs.stream().allMatch(v -> at.getsNumbers(step, f.name().text(), v))) {
      Problems inside = at.inside(bound.source(), f.name());
      Optional<Computation> layer = new Functions(at.home(bound), inside).layer(f, given.get(), step.span(), at.net.shape(), read);
      at.lost |= layer.isEmpty();
      layer.ifPresent(l -> at.add(label, f.name().text(), l, inputs, step));
    }
  }

  /** A layer that is written in the language, with weights of its own. */
  void defined(
      Step.Apply step, Statement.LayerDefinition l, Scope.Bound bound, Optional<String> label) {
    new DefinedLayers(at).add(step, l, bound, label);
  }

  /** {@code share(@conv1)}: the layer with that label once more, with the same parameters. */
  void share(Step.Apply step, Optional<String> label) {
    if (!at.started(step, "share")) {
      return;
    }
    if (step.arguments().size() != 1 || !(step.arguments().getFirst().value() instanceof Expression.Labelled(Span _, Name of))) {
      at.fail(Code.L061, step.span(), "`share` needs the label of a layer", "write share(@conv1)");
      return;
    }
    Optional<Integer> value = at.read(of);
    if (value.isEmpty()) {
      return;
    }
    // A further input, or where branches meet, takes no single value.
    Optional<CheckedNet.Layer> shared = value.filter(v -> v > 0).map(at.net::layer)
        .filter(l -> at.names.layer(of.text()).equals(Optional.of(l.name())))
        .filter(_ -> at.net.done(value.get()) != null && at.net.done(value.get()).inputs().size() == at.net.done(value.get()).parameters().size() + 1);
    if (shared.isEmpty()) {
      at.fail(Code.L061, step.span(), "`@" + of.text() + "` is no single layer: only a layer can be shared", "put the label before the layer itself");
      return;
    }
    Computation again = EachPlace.plain(at.net.done(value.get()));
    Shape wanted = again.inputs().getFirst().shape();
    int bound = at.net.bound(shared.get().inputs().getFirst());
    if (bound > 0 && at.net.bound() == 0 && Initialized.plain(again) instanceof Embed table) {
      tied(step, label, shared.get(), table);
      return;
    }
    if (!wanted.equals(at.net.shape()) || bound != at.net.bound()) {
      at.fail(
          Code.L061, step.span(), "`" + of.text() + "` takes " + new Field("", wanted, bound).kind() + ", but here it would get " + new Field("", at.net.shape(), at.net.bound()).kind(), "");
      return;
    }
    again(step, label, shared.get(), again);
  }

  private void again(Step.Apply step, Optional<String> label, CheckedNet.Layer shared, Computation computation) {
    String name = label.map(at.names::full).orElseGet(() -> at.names.numbered("share"));
    at.grow(name, computation, List.of(at.net.current()), shared.shared(), step);
  }

  /** {@code share(@embedding)} of numbers: how much a row goes with each row of the table, which has no second one for that. Of a sequence at every place. */
  private void tied(Step.Apply step, Optional<String> label, CheckedNet.Layer shared, Embed table) {
    Shape in = at.net.shape();
    if (in.channels() != table.size() || in.isImage()) {
      at.fail(
          Code.L061, step.span(), "`" + shared.name() + "` has rows of " + table.size() + " numbers, but here it would get " + in,
          in.channels() == table.size() ? "bring it to channels x length with reshape" : "bring it to " + table.size() + " channels");
      return;
    }
    Dense scores = new Dense(table.size(), table.rows(), false);
    again(step, label, shared, in.isSequence() ? EachPlace.of(scores, in.dim(1)).of() : scores);
  }
}
