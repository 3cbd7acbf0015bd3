package dev.lanewise.dsl.law;

import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.file.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * How far gradients may differ that are computed in another order, or by other kernels. Some networks enlarge rounding a hundred times, as
 * normalisations of few values do; so where a difference is larger than usual, it is held against what happens to the gradients when
 * parameters and examples change in their last bit.
 */
record Rounding(Trial trial, Gradients.Way way) {
  /** Sums of float32 in another order, also of what is nearly the same for all examples and is brought to variance 1. */
  private static final double USUAL = 5e-5;

  /** A result is the sum of many roundings. */
  static final double TIMES = 30;

  private static final int PERTURBED = 3;
  static final double LAST_BIT = 0x1p-23;

  void check(String what, Gradients expected, Gradients actual) {
    check(what, Same.doubles(expected.of()), Same.doubles(actual.of()));
    check(what + ", running means", Same.doubles(expected.buffers()), Same.doubles(actual.buffers()));
  }

  void check(String what, Map<String, double[]> expected, Map<String, double[]> actual) {
    Optional<Same.Difference> found = Same.most(expected, actual);
    if (found.isPresent() && found.get().error() > USUAL) {
      double natural = natural();
      if (found.get().error() > TIMES * natural) {
        throw new AssertionError("%s: %s; a last bit makes %.2g".formatted(what, found.get(), natural));
      }
    }
  }

  /** The largest difference that last bits make: of parameters and examples, and of what lies between the operations. */
  private double natural() {
    Gradients plain = Gradients.of(trial, way);
    double most = between();
    for (int i = 0; i < PERTURBED; i++) {
      Pick pick = new Pick(trial.script().seed() ^ 99 + i);
      List<Tensor> values = new ArrayList<>();
      for (Tensor t : trial.model().tensors()) {
        values.add(new Tensor(t.name(), t.shape(), perturbed(pick, t.values())));
      }
      Examples e = trial.script().examples();
      Examples examples = new Examples(e.shape(), e.target(), perturbed(pick, e.x()), e.labels(), e.y());
      Gradients other = Gradients.of(trial.graph(), trial.loss(), values, examples, way);
      most = Math.max(most, Same.most(Same.doubles(plain.of()), Same.doubles(other.of())).orElseThrow().error());
    }
    return most;
  }

  private double between() {
    LossGraph training = Differentiation.of(trial.graph(), trial.loss());
    Map<String, double[]> exact = exact(training, null).gradients();
    double most = 0;
    for (int i = 0; i < PERTURBED; i++) {
      most = Math.max(most, Same.most(exact, exact(training, new Random(trial.script().seed() + i)).gradients()).orElseThrow().error());
    }
    return most;
  }

  private Exact exact(LossGraph training, Random noise) {
    return Exact.of(training.graph(), training, trial.loss(), trial.model().tensors(), trial.script().examples(), way.order(), noise);
  }

  static float[] perturbed(Pick pick, float[] values) {
    float[] perturbed = values.clone();
    for (int i = 0; i < values.length; i++) {
      perturbed[i] *= (float) (1 + LAST_BIT * pick.whole(-1, 1));
    }
    return perturbed;
  }
}
