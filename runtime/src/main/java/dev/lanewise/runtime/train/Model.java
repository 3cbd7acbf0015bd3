package dev.lanewise.runtime.train;

import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.tensor.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A network and the current values of its parameters. */
public final class Model {
  private final String name;
  private final Graph graph;
  private final float[] parameters;

  private Model(String name, Graph graph, float[] parameters) {
    this.name = name;
    this.graph = graph;
    this.parameters = parameters;
  }

  /** The same network with other values, which lie as {@link #parameters} do. */
  Model with(float[] values) {
    return new Model(name, graph, values);
  }

  /**
   * A model with its first values. Each parameter has a generator of its own, named after it, so that a layer's first
   * values do not depend on the layers around it.
   */
  public static Model create(String name, Graph graph, long seed) {
    Model model = new Model(name, graph, Memory.allocate(graph.parameterCount()));
    int at = Memory.BASE;
    for (Parameter p : graph.parameters()) {
      RandomGenerator random =
          RandomGeneratorFactory.of("L64X128MixRandom").create(31 * seed + p.name().hashCode());
      p.spec().initializer().fill(random, model.parameters, at, p.shape().size());
      at += p.shape().size();
    }
    return model;
  }

  /** A network by itself, with the same values: what is done to this one does not change it. */
  public Model copy() {
    return with(parameters.clone());
  }

  /** The same values, but training leaves the parameters of these names as they are, and all others not. */
  public Model frozen(Predicate<String> names) {
    return on(graph.frozen(names));
  }

  /** The same values, for a graph with the same parameters, but for constants. */
  public Model on(Graph other) {
    return other.equals(graph) ? this : new Model(name, other, new Model(name, other, null).values("", tensors()));
  }

  public String name() {
    return name;
  }

  /** The network, in training mode. */
  public Graph graph() {
    return graph;
  }

  /** All parameters one after the other, from {@link Memory#BASE} on: the model itself, no copy. */
  public float[] parameters() {
    return parameters;
  }

  /** A copy of the parameters, in PyTorch's layout; without constants, which nobody learns. */
  public List<Tensor> tensors() {
    return tensors("", parameters);
  }

  /** A copy of a parameter's values; that may be a constant. */
  public float[] values(String parameter) {
    int at = Memory.BASE;
    for (Parameter p : graph.parameters()) {
      if (p.name().equals(parameter)) {
        return Arrays.copyOfRange(parameters, at, at + p.shape().size());
      }
      at += p.shape().size();
    }
    throw new IllegalArgumentException(name + " has no parameter " + parameter);
  }

  /** Whether the parameters still have the values of such a copy. */
  public boolean has(List<Tensor> copy) {
    int at = Memory.BASE;
    int next = 0;
    for (Parameter p : graph.parameters()) {
      int size = p.shape().size();
      if (!p.spec().isConstant()) {
        float[] values = next < copy.size() ? copy.get(next++).values() : new float[0];
        if (!Arrays.equals(parameters, at, at + size, values, 0, values.length)) {
          return false;
        }
      }
      at += size;
    }
    return next == copy.size();
  }

  /** A copy of values that lie as the parameters do, named after them. */
  List<Tensor> tensors(String prefix, float[] values) {
    List<Tensor> tensors = new ArrayList<>();
    int at = Memory.BASE;
    for (Parameter p : graph.parameters()) {
      int size = p.shape().size();
      if (p.spec().isConstant()) {
        at += size;
        continue;
      }
      tensors.add(new Tensor(prefix + p.name(), p.shape().dims(), Arrays.copyOfRange(values, at, at + size)));
      at += size;
    }
    return tensors;
  }

