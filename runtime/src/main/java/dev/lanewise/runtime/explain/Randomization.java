package dev.lanewise.runtime.explain;

import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.train.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Whether a map tells of what a network has learned (Adebayo et al. 2018, cascading randomization): its parameters are made random layer by layer, from the last to the
 * first, and each time the map is compared with that of the network as it is. A map that stays as it is shows the example, not the network.
 *
 * @param steps in the order in which the layers were made random
 */
public record Randomization(List<Step> steps) {
  /** A map is passed that has less than this in common with that of a network which is random throughout. */
  public static final double ALIKE = 0.5;

  private static final long SALT = 0x72616e64L;

  /** @param layer the last that was made random @param correlation of the ranks, see {@link RankCorrelation} */
  public record Step(String layer, double correlation, double[] map) {}

  public Randomization {
    steps = List.copyOf(steps);
  }

  /**
   * @param layers with parameters, the first of the network first
   * @param map of a network that is like this one
   */
  public static Randomization of(Model model, List<String> layers, long seed, Function<Model, double[]> map) {
    double[] own = map.apply(model);
    Model random = Model.create(model.name(), model.graph(), Draws.mix(seed, SALT));
    Model now = Model.create(model.name(), model.graph(), seed);
    now.assign(model.tensors());
    List<Step> steps = new ArrayList<>();
    for (String layer : layers.reversed()) {
      now.adopt(random.tensors(), name -> name.startsWith(layer + "."));
      double[] changed = map.apply(now);
      steps.add(new Step(layer, RankCorrelation.of(own, changed), changed));
    }
    return new Randomization(steps);
  }

  /** Those of a network that have parameters of their own, by their names; of a constant none. */
  public static boolean has(Model model, String layer) {
    return model.graph().parameters().stream().filter(p -> !p.spec().isConstant()).map(Parameter::name).anyMatch(n -> n.startsWith(layer + "."));
  }

  /** Whether hardly anything is left of the map when all parameters are random. */
  public boolean isPassed() {
    return !steps.isEmpty() && Math.abs(steps.getLast().correlation) < ALIKE;
  }
}
