package dev.lanewise.runtime.graph;

import dev.lanewise.runtime.layer.Units;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Decorator;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.Emitter;
import dev.lanewise.runtime.operation.Given;
import dev.lanewise.runtime.operation.Objective.Read;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.Set;

/**
 * Builds a graph node by node.
 *
 * <pre>{@code
 * GraphBuilder b = new GraphBuilder(Shape.of(2));
 * Value y = b.add("dense1", new Dense(2, 1, true), b.input());
 * Graph xor = b.build(y);     // parameters dense1.weight [1, 2], dense1.bias [1]
 * }</pre>
 */
public final class GraphBuilder implements Emitter {
  /** The input that {@link #weight} adds. */
  public static final String WEIGHT = "1/n";

  /** The name of a network's input that has none of its own: no label is called so. */
  public static final String INPUT = "input";

  /** What follows the name of an objective in that of the loss which is told. */
  public static final String OWN = ".main";

  /** What follows the name of an objective in those of the others. */
  public static final String HEAD = ".head";

  private final List<Value> inputs = new ArrayList<>();
  private final List<Parameter> parameters = new ArrayList<>();
  /** Those of this builder's own layers. */
  private final Set<Parameter> added = new HashSet<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Value> named = new HashMap<>();
  private int nextId;

  public GraphBuilder(Shape input) {
    this(INPUT, input);
  }

  /** @param name of the part of examples that it takes, or {@link #INPUT} for the main one */
  public GraphBuilder(String name, Shape input) {
    input(name, input);
  }

  /** Goes on where a graph ends: its values keep their meaning. */
  public GraphBuilder(Graph graph) {
    this(graph.inputs(), graph.parameters());
    nodes.addAll(graph.nodes());
    nodes.forEach(n -> n.outputs().forEach(v -> nextId = Math.max(nextId, v.id() + 1)));
  }

  /** Begins anew with the inputs and parameters of another graph: what a pass does that rewrites nodes. */
  public GraphBuilder(List<Value> inputs, List<Parameter> parameters) {
    this.inputs.addAll(inputs);
    this.parameters.addAll(parameters);
    inputs.forEach(v -> nextId = Math.max(nextId, v.id() + 1));
    parameters.forEach(p -> nextId = Math.max(nextId, p.value().id() + 1));
    parameters.forEach(p -> named.put(p.name(), p.value()));
  }

  /** The network's input. */
  public Value input() {
    return inputs.getFirst();
  }

  /** One more value that is given for each example. */
  public Value input(String name, Shape shape) {
    Value value = value(name, Type.example(shape));
    inputs.add(value);
    return value;
  }

  /**
   * Adds a layer: its parameters are created and named after it.
   *
   * @return the main output
   * @throws ShapeException if an input's shape is not what the operation was made for
   */
  public Value add(String name, Computation computation, Value... in) {
    List<Value> all = new ArrayList<>(List.of(in));
    for (int i = 0; i < in.length; i++) {
      Type expected = computation.inputs().get(i);
      if (!in[i].type().equals(expected)) {
        throw new ShapeException(
            Problem.WRONG_OUTPUT, name + " was made for " + expected + ", but gets " + in[i].type(), "");
      }
    }
    for (ParameterSpec spec : computation.parameters()) {
      Parameter parameter =
          new Parameter(
              name + "." + spec.name(), value(name + "." + spec.name(), Type.shared(spec.shape())), spec, false, false);
      parameters.add(parameter);
      added.add(parameter);
      named.put(parameter.name(), parameter.value());
      all.add(parameter.value());
    }
    return apply(name, computation, all);
  }

  /**
   * Adds a layer that uses the parameters of another.
   *
   * @param of the other layer's name
   */
  public Value share(String name, String of, Computation computation, Value... in) {
    List<Value> all = new ArrayList<>(List.of(in));
    for (ParameterSpec spec : computation.parameters()) {
      all.add(Objects.requireNonNull(named.get(of + "." + spec.name()), of));
    }
    return apply(name, computation, all);
  }

  /**
   * Adds what another network computes, with values of its parameters that are not trained here.
   *
   * @param name what its layers and parameters are named after
   * @param values of its parameters
   * @param in what it reads, in place of its inputs
   * @return its outputs
   */
  public List<Value> include(String name, Graph other, Function<Parameter, float[]> values, List<Value> in) {
    Map<Value, Value> now = new HashMap<>();
    for (int i = 0; i < in.size(); i++) {
      now.put(other.inputs().get(i), in.get(i));
    }
    for (Parameter p : other.parameters()) {
      String own = name + "." + p.name();
      ParameterSpec constant = new ParameterSpec(p.spec().name(), p.shape(), new Initializer.Given(values.apply(p)), false);
      Parameter parameter = new Parameter(own, value(own, p.value().type()), constant, false, p.isTable());
      parameters.add(parameter);
      now.put(p.value(), parameter.value());
    }
    repeat(n -> name + "." + n, other, now);
    return other.outputs().stream().map(now::get).toList();
  }

