package dev.lanewise.dsl.law;

import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.walk.Walk;
import java.util.Map;

/** A random network, walked through with one of its examples. */
final class Walks {
  private Walks() {}

  static Walk of(Trial trial, int example) {
    Examples examples = trial.script().examples();
    float[] x = new float[examples.shape().size()], y = new float[examples.target().shape().size()];
    examples.read(example, x, 0, 1);
    examples.readTarget(example, y, 0, 1);
    Map<String, float[]> values = Gradients.values(trial.model());
    return Walk.of(
        Inference.of(trial.graph()), trial.loss(), p -> Exact.exact(values.get(p.name())), Map.of(trial.graph().input().name(), Exact.exact(x)), Exact.exact(y));
  }
}
