package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.rewrite.Across;
import dev.lanewise.runtime.rewrite.Channels;
import dev.lanewise.runtime.rewrite.Endings;
import dev.lanewise.runtime.rewrite.Fusion;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.rewrite.Masks;
import dev.lanewise.runtime.rewrite.PointwiseFusion;
import dev.lanewise.runtime.rewrite.PooledGradients;
import dev.lanewise.runtime.rewrite.PoolingFirst;
import dev.lanewise.runtime.rewrite.Tables;
import dev.lanewise.runtime.rewrite.Turns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Takes a network through the passes of the compiler, in their order, and keeps what each made of it. */
final class Passes {
  private final Preparation preparation;
  private final List<Pass> done = new ArrayList<>();
  private boolean across;
  private boolean channels;

  Passes(Preparation preparation) {
    this.preparation = preparation;
  }

  /** One pass: its name, what it does, and the graph after it. */
  record Pass(String name, String purpose, Graph graph) {}

  List<Pass> done() {
    return List.copyOf(done);
  }

  /** Whether lanes are places of one example. */
  boolean areAcross() {
    return across;
  }

  /** Whether lanes are channels of one example. */
  boolean areChannels() {
    return channels;
  }

  /** From a network to its loss and gradients. */
  LossGraph training(Graph network, Computation loss) {
    return training(network, loss, false);
  }

  /** The same. @param mayGoAcross whether lanes may be places of one example */
  LossGraph training(Graph network, Computation loss, boolean mayGoAcross) {
    record("network", "as it was defined", network);
    Graph ordered = apply("pooling first", "max pooling, then dropout of channels, relu, dropout", PoolingFirst::of, network);
    ordered = apply("turns", "sequences are not turned round for nothing", Turns::of, ordered);
    Optional<Graph> turned = mayGoAcross && loss instanceof CrossEntropy ? Across.of(ordered) : Optional.empty();
    across = turned.isPresent();
    if (across) {
      ordered = apply("across", "lanes are neighbouring places of one example", _ -> turned.get(), ordered);
    }
    ordered = tables(ordered);
    LossGraph training = Differentiation.of(ordered, across ? Across.of((CrossEntropy) loss) : loss);
    String unneeded = training.unneeded().isEmpty() ? "" : "; nobody needs that of " + String.join(", ", training.unneeded());
    record("differentiation", "the loss, and the gradient of every parameter" + unneeded, training.graph());
    return training;
  }

  /** From a network to its loss alone. */
  LossGraph testing(Graph network, Computation loss) {
    Computation told = Objective.tested(loss);
    LossGraph testing = Differentiation.withLoss(inference(network, told, Inference::of), told);
    record("loss", "the loss follows the network", testing.graph());
    return testing;
  }

  /** From a network, as it is tested, to its loss and the gradient of its input. */
  LossGraph ofInput(Graph network, Computation loss) {
    Computation told = Objective.tested(loss);
    LossGraph ofInput = Differentiation.ofInput(inference(network, told, Inference::differentiable), told);
    record("differentiation", "the loss, and the gradient of " + network.input().name(), ofInput.graph());
    return ofInput;
  }

  private Graph inference(Graph network, Computation told, UnaryOperator<Graph> without) {
    record("network", "as it was defined", network);
    // Its own output alone is looked at, unless the loss reads others.
    Graph inference = apply("inference", "what only training does is left out", g -> without.apply(told instanceof Objective ? g : g.withoutHeads()), network);
    inference = apply("turns", "sequences are not turned round for nothing", Turns::of, inference);
    return tables(inference);
  }

  private Graph tables(Graph graph) {
    return apply("tables", "an embedding and the dense layer behind it are computed once for each row, and looked up", Tables::of, graph);
  }

  /** From operations to those that the vector kernels have. @param examples of a batch, where lanes may be channels; 0 where they may not */
  Graph fused(Graph graph, int examples) {
    Graph now = apply("masks", "dropout becomes a product with random factors", Masks::of, graph);
    Optional<Graph> turned = examples > 0 ? Channels.of(now, examples) : Optional.empty();
    channels = turned.isPresent();
    if (channels) {
      now = apply("channels", "lanes are neighbouring channels of one example", _ -> turned.get(), now);
    }
    now = apply("fusion", "a convolution's kernel applies pooling, dropout of channels and activation", Fusion::of, now);
    now = apply("pointwise fusion", "formulas that follow each other become one loop", PointwiseFusion::of, now);
    if (channels) {
      return apply("endings", "a convolution's kernel applies the formula that follows", Endings::of, now);
    }
    return apply(
        "pooled gradients", "gradients before max pooling come from the winners alone", PooledGradients::of, now);
  }

  private Graph apply(String name, String purpose, UnaryOperator<Graph> pass, Graph graph) {
    Graph now = pass.apply(graph);
    record(name, purpose, now);
    return now;
  }

  private void record(String name, String purpose, Graph graph) {
    done.add(new Pass(name, purpose, graph));
    preparation.at(0, graph.nodes().size());
  }
}
