package dev.lanewise.runtime.differentiate;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.operation.ChannelSum;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.Objective.Read;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reverse-mode differentiation (Linnainmaa 1970): the network's nodes are visited from the loss back to the parameters, each emits the
 * operations of its own gradient rule, and what no parameter depends on, such as the gradient of the images, is never emitted; {@link #ofInput} emits
 * that one, and none of a parameter. What a rule
 * emitted that nobody reads, as for a parameter that is frozen, is dropped: a sum over the batch that is no gradient of a parameter would
 * have no place.
 */
public final class Differentiation {
  private static final String LABEL = "label";
  private static final String LOSS = "loss";

  private final GraphBuilder builder;
  private final Map<Value, Value> gradients = new HashMap<>();
  private final Set<String> unneeded = new LinkedHashSet<>();

  private Differentiation(GraphBuilder builder) {
    this.builder = builder;
  }

  /** The network followed by its loss, without gradients: what testing runs. A loss that compares examples makes it see several. */
  public static LossGraph withLoss(Graph alone, Computation loss) {
    Graph network = loss instanceof Comparison c ? Siamese.of(alone, c.examples()) : alone;
    GraphBuilder b = new GraphBuilder(network);
    Map<Read, Value> given = new LinkedHashMap<>();
    List<Read> reads = Objective.reads(loss);
    for (int i = 0; i < reads.size(); i++) {
      Shape shape = loss.inputs().get(i).shape();
      given.put(reads.get(i), switch (reads.get(i)) {
        case Read.Output(int number) -> network.outputs().get(number);
        case Read.Target _ -> b.input(LABEL, shape);
        case Read.Standard s -> throw new IllegalStateException("made of " + s.of());
        case Read.Input _ -> network.input();
        case Read.Part(String name) -> network.inputs().stream().filter(v -> v.name().equals(name)).findFirst().orElseGet(() -> b.input(name, shape));
      });
    }
    List<Value> in = new ArrayList<>(given.values());
    if (!(loss instanceof Objective)) {
      in.addAll(network.outputs().subList(1, loss.inputs().size() - 1));
    }
    Value value = b.add(LOSS, loss, in.toArray(Value[]::new));
    Graph graph = b.build(network.output(), value);
    Value own = loss instanceof Objective(var _, int told) && told != Objective.SUM ? named(graph, LOSS + GraphBuilder.OWN) : value;
    List<LossGraph.Judged> judged = loss instanceof Objective o ? judged(o, given, graph) : List.of();
    List<Value> outputs = new ArrayList<>(List.of(network.output(), value));
    told(outputs, value, own, judged);
    return new LossGraph(b.build(outputs.toArray(Value[]::new)), Optional.ofNullable(given.get(Read.TARGET)), null, value, own, Objective.comparesOutput(loss), judged, List.of(),
        Optional.empty(), List.of());
  }

  /** What is told besides follows the other outputs. */
  private static void told(List<Value> outputs, Value loss, Value own, List<LossGraph.Judged> judged) {
    if (!own.equals(loss)) {
      outputs.add(own);
    }
    judged.forEach(j -> outputs.addAll(List.of(j.output(), j.loss())));
  }

  /** The losses that have a name and compare an output with a part of an example. */
  private static List<LossGraph.Judged> judged(Objective objective, Map<Read, Value> given, Graph graph) {
    List<LossGraph.Judged> judged = new ArrayList<>();
    int heads = 0;
    for (int i = 0; i < objective.losses().size(); i++) {
      Objective.Loss loss = objective.losses().get(i);
      String name = i == objective.told() ? LOSS + GraphBuilder.OWN : LOSS + GraphBuilder.HEAD + ++heads;
      if (!loss.name().isEmpty()) {
        Value output = loss.told().stream().filter(Read.Output.class::isInstance).findFirst().map(given::get).orElse(graph.output());
        Value target = loss.told().stream().filter(Read::isOfExample).findFirst().map(given::get).orElse(null);
        judged.add(new LossGraph.Judged(loss.name(), output, target, named(graph, name), objective.countsApart() ? loss.factor() : 0, null));
      }
    }
    return judged;
  }

  private static Value named(Graph graph, String name) {
    return graph.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow().output();
  }

  /** The network, its loss, and the gradient of the weighted sum of losses with respect to every parameter. */
  public static LossGraph of(Graph network, Computation loss) {
    LossGraph forward = withLoss(network, loss);
    Differentiation d = new Differentiation(new GraphBuilder(forward.graph()));
    Value dLoss = d.builder.input("dLoss", Shape.of(1));
    List<LossGraph.Judged> judged = d.back(forward, loss, dLoss, forward.graph().trainable().stream().map(Parameter::value).toList());
    List<Value> parameterGradients = new ArrayList<>();
    for (Parameter p : forward.graph().trainable()) {
      Value gradient = d.gradients.get(p.value());
      parameterGradients.add(gradient == null ? d.zero(p, dLoss) : gradient);
    }
    return d.built(forward, dLoss, judged, parameterGradients, Optional.empty());
  }

  /**
   * The network, its loss, and the gradient of each example's loss with respect to the network's first input, such as an image; parameters have none.
   *
   * @throws IllegalArgumentException if the input has none, as where it is whole numbers
   */
  public static LossGraph ofInput(Graph network, Computation loss) {
    LossGraph forward = withLoss(network, loss);
    Differentiation d = new Differentiation(new GraphBuilder(forward.graph()));
    Value dLoss = d.builder.input("dLoss", Shape.of(1));
    Value x = forward.graph().input();
    List<LossGraph.Judged> judged = d.back(forward, loss, dLoss, List.of(x));
    Value gradient = d.gradients.get(x);
    if (gradient == null) {
      throw new IllegalArgumentException(loss.name() + " does not change with " + x);
    }
    return d.built(forward, dLoss, judged, List.of(), Optional.of(gradient));
  }

  /** From the loss back to some values. @return what is judged, perhaps with means of its own */
  private List<LossGraph.Judged> back(LossGraph forward, Computation loss, Value dLoss, List<Value> to) {
    gradients.put(forward.loss(), dLoss);
    List<LossGraph.Judged> judged = loss instanceof Objective o && o.countsApart() ? apart(o, forward, dLoss) : forward.judged();
    Set<Value> wanted = wanted(forward.graph(), to);
    for (Node node : forward.graph().nodes().reversed()) {
      visit(node, wanted);
    }
    return judged;
  }

  private LossGraph built(
      LossGraph forward, Value dLoss, List<LossGraph.Judged> judged, List<Value> parameterGradients, Optional<Value> dInput) {
    List<Value> outputs = new ArrayList<>(List.of(forward.graph().output(), forward.loss()));
    outputs.addAll(parameterGradients);
    told(outputs, forward.loss(), forward.own(), judged);
    dInput.ifPresent(outputs::add);
    return new LossGraph(
        Rewriter.withoutUnread(builder.build(outputs.toArray(Value[]::new))), forward.target(), dLoss, forward.loss(), forward.own(), forward.comparesOutput(), judged,
        parameterGradients, dInput, List.copyOf(unneeded));
  }

  /**
   * The gradient of a loss with respect to every value of a network that has one, its inputs too: to look at, not to train by.
   *
   * @param forward the network and its loss
   * @param gradients of values; whole numbers and what the loss does not depend on have none
   */
  public record Everywhere(LossGraph forward, Graph graph, Value dLoss, Map<Value, Value> gradients) {
    public Everywhere {
      gradients = Map.copyOf(gradients);
    }
  }

  /** The network, its loss, and the gradient with respect to every value. */
  public static Everywhere everywhere(Graph network, Computation loss) {
    LossGraph forward = withLoss(network, loss);
    GraphBuilder b = new GraphBuilder(forward.graph());
    Value dLoss = b.input("dLoss", Shape.of(1));
    Differentiation d = new Differentiation(b);
    d.gradients.put(forward.loss(), dLoss);
    Set<Value> all = new HashSet<>(forward.graph().inputs());
    forward.graph().parameters().forEach(p -> all.add(p.value()));
    forward.graph().nodes().forEach(n -> all.addAll(n.outputs()));
    forward.graph().nodes().reversed().forEach(n -> d.visit(n, all));
    return new Everywhere(forward, b.build(forward.loss()), dLoss, d.gradients);
  }

  /** Each loss, not their sum, has what its examples count for a gradient: where classes do not count alike, that is an input of its own. */
  private List<LossGraph.Judged> apart(Objective objective, LossGraph forward, Value dLoss) {
    gradients.remove(forward.loss());
    List<LossGraph.Judged> judged = new ArrayList<>();
    for (LossGraph.Judged own : forward.judged()) {
      Objective.Loss loss = objective.losses().stream().filter(l -> l.name().equals(own.name())).findFirst().orElseThrow();
      Value counts = loss.of().weighs() ? builder.input(dLoss.name() + "." + loss.name(), Shape.of(1)) : dLoss;
      judged.add(loss.of().weighs() ? own.counting(counts) : own);
      List<Pointwise.Argument> arguments = List.of(new Pointwise.Argument("dy", Shape.of(1)));
      Value gradient = loss.factor() == 1 ? counts
          : builder.emit("d" + own.loss().name(), new Pointwise("factor", Shape.of(1), arguments, Term.number(loss.factor()).times(Term.variable("dy"))), counts);
      gradients.put(own.loss(), gradient);
    }
    return judged;
  }

  /** The values that depend on one of these. */
  private static Set<Value> wanted(Graph graph, List<Value> these) {
    Set<Value> wanted = new HashSet<>(these);
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
      if (!needed[i] && in.equals(builder.input())) {
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
