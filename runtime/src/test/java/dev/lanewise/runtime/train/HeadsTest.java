package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.layer.Losses;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The losses that are told are those of a network's own output, in training as in tests, however many heads it has. */
class HeadsTest {
  private static final int RUNS = 30;
  private static final Shape IN = Shape.of(5);
  /** Too small a step to move anything: training then sees the network that tests see. */
  private static final Optimizer STILL = Optimizers.sgd(1e-30, 0);

  /** @param first which of a network's outputs is its own; the heads follow in their order */
  private static Model network(int heads, int first) {
    GraphBuilder b = new GraphBuilder(IN);
    Value v = b.input();
    List<Value> outputs = new ArrayList<>();
    Layer tanh = Layers.named("tanh").orElseThrow();
    for (int i = 0; i <= heads; i++) {
      v = b.add("dense" + i, new Dense(v.shape().size(), 6, true), v);
      v = b.add("tanh" + i, tanh.bind(Arguments.of(tanh.signature(), Map.of()), v.shape()), v);
      outputs.add(b.add("out" + i, new Dense(6, 3, true), v));
    }
    Collections.reverse(outputs);
    Collections.swap(outputs, 0, first);
    return Model.create("N", b.build(outputs.toArray(Value[]::new)), 9);
  }

  private static Computation loss(Random random) {
    Layer crossEntropy = Losses.named("cross_entropy").orElseThrow();
    Map<String, Object> given = random.nextBoolean() ? Map.of() : Map.of("weights", List.of(0.5, 2.0, 4.0), "smooth", 0.1);
    return crossEntropy.bind(Arguments.of(crossEntropy.signature(), given), Shape.of(3));
  }

  private static TrainEvent.Epoch epoch(Engine engine, Model model, Dataset examples, Computation loss, int batch, List<TrainEvent.Batch> batches) {
    List<TrainEvent.Epoch> epochs = new ArrayList<>();
    DataSplit data = new DataSplit("few", examples, examples, examples);
    engine.train(model, data, new TrainSettings(1, batch, true, 1, loss, STILL), e -> {
      if (e instanceof TrainEvent.Epoch epoch) {
        epochs.add(epoch);
      } else if (e instanceof TrainEvent.Batch b) {
        batches.add(b);
      }
    }, Control.until(() -> false));
    return epochs.getFirst();
  }

  @Test
  void trainingValidationAndTestsTellTheNetworksOwnLoss() {
    long seed = 20251132;
    Random random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      int heads = random.nextInt(4);
      double weight = random.nextInt(3) * 0.4;
      Computation main = loss(random);
      Dataset examples = new Few(1 + random.nextInt(60), IN, 3);
      Computation loss = heads == 0 ? main : Objective.deep(main, Collections.nCopies(heads, main), weight);
      int batch = 1 + random.nextInt(64);
      String what = "seed " + seed + ", run " + run + ": " + heads + " heads of weight " + weight + ", " + examples + ", batch " + batch;
      try (Engine engine = new Engine(2, KernelSet.values()[random.nextInt(2)])) {
        List<TrainEvent.Batch> batches = new ArrayList<>();
        Model model = network(heads, 0);
        TrainEvent.Epoch epoch = epoch(engine, model, examples, loss, batch, batches);
        DataSplit data = new DataSplit("few", examples, null, examples);
        double own = engine.test(model, data, loss, Listener.NONE).loss();
        assertThat(epoch.train().loss()).as(what).isCloseTo(own, within(1e-5));
        assertThat(epoch.validation().loss()).as(what).isCloseTo(own, within(1e-12));
        if (batches.size() == 1) {
          assertThat(batches.getFirst().loss()).as(what).isEqualTo(epoch.train().loss());
        }
        double objective = own;
        for (int head = 1; head <= heads; head++) {
          objective += weight * engine.test(network(heads, head), data, main, Listener.NONE).loss();
        }
        if (heads == 0) {
          assertThat(epoch.objective()).as(what).isNaN();
        } else {
          assertThat(epoch.objective()).as(what).isCloseTo(objective, within(1e-5));
        }
      }
    }
  }

  /** What is trained is what must be a number. */
  @Test
  void aHeadThatDivergesEndsTheTraining() {
    CrossEntropy main = new CrossEntropy(3);
    Objective loss = Objective.deep(main, List.of(main), Float.MAX_VALUE);
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      assertThatThrownBy(() -> epoch(engine, network(1, 0), new Few(20, IN, 3), loss, 20, new ArrayList<>()))
          .isInstanceOf(DivergedException.class).hasMessageContaining("infinite");
    }
  }
}
