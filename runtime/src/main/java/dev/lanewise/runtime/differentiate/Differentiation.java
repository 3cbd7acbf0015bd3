package dev.lanewise.runtime.differentiate;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.layer.Triplet;
import dev.lanewise.runtime.operation.ChannelSum;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.SharedSum;
import dev.lanewise.runtime.rewrite.Rewriter;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reverse-mode differentiation (Linnainmaa 1970): the network's nodes are visited from the loss back to the parameters, each emits the
 * operations of its own gradient rule, and what no parameter depends on, such as the gradient of the images, is never emitted. What a rule
 * emitted that nobody reads, as for a parameter that is frozen, is dropped: a sum over the batch that is no gradient of a parameter would
 * have no place.
 */
public final class Differentiation {
  private static final String LABEL = "label";

  private final GraphBuilder builder;
  private final Map<Value, Value> gradients = new HashMap<>();
  private final Set<String> unneeded = new LinkedHashSet<>();

  private Differentiation(GraphBuilder builder) {
    this.builder = builder;
  }

  /** The network followed by its loss, without gradients: what testing runs. A loss that compares examples makes it see several. */
  public static LossGraph withLoss(Graph alone, Computation loss) {
    Graph network = loss instanceof Triplet ? Siamese.of(alone, Triplet.EXAMPLES) : alone;
    GraphBuilder b = new GraphBuilder(network);
    Value label = b.input(LABEL, loss.inputs().get(1).shape());
    List<Value> in = new ArrayList<>(List.of(network.output(), label));
    in.addAll(network.outputs().subList(1, loss.inputs().size() - 1));
    Value value = b.add("loss", loss, in.toArray(Value[]::new));
    Graph graph = b.build(network.output(), value);
    Value own = loss instanceof Objective ? told(graph) : value;
    return new LossGraph(graph, label, null, value, own, List.of(), List.of());
  }

  private static Value told(Graph graph) {
    String name = "loss" + GraphBuilder.OWN;
    return graph.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow().output();
  }

  /** The network, its loss, and the gradient of the weighted sum of losses with respect to every parameter. */
  public static LossGraph of(Graph network, Computation loss) {
    LossGraph forward = withLoss(network, loss);
    GraphBuilder b = new GraphBuilder(forward.graph());
    Value dLoss = b.input("dLoss", Shape.of(1));
    Differentiation d = new Differentiation(b);
    d.gradients.put(forward.loss(), dLoss);
    Set<Value> wanted = wanted(forward.graph());
    for (Node node : forward.graph().nodes().reversed()) {
      d.visit(node, wanted);
    }
    List<Value> outputs = new ArrayList<>(List.of(forward.graph().output(), forward.loss()));
    List<Value> parameterGradients = new ArrayList<>();
    for (Parameter p : forward.graph().trainable()) {
      Value gradient = d.gradients.get(p.value());
      parameterGradients.add(gradient == null ? d.zero(p, dLoss) : gradient);
    }
    outputs.addAll(parameterGradients);
    if (!forward.own().equals(forward.loss())) {
      outputs.add(forward.own());
    }
    return new LossGraph(
        Rewriter.withoutUnread(b.build(outputs.toArray(Value[]::new))), forward.label(), dLoss, forward.loss(), forward.own(),
        parameterGradients, List.copyOf(d.unneeded));
  }

  /** The values that depend on a parameter. */
  private static Set<Value> wanted(Graph graph) {
    Set<Value> wanted = new HashSet<>();
    graph.trainable().forEach(p -> wanted.add(p.value()));
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(wanted::contains)) {
        wanted.addAll(node.outputs());
      }
    }
    return wanted;
  }

  private void visit(Node node, Set<Value> wanted) {
    Value dOut = gradients.get(node.output());
    if (dOut == null || !wanted.contains(node.output())) {
      return;
    }
    boolean[] needed = new boolean[node.inputs().size()];
    for (int i = 0; i < needed.length; i++) {
      Value in = node.inputs().get(i);
      needed[i] = wanted.contains(in);
      if (in.equals(builder.input())) {
        unneeded.add(in.name());
      }
    }
    List<Value> dIn = node.operation().gradient(builder, node.inputs(), node.outputs(), dOut, needed);
    for (int i = 0; i < needed.length; i++) {
      if (needed[i] && dIn.get(i) != null) {
        gradients.merge(node.inputs().get(i), dIn.get(i), this::add);
      }
    }
  }

  /** The gradient of a parameter that the loss does not depend on. */
  private Value zero(Parameter p, Value dLoss) {
    if (p.isTable()) {
      // Not of the whole table: of one row.
      Embed one = new Embed(Shape.of(1), p.shape().dim(0), p.shape().dim(1));
      Value row = zeros(p, Shape.of(1), dLoss);
      return builder.emit("d" + p.name(), new Embed.WeightGradient(one), row, zeros(p, Shape.of(one.size()), dLoss));
    }
    return builder.emit("d" + p.name(), new ChannelSum(p.shape(), p.shape()), zeros(p, p.shape(), dLoss));
  }

  private Value zeros(Parameter p, Shape shape, Value dLoss) {
    List<Pointwise.Argument> arguments = List.of(new Pointwise.Argument("dy", dLoss.shape()));
    return builder.emit("d" + p.name(), new Pointwise("zero", shape, arguments, Term.number(0)), dLoss);
  }

  private Value add(Value a, Value b) {
    if (a.isShared()) {
      return builder.emit(a.name(), new SharedSum(a.shape(), 2), a, b);
    }
    return builder.emit(a.name(), Pointwise.add(a.shape()), a, b);
  }
}
