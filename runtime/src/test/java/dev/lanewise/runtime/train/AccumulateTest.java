package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.layer.Losses;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.optimize.Schedules;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The law of {@code accumulate}: k batches of b make the steps that one batch of k b makes. The steps have the same learning rates; the
 * parameters differ by no more than the rounding of sums, which are added in another order.
 */
class AccumulateTest {
  private static final int RUNS = 60;
  private static final Shape IN = Shape.of(5);

  private record Run(int examples, int batch, int accumulate, int epochs, Schedule schedule, Clip clip, double average, Computation loss, long seed) {}

  /** @param rates of the steps; @param losses of the epochs */
  private record Outcome(List<Double> rates, List<Double> losses, float[] parameters) {}

  private static final Map<String, Map<String, Object>> SCHEDULES = Map.of(
      "constant", Map.of(), "step", Map.of("every", 2), "exponential", Map.of("factor", 0.7), "cosine", Map.of("least", 0.01),
      "warm_up", Map.of("share", 0.4), "one_cycle", Map.of(), "plateau", Map.of("by", "loss", "patience", 0, "threshold", 0.5));

  private static Run random(Random random, String schedule) {
    Schedules.Definition definition = Schedules.named(schedule).orElseThrow();
    Layer crossEntropy = Losses.named("cross_entropy").orElseThrow();
    return new Run(
        1 + random.nextInt(150), 1 + random.nextInt(40), 1 + random.nextInt(6), 1 + random.nextInt(4),
        definition.bind(Arguments.of(definition.signature(), SCHEDULES.get(schedule))),
        random.nextInt(3) == 0 ? new Clip.Norm(0.1) : new Clip.None(), random.nextInt(3) == 0 ? 0.6 : 0,
        random.nextBoolean() ? new CrossEntropy(3)
            : crossEntropy.bind(Arguments.of(crossEntropy.signature(), Map.of("weights", List.of(0.5, 2.0, 4.0))), Shape.of(3)),
        random.nextLong());
  }

  private static Graph network() {
    GraphBuilder b = new GraphBuilder(IN);
    Layer tanh = Layers.named("tanh").orElseThrow();
    Value v = b.add("dense1", new Dense(5, 8, true), b.input());
    v = b.add("tanh1", tanh.bind(Arguments.of(tanh.signature(), Map.of()), v.shape()), v);
    return b.build(b.add("dense2", new Dense(8, 3, true), v));
  }

  private static Outcome train(Engine engine, Run run, int batch, int accumulate) {
    Model model = Model.create("N", network(), run.seed);
    DataSplit data = new DataSplit("few", new Few(run.examples, IN, 3), null, new Few(1, IN, 3));
    TrainSettings settings = new TrainSettings(
        run.epochs, batch, true, run.seed, run.loss, Optimizers.sgd(0.2, 0.5), run.schedule, run.clip, Keep.NOTHING, accumulate,
        Double.POSITIVE_INFINITY, run.average);
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), model.parameters());
    List<Double> ofStep = new ArrayList<>();
    engine.train(model, data, settings, e -> {
      if (e instanceof TrainEvent.Batch b) {
        // Every batch tells the rate of the step that it is part of.
        ofStep.add(b.rate());
        if (b.batch() % accumulate == 0 || b.batch() == b.batches()) {
          assertThat(ofStep).as("%s", run).containsOnly(b.rate());
          outcome.rates.add(b.rate());
          ofStep.clear();
        }
      } else if (e instanceof TrainEvent.Epoch epoch) {
        outcome.losses.add(epoch.train().loss());
      }
    }, Control.until(() -> false));
    return outcome;
  }

  @Test
  void severalBatchesOfAStepAreAsOneLargeBatch() {
    long seed = 20251129;
    Random random = new Random(seed);
    List<String> names = SCHEDULES.keySet().stream().sorted().toList();
    assertThat(names).containsExactlyInAnyOrderElementsOf(Schedules.all().stream().map(s -> s.signature().name()).toList());
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      for (int i = 0; i < RUNS; i++) {
        Run run = random(random, names.get(i % names.size()));
        String what = "seed " + seed + ", run " + i + " by " + names.get(i % names.size()) + ": " + run;
        Outcome small = train(engine, run, run.batch, run.accumulate);
        Outcome large = train(engine, run, run.batch * run.accumulate, 1);
        assertThat(small.rates).as(what).isEqualTo(large.rates);
        for (int p = 0; p < large.parameters.length; p++) {
          assertThat(small.parameters[p]).as("%s, parameter %d", what, p).isCloseTo(large.parameters[p], within(1e-5f));
        }
        for (int epoch = 0; epoch < run.epochs; epoch++) {
          assertThat(small.losses.get(epoch)).as(what).isCloseTo(large.losses.get(epoch), within(1e-5));
        }
      }
    }
  }

  /** An epoch that is one batch: there is nothing to add up, whatever accumulate says. */
  @Test
  void whereTheSumsAreTheSameTheBitsAreTheSame() {
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      for (String schedule : SCHEDULES.keySet()) {
        Schedules.Definition definition = Schedules.named(schedule).orElseThrow();
        Run run = new Run(
            37, 40, 5, 4, definition.bind(Arguments.of(definition.signature(), SCHEDULES.get(schedule))), new Clip.Norm(0.1), 0.6,
            new CrossEntropy(3), 3);
        boolean same = Arrays.equals(train(engine, run, 40, 5).parameters, train(engine, run, 200, 1).parameters);
        assertThat(same).as(schedule).isTrue();
      }
    }
  }
}
