package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.layer.Units;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.optimize.OptimizerDefinition;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The law of units: numbers in a unit of their own are learnt as those that were normalised by hand, and told in the unit. */
class UnitsTest {
  private static final Shape IN = Shape.of(4);
  /** Columns of different size. */
  private static final float[] MEAN = {180_000, 0.004f, -37};
  private static final float[] DEVIATION = {75_000, 0.0013f, 12};
  private static final int OUT = MEAN.length;

  @TempDir private Path folder;

  /** @param byHand whether the targets have mean 0 and deviation 1 already */
  private record Prices(int size, boolean byHand) implements Dataset {
    @Override
    public Shape shape() {
      return IN;
    }

    @Override
    public Target target() {
      return Target.numbers(Shape.of(OUT));
    }

    @Override
    public int label(int index) {
      return 0;
    }

    @Override
    public void read(int index, float[] out, int offset, int stride) {
      new Few(size, IN, 2).read(index, out, offset, stride);
    }

    @Override
    public void readTarget(int index, float[] out, int offset, int stride) {
      float[] x = new float[IN.size()];
      read(index, x, 0, 1);
      for (int k = 0; k < OUT; k++) {
        float told = (float) (MEAN[k] + DEVIATION[k] * (1.3 * x[k] - x[3] * x[(k + 1) % OUT]));
        out[offset + k * stride] = byHand ? (told - MEAN[k]) / DEVIATION[k] : told;
      }
    }

    @Override
    public float zero(int channel) {
      return 0;
    }

    @Override
    public Dataset normalized(Normalization normalization) {
      return this;
    }
  }

  /** What is trained how; the same twice, but for the unit. */
  private record Run(
      String optimizer, double lr, Clip clip, int heads, int batch, int accumulate, double average, boolean frozen, int threads, KernelSet kernels, String loss) {
    Model model(boolean unit) {
      GraphBuilder b = new GraphBuilder(IN);
      Value v = b.input();
      List<Value> early = new ArrayList<>();
      Layer tanh = Layers.named("tanh").orElseThrow();
      for (int i = 0; i < 2; i++) {
        v = b.add("dense" + i, new Dense(v.shape().size(), 6, true), v);
        v = b.add("tanh" + i, tanh.bind(Arguments.of(tanh.signature(), Map.of()), v.shape()), v);
        if (i < heads) {
          early.add(b.add("head" + i, new Dense(6, OUT, true), v));
        }
      }
      List<Value> outputs = new ArrayList<>(List.of(b.add("out", new Dense(6, OUT, true), v)));
      if (unit) {
        outputs.set(0, b.add(Units.NAME, Units.restored(MEAN, DEVIATION), outputs.getFirst()));
      }
      outputs.addAll(early);
      return Model.create("N", b.build(outputs.toArray(Value[]::new)), 9).frozen(name -> frozen && name.startsWith("dense0"));
    }

    Computation told() {
      return bound(loss);
    }

    Computation trained(boolean unit) {
      Computation main = told();
      Computation all = heads == 0 ? main : Objective.deep(main, Collections.nCopies(heads, main), 0.3);
      return unit ? Objective.inUnit(Units.NAME, all) : all;
    }

    TrainSettings settings(boolean unit, Optional<Path> resume, int epochs) {
      OptimizerDefinition definition = Optimizers.named(optimizer).orElseThrow();
      Optimizer bound = definition.bind(Arguments.of(definition.signature(), Map.of("lr", lr)));
      return new TrainSettings(
          epochs, batch, true, 3, trained(unit), bound, Schedule.CONSTANT, clip, new Keep(Optional.empty(), Optional.empty(), resume, List.of()), accumulate,
          Double.POSITIVE_INFINITY, average);
    }

    Model trainedModel(boolean unit) {
      Model model = model(unit);
      train(model, settings(unit, Optional.empty(), 3), unit);
      return model;
    }

    List<TrainEvent.Epoch> train(Model model, TrainSettings settings, boolean unit) {
      List<TrainEvent.Epoch> epochs = new ArrayList<>();
      try (Engine engine = new Engine(threads, kernels)) {
        engine.train(model, split(unit), settings, e -> {
          if (e instanceof TrainEvent.Epoch epoch) {
            epochs.add(epoch);
          }
        }, Control.until(() -> false));
      }
      return epochs;
    }
  }

