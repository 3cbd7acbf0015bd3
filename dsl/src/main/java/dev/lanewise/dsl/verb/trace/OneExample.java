package dev.lanewise.dsl.verb.trace;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.lower.InUnit;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.At;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.view.picture.Chosen;
import dev.lanewise.dsl.view.walk.BackwardView;
import dev.lanewise.dsl.view.walk.Looked;
import dev.lanewise.dsl.view.walk.ValueView;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.walk.Walk.Spot;
import java.util.List;
import java.util.Optional;

/**
 * A network, and the example that it is walked through with.
 *
 * @param loss that fits; empty where none does
 * @param at where the example stands
 */
record OneExample(CheckedNet net, Examples example, Optional<Computation> loss, Span at) {
  /** Of the argument {@code example}, with the loss, if there is one. */
  static Optional<OneExample> forward(Given given, CheckedNet net) {
    return given.example("example").map(e -> new OneExample(net, e, given.losses().likely(net, e.data().fields()), given.at("example")));
  }

  /** The same; empty, and reported, if no loss fits. */
  static Optional<OneExample> backward(Given given, CheckedNet net) {
    return given.example("example").flatMap(e -> given.loss(net, e.data()).map(l -> new OneExample(net, e, Optional.of(l), given.at("example"))));
  }

  Chosen chosen(Bench bench) {
    return Chosen.of(example, bench.shown(net, example.data()), at);
  }

  String title(Chosen chosen) {
    return net.name() + " on " + chosen.title();
  }

  /** With the loss, where there is one and it is known what is right. */
  Looked forward(Bench bench, Chosen c) {
    Trained trained = bench.trained(net);
    Optional<Computation> own = loss.map(l -> Looked.trainedBy(trained, l)).filter(l -> Looked.isOfOne(l) && c.part().isAnswered());
    int which = c.which().getFirst();
    return bench.waiting(() -> own.map(l -> Looked.of(trained, c.part(), which, l)).orElseGet(() -> Looked.of(trained, c.part(), which)));
  }

  /** @throws MistakeException if there is no loss of this example alone */
  Looked backward(Bench bench, Chosen c) {
    Trained trained = bench.trained(net);
    Computation own = Looked.trainedBy(trained, loss.orElseThrow());
    if (!Looked.isOfOne(own)) {
      throw new MistakeException(
          Code.L116, at, own.name() + " compares examples with each other: there is no loss of one alone", "trace(" + net.name() + ", …) shows what its layers make of it");
    }
    if (!c.part().isAnswered()) {
      throw new MistakeException(Code.L116, at, "it is not known what is right for this example: there is no loss of it", "take one to train on, such as " + example.data().name() + ".train.item(0)");
    }
    return bench.waiting(() -> Looked.of(trained, c.part(), c.which().getFirst(), own));
  }

  /** What a layer gives. @param named where @throws MistakeException if nothing is left of it */
  Value output(Looked looked, String layer, Span named) {
    return looked.output(layer).orElseThrow(() -> new MistakeException(
        Code.L117, named, "`" + layer + "` does nothing while a network is tested, or nothing reads it: it has no numbers of its own", "look at the layer before it"));
  }

  /** The same number by the kernels, in float. */
  double computed(Bench bench, Chosen c, String layer, int element) {
    Model model = bench.trained(net).model();
    Optional<Value> output = model.graph().nodes().reversed().stream().filter(n -> n.name().equals(layer)).map(Node::output).findFirst();
    if (output.isEmpty()) {
      return Double.NaN;
    }
    Model alone = model.on(new GraphBuilder(model.graph()).build(output.get()));
    DataSplit one = c.split().training(c.part(), new int[] {c.which().getFirst()});
    return bench.engine().outputs(alone, one.train(), 0)[0][element];
  }

  MistakeException independent(String name, Span named) {
    return new MistakeException(Code.L117, named, "the loss does not depend on " + name + ": there is no gradient", "backward(" + net.name() + ", …) shows which there are");
  }

  /** The gradients of a value: all as numbers or pictures, or one by the chain rule. */
  Result gradient(Bench bench, String title, Looked looked, Value value, At where, Span named) {
    double[] gradient = looked.walk().gradient(value).orElseThrow(() -> independent(value.name(), named));
    if (!where.isGiven()) {
      return new Result.Shown(ValueView.of(title, value.shape(), gradient));
    }
    Spot spot = new Spot(value, where.element(value.shape()));
    return new Result.Shown(bench.waiting(() -> BackwardView.of(title, looked, spot)));
  }

  /** That a network has not been trained. */
  List<String> notes(Bench bench) {
    Trained trained = bench.trained(net);
    return trained.isNew() ? List.of(net.name() + " is not trained yet: its parameters are the random numbers that it began with") : List.of();
  }
}