  /**
   * Adds the nodes of a graph once more.
   *
   * @param names of the nodes, by those that they had
   * @param now what stands in place of its values; those that are not there stay what they are. What its nodes make is added
   */
  public void repeat(UnaryOperator<String> names, Graph of, Map<Value, Value> now) {
    for (Node node : of.nodes()) {
      List<Value> in = node.inputs().stream().map(v -> now.getOrDefault(v, v)).toList();
      List<Value> out = emitAll(names.apply(node.name()), node.operation(), in);
      for (int o = 0; o < out.size(); o++) {
        now.put(node.outputs().get(o), out.get(o));
      }
    }
  }

  private Value apply(String name, Computation computation, List<Value> in) {
    return switch (computation) {
      case Operation operation -> emitAll(name, operation, in).getFirst();
      case Recipe recipe -> recipe.expand(this, name, in, this::weight);
      case Objective objective -> objective(name, objective, in);
      case Decorator decorator -> apply(name, decorator.of(), in);
      case Given given -> input(name, given.shape());
    };
  }

  private Value objective(String name, Objective objective, List<Value> in) {
    Map<Read, Value> given = new HashMap<>();
    List<Read> reads = Objective.reads(objective);
    for (int i = 0; i < reads.size(); i++) {
      given.put(reads.get(i), in.get(i));
    }
    List<Value> trained = new ArrayList<>();
    int heads = 0;
    for (int i = 0; i < objective.losses().size(); i++) {
      Objective.Loss loss = objective.losses().get(i);
      String own = i == objective.told() ? name + OWN : name + HEAD + ++heads;
      Value value = apply(own, loss.of(), loss.reads().stream().map(r -> read(name, r, given)).toList());
      if (loss.isTrained()) {
        trained.add(value);
      }
    }
    return emitAll(name, objective.sum(), trained).getFirst();
  }

  private Value read(String name, Read read, Map<Read, Value> given) {
    if (read instanceof Read.Standard(Read of, String unit) && !given.containsKey(read)) {
      long labels = given.keySet().stream().filter(r -> r instanceof Read.Standard && r.told().isOfExample()).count();
      given.put(read, of.isOfExample()
          ? share(name + ".label" + (labels == 0 ? "" : labels), unit, standard(unit, given.get(of).shape()), given.get(of))
          // What the layer brings into the unit.
          : nodes.stream().filter(n -> n.name().equals(unit)).findFirst().orElseThrow().inputs().getFirst());
    }
    return given.get(read);
  }

  /** What brings labels to the scale in which the network before such a layer has its output. */
  private Recipe standard(String unit, Shape label) {
    return Units.standard(label, constant(unit + ".mean"), constant(unit + ".deviation"));
  }

  private float[] constant(String name) {
    ParameterSpec spec = parameters.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow().spec();
    return ((Initializer.Given) spec.initializer()).values();
  }

  /** What each example counts in the batch: 1/n of n examples, 0 for a lane that only fills the last block. */
  public Value weight() {
    return inputs.stream().filter(v -> v.name().equals(WEIGHT)).findFirst().orElseGet(() -> input(WEIGHT, Shape.of(1)));
  }

  @Override
  public List<Value> emitAll(String name, Operation operation, List<Value> in) {
    List<Type> types = operation.outputs();
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      out.add(value(i == 0 ? name : name + "." + i, types.get(i)));
    }
    nodes.add(new Node(name, operation, in, out));
    return out;
  }

  private Value value(String name, Type type) {
    return new Value(nextId++, name, type);
  }

  public Graph build(Value... outputs) {
    List<Parameter> known = parameters.stream().map(p -> added.contains(p) && isTable(p) ? p.asTable() : p).toList();
    return new Graph(inputs, Graph.ordered(known), nodes, List.of(outputs));
  }

  /** Whether all that reads it looks up rows of it. */
  private boolean isTable(Parameter parameter) {
    List<Node> readers = nodes.stream().filter(n -> n.inputs().contains(parameter.value())).toList();
    return !readers.isEmpty() && readers.stream().allMatch(n -> n.operation() instanceof Embed);
  }
}