  private static Run plain(String optimizer, double lr) {
    return new Run(optimizer, lr, new Clip.None(), 0, 16, 1, 0, false, 1, KernelSet.VECTOR, "mse");
  }

  private static Computation bound(String loss) {
    Shape shape = Shape.of(OUT);
    Term error = Term.variable("a").minus(Term.variable("b"));
    Term size = error.max(error.times(Term.number(-1)));
    Term each = switch (loss) {
      case "mse" -> error.times(error);
      case "mae" -> size;
      default -> size.min(Term.number(1)).times(size.minus(size.min(Term.number(1)).times(Term.number(0.5))));
    };
    Recipe.Builder r = new Recipe.Builder(loss);
    int output = r.input(shape);
    int label = r.input(shape);
    return r.build(r.step("mean", Reduce.mean(shape, 1), r.formula("each", shape, each, output, label)));
  }

  private static DataSplit split(boolean unit) {
    Dataset examples = new Prices(53, !unit);
    return new DataSplit("prices", examples, examples, examples);
  }

  private static void assertSame(Model one, Model other, float precision, String what) {
    List<Tensor> theirs = other.tensors();
    for (Tensor t : one.tensors()) {
      Tensor same = theirs.stream().filter(o -> o.name().equals(t.name())).findFirst().orElseThrow();
      assertThat(t.values()).as(what + " " + t.name()).containsExactly(same.values(), within(precision));
    }
    assertThat(one.tensors()).hasSameSizeAs(theirs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam", "adamw", "rmsprop", "lion", "muon", "adagrad", "adadelta"})
  void parametersAreThoseOfTargetsNormalisedByHand(String optimizer) {
    Run run = plain(optimizer, 0.01);
    assertSame(run.trainedModel(true), run.trainedModel(false), 0, optimizer);
    assertThat(run.trainedModel(true).tensors()).noneMatch(t -> t.name().startsWith(Units.NAME));
  }

  /** But for rounding: the sums of several losses may be put together in another order. */
  @Test
  void parametersAreTheSameHoweverOneTrains() {
    long seed = 20251201;
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      Clip clip = switch (random.nextInt(3)) {
        case 0 -> new Clip.Norm(0.2);
        case 1 -> new Clip.Value(0.01);
        default -> new Clip.None();
      };
      Run run = new Run(
          List.of("sgd", "adam", "muon").get(random.nextInt(3)), 0.02, clip, random.nextInt(3), 1 + random.nextInt(30), 1 + random.nextInt(3),
          random.nextInt(2) * 0.9, random.nextBoolean(), 1 + random.nextInt(2), KernelSet.values()[random.nextInt(2)],
          List.of("mse", "mae", "huber").get(random.nextInt(3)));
      assertSame(run.trainedModel(true), run.trainedModel(false), 2e-4f, "seed " + seed + ", run " + i + ": " + run);
    }
  }

  @Test
  void oneThreadAndTwoGiveTheSameBits() {
    Run one = plain("adam", 0.01);
    Run two = new Run("adam", 0.01, one.clip, 0, 16, 1, 0, false, 2, KernelSet.VECTOR, "mse");
    assertSame(one.trainedModel(true), two.trainedModel(true), 0, "threads");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mse", "mae", "huber"})
  void lossesAreToldInTheUnit(String loss) {
    Run run = new Run("adam", 0.02, new Clip.None(), 1, 16, 1, 0, false, 1, KernelSet.VECTOR, loss);
    Model model = run.model(true);
    TrainEvent.Epoch last = run.train(model, run.settings(true, Optional.empty(), 30), true).getLast();
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      Predictions inUnit = engine.predict(model, split(true).test(), run.told());
      double byHand = byHand(loss, inUnit.values());
      assertThat(engine.test(model, split(true), run.told(), Listener.NONE).loss()).isCloseTo(byHand, within(1e-6 * byHand));
      assertThat(last.validation().loss()).isCloseTo(byHand, within(1e-6 * byHand));
      Model plain = run.model(false);
      plain.assign(model.tensors());
      float[] standard = engine.predict(plain, split(false).test(), run.told()).values();
      for (int i = 0; i < standard.length; i++) {
        int k = i % OUT;
        double there = (double) standard[i] * DEVIATION[k] + MEAN[k];
        assertThat((double) inUnit.values()[i]).as("output " + i).isCloseTo(there, within(1e-6 * (Math.abs(there) + DEVIATION[k])));
      }
    }
  }

  private static double byHand(String loss, float[] outputs) {
    Dataset examples = split(true).test();
    float[] target = new float[OUT];
    double sum = 0;
    for (int i = 0; i < examples.size(); i++) {
      examples.readTarget(i, target, 0, 1);
      for (int k = 0; k < OUT; k++) {
        double error = Math.abs((double) outputs[i * OUT + k] - target[k]);
        sum += switch (loss) {
          case "mse" -> error * error;
          case "mae" -> error;
          default -> error <= 1 ? error * error / 2 : error - 0.5;
        };
      }
    }
    return sum / examples.size() / OUT;
  }

  /** Beside difference quotients of the loss of targets that were normalised by hand. */
  @Test
  void gradientsAreThoseOfTheNormalisedLoss() {
    Run run = new Run("sgd", 1e-2, new Clip.None(), 0, 64, 1, 0, false, 1, KernelSet.VECTOR, "mse");
    Model stepped = run.model(true);
    run.train(stepped, run.settings(true, Optional.empty(), 1), true);
    List<Tensor> before = run.model(true).tensors();
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      for (int t = 0; t < before.size(); t++) {
        float step = 5e-3f;
        double quotient = (loss(engine, run, before, t, step) - loss(engine, run, before, t, -step)) / (2 * step);
        double gradient = (before.get(t).values()[0] - stepped.tensors().get(t).values()[0]) / 1e-2;
        assertThat(gradient).as(before.get(t).name()).isCloseTo(quotient, within(2e-3 * (1 + Math.abs(quotient))));
      }
    }
  }

