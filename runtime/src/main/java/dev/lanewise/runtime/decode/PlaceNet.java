package dev.lanewise.runtime.decode;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A network that is asked for one place of a text after the other: what it has made of earlier places is kept, keys and values of attention and the states of recurrences, so that a place costs
 * what a place costs. It can be done where no place depends on a later one, and each on itself and what is kept alone; {@link #of} says whether it can. What it makes of another text, which is
 * there as a whole, is made once, by {@link #before}, and handed to {@link #give}.
 */
final class PlaceNet {
  private final Graph graph;
  private final PlaceValues values;
  private final float[] token;
  private final float[] output;
  private final List<Runnable> steps;
  private final int[] place;
  private int[] seen = {};

  private PlaceNet(Graph graph, PlaceValues values, float[] token, float[] output, List<Runnable> steps, int[] place) {
    this.graph = graph;
    this.values = values;
    this.token = token;
    this.output = output;
    this.steps = steps;
    this.place = place;
  }

  /** The same of a network that takes nothing else. */
  static Optional<PlaceNet> of(Graph network, float[] parameters) {
    return network.inputs().size() > 1 ? Optional.empty() : of(network, parameters, network.input());
  }

  /**
   * Makes a network ready.
   *
   * @param network that takes tokens
   * @param parameters as it lays them out
   * @param written which of its inputs is the text that is asked about
   * @return nothing if some layer looks at what comes later, or at several places
   */
  static Optional<PlaceNet> of(Graph network, float[] parameters, Value written) {
    if (!written.shape().isFlat()) {
      return Optional.empty();
    }
    Graph graph = Inference.of(network.withoutHeads());
    Set<Value> given = behind(graph, new HashSet<>(graph.inputs().stream().filter(v -> !v.equals(written)).toList()));
    given.removeAll(behind(graph, new HashSet<>(Set.of(written))));
    Set<Value> needed = needed(graph, given);
    int[] place = new int[1];
    PlaceValues values = new PlaceValues(written.shape().size(), place);
    int at = Memory.BASE;
    for (Parameter p : network.parameters()) {
      values.parameter(p.value(), parameters, at);
      at += p.shape().size();
    }
    float[] token = values.each(written, 1);
    PlaceSteps made = new PlaceSteps(values);
    for (Node node : graph.nodes()) {
      if (node.outputs().stream().noneMatch(needed::contains)) {
        continue;
      }
      node.inputs().stream().filter(v -> given.contains(v) && values.given(v) == null).forEach(values::give);
      if (!made.add(node.operation(), node.inputs(), node.outputs())) {
        return Optional.empty();
      }
    }
    float[] output = values.find(graph.output());
    return output == null ? Optional.empty() : Optional.of(new PlaceNet(graph, values, token, output, made.steps(), place));
  }

  /** These values, and all that is made of them. */
  private static Set<Value> behind(Graph graph, Set<Value> of) {
    graph.nodes().stream().filter(n -> n.inputs().stream().anyMatch(of::contains)).forEach(n -> of.addAll(n.outputs()));
    return of;
  }

  /** What the output is made of, as far as it is not given. */
  private static Set<Value> needed(Graph graph, Set<Value> given) {
    Set<Value> needed = new HashSet<>(Set.of(graph.output()));
    for (Node node : graph.nodes().reversed()) {
      if (node.outputs().stream().anyMatch(needed::contains)) {
        node.inputs().stream().filter(v -> !given.contains(v)).forEach(needed::add);
      }
    }
    return needed;
  }

  int places() {
    return values.places();
  }

  /** The network as far as it can be asked before a text is begun: its output is all that is to be given, one value behind the other. Nothing where it takes no other text. */
  Optional<Graph> before() {
    if (values.given().isEmpty()) {
      return Optional.empty();
    }
    GraphBuilder b = new GraphBuilder(graph);
    List<Value> flat = new ArrayList<>();
    values.given().keySet().forEach(v -> flat.add(b.emit(v.name() + ".flat", new Reshape(v.shape(), v.shape().flat()), v)));
    List<Shape> shapes = flat.stream().map(Value::shape).toList();
    return Optional.of(b.build(flat.size() == 1 ? flat.getFirst() : b.emit("given", new Concat(shapes), flat.toArray(Value[]::new))));
  }

  /** Begins anew beside another text. @param made what {@link #before} makes of it */
  void give(float[] made) {
    int at = 0;
    for (float[] value : values.given().values()) {
      System.arraycopy(made, at, value, 0, value.length);
      at += value.length;
    }
    seen = new int[0];
  }

  /**
   * What it says behind some tokens; overwritten by the next call. Where they begin as those of the last call, it goes on behind what is the same.
   *
   * @param tokens at least one, at most as many as there are places
   * @param each runs after every place
   */
  float[] behind(int[] tokens, Runnable each) {
    int differs = Arrays.mismatch(seen, tokens);
    // The last one is asked about in any case: what was said there is overwritten.
    place[0] = Math.min(differs < 0 ? tokens.length : differs, tokens.length - 1);
    seen = tokens;
    while (place[0] < tokens.length) {
      next(tokens[place[0]]);
      each.run();
    }
    return output;
  }

  private void next(int number) {
    token[0] = number;
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).run();
    }
    place[0]++;
  }
}
