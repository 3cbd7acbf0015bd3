package dev.lanewise.runtime.train;

import dev.lanewise.runtime.attack.Attack;
import dev.lanewise.runtime.attack.Attacker;
import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Held;
import dev.lanewise.runtime.data.Triplets;
import dev.lanewise.runtime.data.TwoOfEach;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Scores;
import dev.lanewise.runtime.execute.Shards;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.federate.Clients;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.layer.Losses;
import dev.lanewise.runtime.layer.Triplet;
import dev.lanewise.runtime.layer.TwoViews;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.plan.Preparation;
import dev.lanewise.runtime.plan.Profile;
import dev.lanewise.runtime.score.Answers;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.score.Threshold;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.vital.Activity;
import dev.lanewise.runtime.vital.Readings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Trains and tests models on this machine.
 *
 * <pre>{@code
 * try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
 *   engine.train(model, data, settings, Listener.NONE, () -> false);
 *   Score score = engine.test(model, data, settings.loss(), Listener.NONE);
 * }
 * }</pre>
 */
public final class Engine implements AutoCloseable {
  static final int TEST_BATCH = 1024;

  private final Workers workers;
  private final KernelSet kernels;
  private final BooleanSupplier stop;

  public Engine(int threads, KernelSet kernels) {
    this(threads, kernels, () -> false);
  }

  /** @param stop asked often by what tests, predicts or profiles; once true, that ends with a {@link StoppedException} */
  public Engine(int threads, KernelSet kernels, BooleanSupplier stop) {
    this.workers = new Workers(threads);
    this.kernels = kernels;
    this.stop = stop;
  }

  /**
   * Trains the model in place.
   *
   * @param control asked after every batch
   * @return false if it was stopped
   * @throws DivergedException if the loss is no longer a number
   * @throws UncheckedIOException if a file that is to be kept cannot be written, or one to go on from is broken
   * @throws UnfitException if the file to go on from is of another training
   * @throws StoppedException if it is told to stop while the network is made ready, before the first batch
   */
  public boolean train(
      Model model, DataSplit data, TrainSettings settings, Listener listener, Control control) {
    if (settings.federation().isPresent()) {
      int[][] mine = FederatedRun.examples(data, settings);
      try (Clients here = new LocalClients(model, data, settings, mine, kernels, workers, preparing(model, listener))) {
        return run(new FederatedRun(model, data, settings, mine, here, this, control, listener));
      }
    }
    return train(model, data, settings, Optional.empty(), listener, control);
  }

  /**
   * The same, with the shards of its batches computed elsewhere; it has the same bits.
   *
   * @throws dev.lanewise.runtime.execute.WholeBatchException if they cannot be, with the reason
   */
  public boolean train(Model model, DataSplit data, TrainSettings settings, Shards elsewhere, Listener listener, Control control) {
    return train(model, data, settings, Optional.of(elsewhere), listener, control);
  }