  private static double loss(Engine engine, Run run, List<Tensor> before, int which, float by) {
    List<Tensor> moved = new ArrayList<>(before);
    float[] values = Arrays.copyOf(before.get(which).values(), before.get(which).values().length);
    values[0] += by;
    moved.set(which, new Tensor(before.get(which).name(), before.get(which).shape(), values));
    Model model = run.model(false);
    model.assign(moved);
    return engine.test(model, split(false), run.told(), Listener.NONE).loss();
  }

  @Test
  void aRunGoesOnWithTheSameBits() {
    Run run = new Run("adam", 0.01, new Clip.Norm(1), 1, 16, 2, 0.9, false, 1, KernelSet.VECTOR, "mse");
    Optional<Path> file = Optional.of(folder.resolve("run.safetensors"));
    Model first = run.model(true);
    int[] seen = {0};
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      engine.train(first, split(true), run.settings(true, file, 4), e -> seen[0] += e instanceof TrainEvent.Epoch ? 1 : 0, () -> seen[0] == 2);
    }
    Model resumed = run.model(true);
    run.train(resumed, run.settings(true, file, 4), true);
    Model whole = run.model(true);
    run.train(whole, run.settings(true, Optional.empty(), 4), true);
    assertSame(resumed, whole, 0, "resumed after " + seen[0]);
  }

  @Test
  void savedAndLoadedItPredictsTheSame() throws IOException {
    Run run = plain("adam", 0.02);
    Model model = run.trainedModel(true);
    Path file = folder.resolve("n.safetensors");
    Safetensors.write(file, model.tensors(), Map.of());
    Model loaded = run.model(true);
    loaded.assign(Safetensors.read(file).tensors());
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      assertThat(engine.predict(loaded, split(true).test(), run.told()).values()).isEqualTo(engine.predict(model, split(true).test(), run.told()).values());
    }
  }
}
