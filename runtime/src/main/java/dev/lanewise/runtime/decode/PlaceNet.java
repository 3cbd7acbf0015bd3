package dev.lanewise.runtime.decode;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.tensor.Memory;
import java.util.List;
import java.util.Optional;

/**
 * A network that is asked for one place of a text after the other: what it has made of earlier places is kept, keys and values of attention and the states of recurrences, so that a place costs
 * what a place costs. It can be done where no place depends on a later one, and each on itself and what is kept alone; {@link #of} says whether it can.
 */
final class PlaceNet {
  private final int places;
  private final float[] token;
  private final float[] output;
  private final List<Runnable> steps;
  private final List<Runnable> forgetting;
  private final int[] place;

  private PlaceNet(int places, float[] token, float[] output, List<Runnable> steps, List<Runnable> forgetting, int[] place) {
    this.places = places;
    this.token = token;
    this.output = output;
    this.steps = steps;
    this.forgetting = forgetting;
    this.place = place;
  }

  /**
   * Makes a network ready.
   *
   * @param network that takes tokens
   * @param parameters as it lays them out
   * @return nothing if some layer looks at what comes later, or at several places
   */
  static Optional<PlaceNet> of(Graph network, float[] parameters) {
    if (network.inputs().size() > 1 || !network.input().shape().isFlat()) {
      return Optional.empty();
    }
    Graph graph = Inference.of(network.withoutHeads());
    int[] place = new int[1];
    PlaceValues values = new PlaceValues(network.input().shape().size(), place);
    int at = Memory.BASE;
    for (Parameter p : network.parameters()) {
      values.parameter(p.value(), parameters, at);
      at += p.shape().size();
    }
    float[] token = values.each(graph.input(), 1);
    PlaceSteps made = new PlaceSteps(values);
    for (Node node : graph.nodes()) {
      if (!made.add(node.operation(), node.inputs(), node.outputs())) {
        return Optional.empty();
      }
    }
    float[] output = values.find(graph.output());
    return output == null ? Optional.empty() : Optional.of(new PlaceNet(network.input().shape().size(), token, output, made.steps(), made.forgetting(), place));
  }

  int places() {
    return places;
  }

  /** Begins anew. */
  void forget() {
    place[0] = 0;
    forgetting.forEach(Runnable::run);
  }

  /** What it makes of the next token, at its place; overwritten by the next call. */
  float[] next(int number) {
    token[0] = number;
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).run();
    }
    place[0]++;
    return output;
  }
}
