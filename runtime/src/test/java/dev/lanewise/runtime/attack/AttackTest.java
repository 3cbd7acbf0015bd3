package dev.lanewise.runtime.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Held;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.Differentiation.Everywhere;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Networks;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Attacks beside the formulas of their papers, in double; what they draw, and whether they stay where they may go. */
class AttackTest {
  private static final Shape IMAGE = Shape.of(1, 28, 28);
  private static final CrossEntropy LOSS = new CrossEntropy(10);
  private static final float MEAN = 0.25f;
  private static final float STD = 0.5f;
  private static final int COUNT = 40;

  private final Graph network = Networks.classicCnn(true);
  private final Model model = Model.create("N", network, 3);

  /** Bright strips whose place is their class. */
  private static DataSplit data() {
    Random random = new Random(4);
    float[][] images = new float[COUNT][IMAGE.size()];
    int[] labels = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      labels[i] = i % 10;
      for (int k = 0; k < images[i].length; k++) {
        float pixel = k / 28 / 3 == labels[i] ? 0.9f : 0.1f * random.nextFloat();
        images[i][k] = (pixel - MEAN) / STD;
      }
    }
    Points points = new Points(IMAGE, images, labels, 10);
    DataSplit plain = new DataSplit("d", points, null, points);
    return plain.in(plain.world().normalized(Normalization.of(IMAGE, MEAN, STD)));
  }

  private Held attacked(int threads, int count, Attack attack, OptionalInt toward, long seed) {
    try (Engine engine = new Engine(threads, KernelSet.VECTOR)) {
      return engine.attacked(model, data(), count, LOSS, attack, toward, seed);
    }
  }

  /** x + eps sign(∂loss/∂x) in pixels, clipped to 0 … 1: the gradient by the interpreter, in double. */
  @Test
  void fgsmIsItsFormula() {
    float[] found = attacked(1, COUNT, Attack.fgsm(0.2), OptionalInt.empty(), 1).values();
    int changed = 0;
    for (int i = 0; i < COUNT; i++) {
      float[] x = new float[IMAGE.size()];
      data().test().read(i, x, 0, 1);
      double[] gradient = gradient(x, data().test().label(i));
      for (int k = 0; k < x.length; k++) {
        double pixel = Math.clamp(x[k] * STD + MEAN + 0.2 * Math.signum(gradient[k]), 0.0, 1.0);
        // Where the gradient is nearly 0, rounding may turn it round.
        if (Math.abs(gradient[k]) > 1e-6) {
          assertThat(found[i * x.length + k] * STD + MEAN).isCloseTo((float) pixel, within(2e-6f));
          changed++;
        }
      }
    }
    assertThat(changed).isGreaterThan(COUNT * IMAGE.size() / 2);
  }

  private double[] gradient(float[] x, int label) {
    Everywhere all = Differentiation.everywhere(Inference.differentiable(network), LOSS);
    Interpreter interpreter = new Interpreter(all.graph());
    for (Parameter p : all.graph().parameters()) {
      float[] own = model.tensors().stream().filter(t -> t.name().equals(p.name())).findFirst().orElseThrow().values();
      interpreter.set(p.value(), doubles(own));
    }
    Map<Value, double[]> given = new HashMap<>();
    given.put(all.graph().input(), doubles(x));
    given.put(all.forward().label(), new double[] {label});
    given.put(all.dLoss(), new double[] {1});
    return interpreter.run(given, Interpreter::drawsOfFirst).get(all.gradients().get(all.graph().input()));
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  @Test
  void whatIsChangedStaysNearAndAnImage() {
    float[] clean = Held.of(data().test(), Normalization.of(IMAGE, MEAN, STD), 0, COUNT).values();
    for (Attack attack : new Attack[] {Attack.fgsm(0.3, true), Attack.pgd(0.15, 7), Attack.pgd(0.1, 3).restarted(4)}) {
      float[] found = attacked(1, COUNT, attack, OptionalInt.empty(), 1).values();
      double most = 0;
      for (int k = 0; k < found.length; k++) {
        most = Math.max(most, Math.abs(found[k] - clean[k]) * STD);
        assertThat((double) found[k] * STD + MEAN).isBetween(-1e-6, 1 + 1e-6);
      }
      assertThat(most).as("%s", attack).isCloseTo(attack.eps(), within(1e-6));
    }
  }

  @Test
  void threadsAndOtherImagesDoNotChangeABit() {
    Attack attack = Attack.pgd(0.1, 4).restarted(3);
    float[] one = attacked(1, COUNT, attack, OptionalInt.empty(), 5).values();
    assertThat(attacked(3, COUNT, attack, OptionalInt.empty(), 5).values()).isEqualTo(one);
    assertThat(attacked(2, 7, attack, OptionalInt.empty(), 5).values()).isEqualTo(Arrays.copyOf(one, 7 * IMAGE.size()));
    assertThat(attacked(1, COUNT, attack, OptionalInt.empty(), 6).values()).isNotEqualTo(one);
  }

  @Test
  void fewerAreRightAndRestartsHelp() {
    train(new TrainSettings(12, 8, true, 1, LOSS, Optimizers.sgd(0.1, 0)));
    assertThat(right(data().test(), OptionalInt.empty())).isGreaterThan(30);
    int single = right(attacked(1, COUNT, Attack.pgd(0.25, 8), OptionalInt.empty(), 1), OptionalInt.empty());
    int often = right(attacked(1, COUNT, Attack.pgd(0.25, 8).restarted(6), OptionalInt.empty(), 1), OptionalInt.empty());
    assertThat(single).isLessThan(30);
    assertThat(often).isLessThanOrEqualTo(single);
    OptionalInt three = OptionalInt.of(3);
    assertThat(right(attacked(1, COUNT, Attack.pgd(0.3, 10), three, 1), three)).isGreaterThan(right(data().test(), three) + 10);
  }

  private void train(TrainSettings settings) {
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      engine.train(model, data(), settings, Listener.NONE, () -> false);
    }
  }

  /** How many are right, or are taken for a class. */
  private int right(Dataset images, OptionalInt taken) {
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      Predictions said = engine.predict(model, images, LOSS);
      int found = 0;
      for (int i = 0; i < COUNT; i++) {
        found += said.predicted(i) == (taken.isPresent() ? taken.getAsInt() : images.label(i)) ? 1 : 0;
      }
      return found;
    }
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> Attack.fgsm(0)).hasMessageContaining("eps must be above 0");
    assertThatThrownBy(() -> Attack.pgd(0.1, 0)).hasMessageContaining("steps must be at least 1");
    assertThatThrownBy(() -> Attack.fgsm(0.1).restarted(2)).hasMessageContaining("start = random");
  }

  @Test
  void isWrittenAsItIsCalled() {
    assertThat(Attack.fgsm(0.1)).hasToString("fgsm(0.1)");
    assertThat(Attack.fgsm(0.3, true)).hasToString("fgsm(0.3, start = random)");
    assertThat(Attack.pgd(0.3, 40).restarted(10)).hasToString("pgd(0.3, steps = 40, restarts = 10)");
    assertThat(new Attack("pgd", 0.3, 40, 0.01, 1, false)).hasToString("pgd(0.3, steps = 40, step = 0.01, start = none)");
  }
}