  /**
   * Takes over values, by name. Nothing changes if anything is missing or does not fit. Counts that PyTorch keeps are passed over. If the
   * names fit without what all of them begin with, such as {@code module.}, they are taken without it.
   *
   * @return what the names were taken without; mostly nothing
   * @throws UnfitException naming the parameter, if one is missing, unknown or of another shape
   */
  public String assign(List<Tensor> tensors) {
    Set<String> names = graph.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
    Unwrapped found = Unwrapped.of(tensors, there -> there.containsAll(names));
    float[] values = values("", found.tensors());
    for (Tensor t : found.tensors()) {
      boolean known = names.contains(t.name());
      boolean ofTraining = Stream.of("optimizer.", "best.", "saved.", "server.", "client.").anyMatch(t.name()::startsWith);
      if (!known && !ofTraining && !Unwrapped.isCount(t.name())) {
        throw new UnfitException("the file has " + t.name() + ", but " + name + " has no such parameter");
      }
    }
    System.arraycopy(values, 0, parameters, 0, values.length);
    return found.prefix();
  }

  /**
   * What came of taking over values where names meet.
   *
   * @param taken parameters that have other values now
   * @param own parameters that are as they were
   * @param prefix what the names were taken without, see {@link #assign}
   */
  public record Adopted(List<String> taken, List<String> own, String prefix) {}

  /**
   * Takes over the values of the parameters that are in both. Nothing changes if one of them does not fit.
   *
   * @param names which are wanted
   * @throws UnfitException naming a parameter of another shape, or if there are none in both
   */
  public Adopted adopt(List<Tensor> tensors, Predicate<String> names) {
    float[] values = parameters.clone();
    Unwrapped found = Unwrapped.of(tensors, there -> graph.parameters().stream().map(Parameter::name).anyMatch(n -> names.test(n) && there.contains(n)));
    Map<String, Tensor> named = named(found.tensors());
    Adopted adopted = new Adopted(new ArrayList<>(), new ArrayList<>(), found.prefix());
    int at = Memory.BASE;
    for (Parameter p : graph.parameters()) {
      boolean there = names.test(p.name()) && named.containsKey(p.name()) && !p.spec().isConstant();
      if (there) {
        System.arraycopy(fitting(p.name(), p, named).values(), 0, values, at, p.shape().size());
      }
      if (!p.spec().isConstant()) {
        (there ? adopted.taken : adopted.own).add(p.name());
      }
      at += p.shape().size();
    }
    if (adopted.taken.isEmpty()) {
      throw new UnfitException("no parameter of " + name + " has a name that is there too: it has " + String.join(", ", adopted.own));
    }
    System.arraycopy(values, 0, parameters, 0, values.length);
    return adopted;
  }

  /** The values of the tensors that are named after the parameters, laid out as these are. */
  float[] values(String prefix, List<Tensor> tensors) {
    Map<String, Tensor> named = named(tensors);
    float[] values = Memory.allocate(graph.parameterCount());
    int at = Memory.BASE;
    for (Parameter p : graph.parameters()) {
      if (p.spec().initializer() instanceof Initializer.Given(float[] constants) && p.spec().isConstant()) {
        System.arraycopy(constants, 0, values, at, constants.length);
      } else {
        System.arraycopy(fitting(prefix + p.name(), p, named).values(), 0, values, at, p.shape().size());
      }
      at += p.shape().size();
    }
    return values;
  }

  private static Map<String, Tensor> named(List<Tensor> tensors) {
    Map<String, Tensor> named = new HashMap<>();
    tensors.forEach(t -> named.putIfAbsent(t.name(), t));
    return named;
  }

  private static Tensor fitting(String name, Parameter p, Map<String, Tensor> tensors) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      String prefix = Unwrapped.wrapper(tensors.values());
      throw new UnfitException(
          "the file has no " + name + (prefix.isEmpty() ? "" : ", nor has it one without the `" + prefix + "` that all its names begin with"));
    }
    if (!tensor.shape().equals(p.shape().dims())) {
      throw new UnfitException(
          name + " is " + p.shape().dims() + " in the network, but " + tensor.shape() + " in the file");
    }
    return tensor;
  }

  /** Parameters with values that are not finite. */
  public List<NotFiniteParameter> notFinite() {
    return NotFiniteParameter.in(tensors());
  }
}
