package dev.lanewise.runtime.walk;

import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.Differentiation.Everywhere;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.walk.Quantity.Read;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A network and its loss on one example, number by number: what each is, what it was made of, how the loss changes with it, and by which way. By the formulas of
 * the operations, in double, without kernels, fusion or batches. Recurrences are written out.
 *
 * <pre>{@code
 * Walk walk = Walk.of(network, new CrossEntropy(10), parameters, inputs, label);
 * walk.account(walk.node("fc1").output(), 3);     // 0.31 + 0.12 * 0.8 - ...
 * walk.chain(walk.node("conv1").output(), 17);    // by which numbers the loss depends on this one
 * }</pre>
 */
public final class Walk {
  /** Nodes that a recurrence may become. */
  private static final int MOST_COPIES = 4_000;

  private final Graph graph;
  private final Value loss;
  private final Map<Value, double[]> values = new HashMap<>();
  private final Map<Value, double[]> gradients = new HashMap<>();
  private final Map<Value, Node> makers = new HashMap<>();
  private final Map<Value, List<Node>> readers = new HashMap<>();

  /** Where a number is. @param element counted from 0, the last axis first */
  public record Spot(Value value, int element) {}

  /**
   * A way by which the loss depends on a number: through one that is made of it.
   *
   * @param made that number
   * @param gradient of the loss with respect to it
   * @param slope by how much it changes with the number in question
   */
  public record Link(Spot made, double gradient, Account slope) {
    public double value() {
      return gradient * slope.value();
    }
  }

  /** All ways: their sum is the gradient. @param isWhole whether they were told one by one; else there are too many */
  public record Chain(double value, List<Link> links, boolean isWhole) {
    public Chain {
      links = List.copyOf(links);
    }
  }

  private Walk(Graph graph, Value loss) {
    this.graph = graph;
    this.loss = loss;
  }

  private Walk run(Graph all, Function<Parameter, double[]> parameters, Map<Value, double[]> inputs, Map<Value, Value> dOf) {
    Interpreter interpreter = new Interpreter(all);
    all.parameters().forEach(p -> interpreter.set(p.value(), parameters.apply(p)));
    Map<Value, double[]> given = new HashMap<>(inputs);
    all.inputs().stream().filter(v -> !given.containsKey(v)).forEach(v -> given.put(v, new double[v.shape().size()]));
    Map<Value, double[]> made = interpreter.run(given, Interpreter::drawsOfFirst);
    Function<Value, double[]> found = v -> v.isShared() || v.isGathered() ? interpreter.get(v) : made.get(v);
    graph.inputs().forEach(v -> values.put(v, found.apply(v)));
    graph.parameters().forEach(p -> values.put(p.value(), found.apply(p.value())));
    for (Node node : graph.nodes()) {
      node.outputs().forEach(v -> {
        values.put(v, found.apply(v));
        makers.put(v, node);
      });
      node.inputs().stream().distinct().forEach(v -> readers.computeIfAbsent(v, _ -> new ArrayList<>()).add(node));
    }
    dOf.forEach((v, gradient) -> gradients.put(v, found.apply(gradient)));
    return this;
  }

  /**
   * Forward alone, without a loss.
   *
   * @param network as it is tested: without dropout, with running means
   * @param parameters the numbers of each
   * @param inputs of the graph, by their names
   */
  public static Walk of(Graph network, Function<Parameter, double[]> parameters, Map<String, double[]> inputs) {
    Graph unrolled = Unrolled.of(network, MOST_COPIES);
    return new Walk(unrolled, null).run(unrolled, parameters, named(unrolled, inputs), Map.of());
  }

  /**
   * @param network as it is tested: without dropout, with running means
   * @param parameters the numbers of each
   * @param inputs of the graph, by their names
   * @param target what is to be learned
   */
  public static Walk of(Graph network, Computation loss, Function<Parameter, double[]> parameters, Map<String, double[]> inputs, double[] target) {
    Everywhere all = Differentiation.everywhere(Unrolled.of(network, MOST_COPIES), loss);
    Map<Value, double[]> given = named(all.graph(), inputs);
    all.forward().target().ifPresent(v -> given.put(v, target));
    given.put(all.dLoss(), new double[] {1});
    return new Walk(all.forward().graph(), all.forward().loss()).run(all.graph(), parameters, given, all.gradients());
  }

  private static Map<Value, double[]> named(Graph graph, Map<String, double[]> inputs) {
    Map<Value, double[]> given = new HashMap<>();
    graph.inputs().stream().filter(v -> inputs.containsKey(v.name())).forEach(v -> given.put(v, inputs.get(v.name())));
    return given;
  }

  /** The network and its loss, recurrences written out. */
  public Graph graph() {
    return graph;
  }

  /** Empty where it is walked without one. */
  public Optional<Value> loss() {
    return Optional.ofNullable(loss);
  }

  public double[] values(Value value) {
    return values.get(value);
  }

  /** How the loss changes with each number; empty where it does not depend on any of them. */
  public Optional<double[]> gradient(Value value) {
    return Optional.ofNullable(gradients.get(value));
  }

  /** What makes a value; empty for inputs and parameters. */
  public Optional<Node> maker(Value value) {
    return Optional.ofNullable(makers.get(value));
  }

  /** What makes the value that is called so; of several steps of one name the last. */
  public Optional<Node> node(String name) {
    return graph.nodes().reversed().stream().filter(n -> n.name().equals(name)).findFirst();
  }

  public double value(Spot spot) {
    return values.get(spot.value())[spot.element()];
  }

  /** How the loss changes with a number; 0 where it does not depend on it. */
  public double gradient(Spot spot) {
    return gradient(spot.value()).map(g -> g[spot.element()]).orElse(0.0);
  }

  /** What reads a value. */
  public List<Node> readers(Value value) {
    return readers.getOrDefault(value, List.of());
  }

  /** What a number was made of; empty for inputs and parameters. */
  public Optional<Account> account(Value value, int element) {
    Node node = makers.get(value);
    return node == null || !node.output().equals(value)
        ? Optional.empty()
        : Optional.of(Accounts.of(node.operation(), all(node.inputs()), all(node.outputs()), element));
  }

  /** Where a number lies that an account reads. */
  public Spot spot(Value made, Read read) {
    return new Spot(makers.get(made).inputs().get(read.input()), read.element());
  }

  /** By which ways the loss depends on a number. */
  public Chain chain(Value value, int element) {
    List<Link> links = new ArrayList<>();
    boolean isWhole = true;
    for (Node reader : readers.getOrDefault(value, List.of())) {
      double[] dOut = gradients.get(reader.output());
      for (int input = 0; input < reader.inputs().size() && dOut != null; input++) {
        if (reader.inputs().get(input).equals(value)) {
          isWhole &= add(links, reader, input, element, dOut);
        }
      }
    }
    return new Chain(gradient(value).map(g -> g[element]).orElse(0.0), links, isWhole);
  }

  private boolean add(List<Link> links, Node reader, int input, int element, double[] dOut) {
    double[][] in = all(reader.inputs()), out = all(reader.outputs());
    Optional<List<Links.Link>> found = Links.of(reader.operation(), in, out, input, element);
    for (Links.Link link : found.orElse(List.of())) {
      links.add(new Link(new Spot(reader.output(), link.element()), dOut[link.element()], link.slope()));
    }
    return found.isPresent();
  }

  private double[][] all(List<Value> some) {
    return some.stream().map(values::get).toArray(double[][]::new);
  }
}