  private boolean train(Model model, DataSplit data, TrainSettings settings, Optional<Shards> elsewhere, Listener listener, Control control) {
    try {
      return new TrainingRun(model, data, settings, kernels, workers, this, elsewhere, listener).run(control);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same by clients that are elsewhere: they send what those here would. It is the caller who closes them.
   *
   * @param settings with a federation
   * @param clients with the same network, examples and settings
   */
  public boolean train(Model model, DataSplit data, TrainSettings settings, Listener listener, Control control, Clients clients) {
    return run(new FederatedRun(model, data, settings, FederatedRun.examples(data, settings), clients, this, control, listener));
  }

  private static boolean run(FederatedRun rounds) {
    try {
      return rounds.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The first step of such a training, by a copy of the model: nothing changes.
   *
   * @param data whose examples to train on make the batch, in their order
   */
  public OneStep step(Model model, DataSplit data, TrainSettings settings) {
    EarlyCompilation.await();
    return OneStep.of(model, data, settings, kernels, workers, preparing(model, Listener.NONE), this::goOn);
  }

  /** The same of two networks against each other; both are trained in place. */
  public boolean train(Duel duel, DataSplit data, Listener listener, Control control) {
    try {
      return new AdversarialRun(duel, data, kernels, workers, this, control, listener).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, until {@code stop} is true. */
  public boolean train(Model model, DataSplit data, TrainSettings settings, Listener listener, BooleanSupplier stop) {
    return train(model, data, settings, listener, Control.until(stop));
  }

  /**
   * Tests the model on the test split: dropout is off.
   *
   * @throws UnclearException if outputs are NaN
   * @throws StoppedException if it is told to stop
   */
  public Score test(Model model, DataSplit data, Computation loss, Listener listener) {
    long start = System.nanoTime();
    Answers answers = answers(model, tested(data.test(), data.augmentation(), loss), loss, this::goOn, preparing(model, listener));
    checkClear(model, data.test(), answers.unclear());
    Score score = answers.score();
    listener.on(new TrainEvent.Tested(model.name(), data.name(), score, (System.nanoTime() - start) / 1e9));
    return score;
  }

  /**
   * Times every stage of training on real examples, for some seconds, on one thread; the model stays as it is.
   *
   * @throws StoppedException if it is told to stop
   */
  public Profile profile(Model model, DataSplit data, Computation loss) {
    Plan plan = Plan.training(model.graph(), loss, kernels, preparing(model, Listener.NONE));
    Dataset train = seen(data.train(), null, loss);
    int[] order = IntStream.range(0, train.size() + Lanes.BLOCK).map(i -> i % train.size()).toArray();
    return plan.profile(
        model.parameters(),
        (arena, block) -> {
          goOn();
          int from = block * Lanes.BLOCK % train.size();
          if (plan.input().equals(GraphBuilder.INPUT)) {
            train.readBlock(order, from, Lanes.BLOCK, arena, plan.x());
          } else {
            read(train, plan.input(), order, from, arena, plan.x());
          }
          plan.parts().forEach(p -> read(train, p.name(), order, from, arena, p.at()));
          for (int lane = 0; lane < Lanes.BLOCK; lane++) {
            if (plan.label() >= 0) {
              train.readTarget(order[from + lane], arena, plan.label() + lane, Lanes.BLOCK);
            }
            plan.weigh(arena, lane, 1f / Lanes.BLOCK, 1f / Lanes.BLOCK);
          }
        });
  }

  private static void read(Dataset data, String part, int[] order, int from, float[] arena, int at) {
    int field = data.fields().stream().map(Field::name).toList().indexOf(part);
    for (int lane = 0; lane < Lanes.BLOCK; lane++) {
      data.readField(field, order[from + lane], arena, at + lane, Lanes.BLOCK);
    }
  }

  /** A measure of a model as it is: on the validation split, or of the last epoch of its training. */
  public double value(Model model, DataSplit data, Computation loss, Measure measure, List<TrainEvent.Epoch> epochs) {
    if (measure.validation()) {
      return score(model, data.validation(), data.augmentation(), loss).of(measure.kind());
    }
    // One that is to stop in its first epoch has none.
    return epochs.isEmpty() ? Double.NaN : epochs.getLast().train().of(measure.kind());
  }

  /** Loss and accuracy on a data set, in evaluation mode. A training wants them also of its last epoch: this does not stop. */
  Score score(Model model, Dataset data, Augmentation augmentation, Computation loss) {
    return answers(model, tested(data, augmentation, loss), loss, () -> { }, Preparation.SILENT).score();
  }

  /** @param each runs after every batch */
  private Answers answers(Model model, Dataset data, Computation loss, Runnable each, Preparation preparation) {
    BatchRunner runner = tester(model, data, loss, preparation);
    Answers answers = new Answers(runner, data, true).finding();
    run(runner, data, from -> {
      answers.add(examples(data, from));
      each.run();
    });
    return answers;
  }

  private static void checkClear(Model model, Dataset examples, int unclear) {
    if (unclear > 0) {
      throw UnclearException.of(model, examples, unclear);
    }
  }

  private void goOn() {
    if (stop.getAsBoolean()) {
      throw new StoppedException();
    }
  }

  /**
   * What the model makes of every example, in evaluation mode.
   *
   * @throws UnclearException if outputs are NaN
   * @throws StoppedException if it is told to stop
   */
  public Predictions predict(Model model, Dataset examples, Computation loss) {
    Dataset data = seen(examples, null, loss);
    BatchRunner runner = tester(model, data, loss, preparing(model, Listener.NONE));
    runner.scores().keepOutputs();
    int outputs = model.graph().output().shape().size();
    Predictions predictions = new Predictions(
        outputs, new float[Math.multiplyExact(data.size(), outputs)], new float[data.size()], Threshold.of(loss));
    run(runner, data, from -> {
      runner.scores().outputs(predictions.values(), predictions.losses(), from);
      goOn();
    });
    checkClear(model, examples, predictions.unclear());
    return predictions;
  }

  /**
   * The loss of every example, in evaluation mode; outputs are not kept.
   *
   * @throws StoppedException if it is told to stop
   */
  public float[] losses(Model model, Dataset examples, Computation loss) {
    Dataset data = seen(examples, null, loss);
    BatchRunner runner = tester(model, data, loss, preparing(model, Listener.NONE));
    runner.of(data);
    float[] losses = new float[data.size()];
    run(runner, data, from -> {
      runner.scores().losses(losses, from);
      goOn();
    });
    return losses;
  }

  /**
   * How the loss of every example changes with each number of its main part, in evaluation mode: the gradient, of the shape and in the units in which the
   * network is shown the example. With {@link Losses#output} and {@link dev.lanewise.runtime.data.Aimed} it is that of one of the network's outputs.
   *
   * <pre>{@code
   * float[][] dImages = engine.inputGradients(model, images, loss);
   * float[][] dSevens = engine.inputGradients(model, Aimed.all(images, 7, 10), Losses.output(Shape.of(10)));
   * }</pre>
   *
   * @return a row for each example
   * @throws IllegalArgumentException if the loss does not change with it, as where it is whole numbers
   * @throws StoppedException if it is told to stop
   */
  public float[][] inputGradients(Model model, Dataset data, Computation loss) {
    return differentiating(model, loss, Math.min(TEST_BATCH, data.size())).of(data);
  }

  /** The model made ready to be asked that again and again. @param most examples at once */
  public InputGradients differentiating(Model model, Computation loss, int most) {
    EarlyCompilation.await();
    return new InputGradients(differentiator(model, loss, most), most, model.graph().input().shape().size(), this::goOn);
  }

  /**
   * Examples changed by an attack, in evaluation mode, so that the network is wrong about as many of them as possible.
   *
   * @param data whose examples to test on are attacked, as the network is shown them: images with a class each, pixels from 0 to 1
   * @param count so many, the first ones
   * @param toward the class that the network is to give them; empty for any but theirs
   * @param seed of what an attack draws; the same example draws the same, whichever others there are
   * @throws StoppedException if it is told to stop
   */
  public Held attacked(Model model, DataSplit data, int count, Computation loss, Attack attack, OptionalInt toward, long seed) {
    int batch = Math.min(TEST_BATCH, count);
    Attacker attacker = attacker(model, data, loss, attack, batch);
    EarlyCompilation.await();
    attacker.pack();
    Held all = Held.of(data.test(), data.world().normalization(), 0, count);
    for (int from = 0; from < count; from += batch) {
      Held some = all.some(IntStream.range(from, Math.min(count, from + batch)).toArray());
      if (toward.isPresent()) {
        attacker.toward(some.aimed(toward.getAsInt()), seed, from, this::goOn);
      } else {
        attacker.away(some, seed, from, this::goOn);
      }
      System.arraycopy(some.values(), 0, all.values(), from * all.shape().size(), some.values().length);
    }
    return all;
  }

  /** What attacks a model, whose parameters it is to pack before. @param batch the largest that it takes through at once */
  Attacker attacker(Model model, DataSplit data, Computation loss, Attack attack, int batch) {
    return new Attacker(attack, differentiator(model, loss, batch), batch, data.train().shape(), data.world().normalization());
  }

  /** What computes how losses change with examples, in evaluation mode. @param batch the largest that will come */
  BatchRunner differentiator(Model model, Computation loss, int batch) {
    Plan plan = Plan.ofInput(model.graph(), loss, kernels, preparing(model, Listener.NONE));
    BatchRunner.checkMemory(model.name(), plan, workers, batch, 0, 0);
    return new BatchRunner(plan, workers, model.parameters(), batch);
  }

  /**
   * What one of the model's outputs is for every example, in evaluation mode, whatever it was trained by: 0 is its own, above that its further ones.
   *
   * @throws StoppedException if it is told to stop
   */
  public float[][] outputs(Model model, Dataset data, int output) {
    return asking(model, data, output, TEST_BATCH).of(data);
  }

  /**
   * The model made ready to be asked what one of its outputs is, again and again.
   *
   * @param like examples in the parts of those that it will be asked about
   * @param output 0 is its own, above that its further ones
   * @param most examples at once
   */
  public Asking asking(Model model, Dataset like, int output, int most) {
    Value value = model.graph().outputs().get(output);
    return asking(model, new GraphBuilder(model.graph()).build(value), like, most);
  }

  /**
   * The model made ready to be asked again and again what several of its values are, one after the other: what layers make of an example, each once.
   *
   * <pre>{@code float[] all = engine.asking(model, List.of(conv1, fc1), data.test(), 1).of(example)[0]; }</pre>
   *
   * @param values of the model's graph, of which every example has its own
   */
  public Asking asking(Model model, List<Value> values, Dataset like, int most) {
    GraphBuilder b = new GraphBuilder(model.graph());
    List<Value> flat = new ArrayList<>();
    for (Value value : values) {
      Reshape shape = new Reshape(value.shape(), value.shape().flat());
      flat.add(value.shape().isFlat() ? value : b.emit("asked." + value.name(), shape, value));
    }
    Value all = flat.size() == 1 ? flat.getFirst() : b.emit("asked", new Concat(flat.stream().map(Value::shape).toList()), flat.toArray(Value[]::new));
    return asking(model, b.build(all), like, most);
  }

  private Asking asking(Model model, Graph of, Dataset like, int most) {
    Model alone = model.on(of);
    Value value = of.output();
    Recipe.Builder sum = new Recipe.Builder("sum");
    sum.input(value.shape());
    Computation nothing = sum.build(sum.step("loss", Reduce.sum(value.shape(), 1), 0));
    Objective loss = new Objective(List.of(new Objective.Loss("", 1, nothing, true, List.of(Objective.Read.output(0)))), 0);
    EarlyCompilation.await();
    return new Asking(alone, tester(alone, like, loss, most, preparing(model, Listener.NONE)), most, value.shape().size(), this::goOn);
  }

  /**
   * What the units of the model's activations make of examples, in evaluation mode.
   *
   * @throws StoppedException if it is told to stop
   */
  public List<Activity> activities(Model model, Dataset data) {
    Readings readings = Readings.of(model.graph());
    return readings.isEmpty() ? List.of() : readings.activities(outputs(model.on(readings.graph()), data, 0));
  }

  /** The same of each output that is judged, by its name; the network's own has none. */
  public Map<String, Predictions> predictions(Model model, Dataset data, Computation loss) {
    BatchRunner runner = tester(model, data, loss, preparing(model, Listener.NONE));
    runner.judged().forEach(Scores::keepOutputs);
    Map<String, Predictions> all = new LinkedHashMap<>();
    runner.judged().forEach(s -> all.put(s.judged().name(), new Predictions(
        s.judged().outputs(), new float[Math.multiplyExact(data.size(), s.judged().outputs())], new float[data.size()],
        Threshold.of(Objective.of(loss, s.judged().name())))));
    run(runner, data, from -> {
      runner.judged().forEach(s -> s.outputs(all.get(s.judged().name()).values(), all.get(s.judged().name()).losses(), from));
      goOn();
    });
    checkClear(model, data, all.values().stream().mapToInt(Predictions::unclear).max().orElse(0));
    return all;
  }

  /** Tells how far a network is made ready, and stops that. */
  Preparation preparing(Model model, Listener listener) {
    return Preparation.ofLarge((done, of) -> listener.on(new TrainEvent.Preparing(model.name(), done, of)), this::goOn);
  }

  private BatchRunner tester(Model model, Dataset data, Computation loss, Preparation preparation) {
    return tester(model, data, loss, Math.min(TEST_BATCH, data.size()), preparation);
  }

  private BatchRunner tester(Model model, Dataset data, Computation loss, int batch, Preparation preparation) {
    Plan plan = Plan.testing(model.graph(), loss, kernels, preparation, batch);
    BatchRunner.checkMemory(model.name(), plan, workers, batch, 0, 0);
    BatchRunner runner = new BatchRunner(plan, workers, model.parameters(), batch);
    runner.weigh(loss);
    for (Scores scores : runner.judged()) {
      Computation own = Objective.of(loss, scores.judged().name());
      scores.decide(Threshold.of(own));
      scores.leaveOut(label -> own.weight(label) == 0);
      if (scores.judged().target() >= 0 && own.inputs().get(1).shape().size() == 1) {
        scores.keepOutputs();
      }
      if (scores.judged().target() >= 0 && own.inputs().get(1).shape().size() == scores.judged().outputs()) {
        scores.keepMarks();
        scores.keepTargets();
      }
    }
    return runner;
  }

  /** What a network is shown by such a loss: the examples, or each with others to be compared with, always the same. */
  static Dataset seen(Dataset data, Augmentation augmentation, Computation loss) {
    return loss instanceof Comparison c ? company(data, augmentation, c) : data;
  }

  private static Dataset company(Dataset data, Augmentation augmentation, Comparison loss) {
    return switch (loss) {
      case Triplet _ -> new Triplets(data, augmentation);
      case TwoViews _ -> new TwoOfEach(data, augmentation);
    };
  }

  /** The same in a test: nothing is changed, but where two views of an example are to be told from those of others. */
  private static Dataset tested(Dataset data, Augmentation augmentation, Computation loss) {
    return seen(data, loss instanceof TwoViews ? augmentation : null, loss);
  }

  /** How many examples the batch has that begins there. */
  private static int examples(Dataset data, int from) {
    return Math.min(TEST_BATCH, data.size() - from);
  }

  /** Takes all examples through, in their order. @param after told of every batch where it began */
  private static void run(BatchRunner runner, Dataset data, IntConsumer after) {
    EarlyCompilation.await();
    runner.pack();
    int[] order = IntStream.range(0, data.size()).toArray();
    for (int from = 0; from < data.size(); from += TEST_BATCH) {
      runner.run(data, order, from, examples(data, from), from);
      after.accept(from);
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
