package dev.lanewise.runtime.differentiate;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.operation.Objective.Read;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Running;
import dev.lanewise.runtime.rewrite.Rewriter;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The graphs of two networks that are trained against each other (Goodfellow et al. 2014): G makes examples of noise z, D tells them from
 * those of the data. With a loss L of one output and a label, D makes L(D(x), 1) + L(D(G(z)), 0) small, and G makes L(D(G(z)), 1) small. In
 * each of the two graphs, one network is trained and the other is there with constants, as it is in training, but keeps no running means.
 *
 * @param loss L, of one output and a label that is 0 or 1
 */
public record Adversaries(Side generator, Side critic, Computation loss) {
  /** The input that takes the noise; no part of an example is called so. */
  public static final String NOISE = "~noise";

  private static final Shape ONE = Shape.of(1);
  private static final Term X = Term.variable("x");

  /** What either graph is trained by: its output, which is the loss. */
  public static final Objective OUTPUT =
      new Objective(List.of(new Objective.Loss("", 1, Pointwise.of("output", ONE, X), true, List.of(Read.output(0)))), 0);

  /** One of the two. @param values of its parameters */
  public record Side(String name, Graph graph, Function<Parameter, float[]> values) {
    public Side {
      graph = Rewriter.withoutUnread(graph.withoutHeads());
    }

    /** In a graph where the other one is trained: statistics of the batch are taken, but nobody keeps account of them. */
    private Graph still() {
      Rewriter rewriter = new Rewriter(graph);
      for (Node node : graph.nodes()) {
        if (node.operation() instanceof Running) {
          rewriter.rename(node.output(), rewriter.now(node.inputs().getFirst()));
        } else {
          rewriter.copy(node);
        }
      }
      Graph copied = rewriter.build();
      List<Parameter> read = copied.parameters().stream().filter(p -> copied.nodes().stream().anyMatch(n -> n.inputs().contains(p.value()))).toList();
      return new Graph(copied.inputs(), read, copied.nodes(), copied.outputs());
    }
  }

  /** D is trained: its own input comes first. */
  public Graph ofCritic() {
    Graph d = critic.graph;
    GraphBuilder b = new GraphBuilder(d);
    Value real = d.output();
    List<Value> inputs = new ArrayList<>(d.inputs());
    Value z = b.input(NOISE, generator.graph.input().shape());
    Value made = include(b, generator, z, inputs);
    Map<Value, Value> again = new HashMap<>(Map.of(d.input(), made));
    b.repeat(n -> n + ".made", d, again);
    Value ofReal = loss(b, "real", real, 1);
    Value ofMade = loss(b, "made", again.get(real), 0);
    return b.build(b.emit("adversaries", Pointwise.add(ONE), ofReal, ofMade));
  }

  /** G is trained: the noise comes first. */
  public Graph ofGenerator() {
    Graph g = generator.graph;
    List<Value> inputs = new ArrayList<>(g.inputs());
    Value z = new Value(g.input().id(), NOISE, Type.example(g.input().shape()));
    inputs.set(0, z);
    GraphBuilder b = new GraphBuilder(inputs, g.parameters());
    Map<Value, Value> now = new HashMap<>(Map.of(g.input(), z));
    b.repeat(n -> n, g, now);
    return b.build(loss(b, "made", include(b, critic, now.get(g.output()), inputs), 1));
  }

  /** @param first what its first input is; the others are parts of an example, by their names */
  private static Value include(GraphBuilder b, Side other, Value first, List<Value> inputs) {
    List<Value> in = new ArrayList<>(List.of(first));
    for (Value part : other.graph.inputs().stream().skip(1).toList()) {
      Optional<Value> known = inputs.stream().skip(1).filter(v -> v.name().equals(part.name())).findFirst();
      in.add(known.orElseGet(() -> b.input(part.name(), part.shape())));
    }
    return b.include(other.name, other.still(), other.values, in).getFirst();
  }

  /** The label is a number that no parameter has a part in. */
  private Value loss(GraphBuilder b, String name, Value output, int label) {
    List<Pointwise.Argument> any = List.of(new Pointwise.Argument("x", ONE));
    Value constant = b.emit(name + ".label", new Pointwise("label", ONE, any, Term.number(label)), b.weight());
    return b.add(name + ".loss", loss, output, constant);
  }
}
