package dev.lanewise.dsl.glass;

import dev.lanewise.dsl.glass.Glimpse.Tested;
import dev.lanewise.dsl.glass.Glimpse.Worst;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.train.Engine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A network that is tested again and again while it learns, by one thread, on a copy of its parameters.
 *
 * <pre>{@code exam.of(learner.still(), 1000, 6)   // the confusion, and the six worst mistakes }</pre>
 */
public final class Exam implements AutoCloseable {
  private final Scene scene;
  private final Engine engine;

  public Exam(Scene scene, KernelSet kernels) {
    this.scene = scene;
    this.engine = new Engine(1, kernels, () -> false);
  }

  /** Names of the classes; none where numbers are predicted, or nobody says. */
  public List<String> classes() {
    return scene.classes();
  }

  /**
   * How good it is on the first examples, and which it is worst at.
   *
   * @param now the network as it is to be judged, which nobody trains meanwhile
   * @return empty where there are no examples, or nothing says how they are judged
   */
  public Optional<Tested> of(Trained now, int most, int worst) {
    Scene own = new Scene(now, scene.data(), scene.loss());
    Optional<Computation> loss = own.tested();
    if (loss.isEmpty() || scene.data().isEmpty()) {
      return Optional.empty();
    }
    Dataset examples = scene.examples().orElseThrow();
    int some = Math.min(most, examples.size());
    Dataset part = some == examples.size() ? examples : scene.data().get().training(examples, IntStream.range(0, some).toArray()).train();
    Predictions made = engine.predict(now.model(), part, loss.get());
    double sum = 0;
    for (float l : made.losses()) {
      sum += l;
    }
    if (!own.saysClass()) {
      return Optional.of(new Tested(some, Double.NaN, sum / some, new int[0][], List.of()));
    }
    int classes = own.classes().size();
    int[][] confusion = new int[classes][classes];
    List<Integer> wrong = new ArrayList<>();
    for (int i = 0; i < some; i++) {
      int says = made.predicted(i), label = examples.label(i);
      if (says >= 0) {
        confusion[label][says]++;
      }
      if (says != label) {
        wrong.add(i);
      }
    }
    List<Worst> shown = wrong.stream().sorted(Comparator.comparingDouble((Integer i) -> -made.losses()[i])).limit(worst)
        .map(i -> new Worst(i, examples.label(i), made.predicted(i), now.net().input(), pixels(now, examples, i))).toList();
    return Optional.of(new Tested(some, 1 - wrong.size() / (double) some, sum / some, confusion, shown));
  }

  /** In their own units. */
  private float[] pixels(Trained now, Dataset examples, int index) {
    float[] seen = new float[examples.shape().size()];
    examples.read(index, seen, 0, 1);
    return scene.data().flatMap(d -> d.world().scale(now.net().first().name())).orElseGet(() -> Normalization.none(examples.shape())).undone(seen);
  }

  @Override
  public void close() {
    engine.close();
  }
}
