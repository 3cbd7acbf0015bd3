package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.kernel.Lanes;
import dev.lanewise.runtime.kernel.UpdateKernel;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.symbolic.Update;
import dev.lanewise.runtime.tensor.Memory;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/** One call of train: epochs of batches, each forward, backward, and a step of the optimiser. */
final class TrainingRun {
  private final Model model;
  private final DataSplit data;
  private final TrainSettings settings;
  private final Workers workers;
  private final Engine engine;
  private final Listener listener;
  private final BatchRunner runner;
  private final UpdateKernel step;
  private final float[] scalars;
  private final float[][] state;
  // Kept, so that a batch allocates nothing but the event that tells of it.
  private final IntConsumer updating = this::update;
  private double seconds;

  TrainingRun(
      Model model,
      DataSplit data,
      TrainSettings settings,
      KernelSet kernels,
      Workers workers,
      Engine engine,
      Listener listener) {
    this.model = model;
    this.data = data;
    this.settings = settings;
    this.workers = workers;
    this.engine = engine;
    this.listener = listener;
    int count = model.graph().parameterCount();
    this.runner =
        new BatchRunner(
            Plan.training(model.graph(), settings.loss(), kernels),
            workers,
            model.parameters(),
            model.graph().output().shape().size(),
            count,
            Math.min(settings.batch(), data.train().size()));
    Update update = settings.optimizer().update();
    this.step = new UpdateKernel(update);
    this.scalars = settings.optimizer().scalars();
    this.state = new float[update.state().size()][];
    java.util.Arrays.setAll(state, i -> Memory.allocate(count));
  }

  boolean run(BooleanSupplier stop) {
    int examples = data.train().size();
    int batches = (examples + settings.batch() - 1) / settings.batch();
    listener.on(
        new TrainEvent.Started(
            model.name(), settings.epochs(), examples, batches, model.graph().parameterCount()));
    int[] order = IntStream.range(0, examples).toArray();
    for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
      if (settings.shuffle()) {
        shuffle(order, epoch);
      }
      if (!epoch(epoch, batches, order, stop)) {
        listener.on(new TrainEvent.Ended(model.name(), epoch - 1, seconds, true));
        return false;
      }
    }
    listener.on(new TrainEvent.Ended(model.name(), settings.epochs(), seconds, false));
    return true;
  }

  /** Fisher and Yates, by a generator that depends on seed and epoch alone. */
  private void shuffle(int[] order, int epoch) {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(Draws.mix(settings.seed(), epoch));
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  private boolean epoch(int epoch, int batches, int[] order, BooleanSupplier stop) {
    Dataset train = data.train();
    double spent = 0;
    double lossSum = 0;
    int correct = 0;
    for (int batch = 1; batch <= batches; batch++) {
      int from = (batch - 1) * settings.batch();
      int count = Math.min(settings.batch(), train.size() - from);
      long start = System.nanoTime();
      runner.pack();
      runner.run(train, order, from, count, Draws.mix(Draws.mix(settings.seed(), epoch), batch));
      double loss = runner.lossSum();
      if (!Double.isFinite(loss)) {
        throw diverged(loss, epoch, batch);
      }
      workers.run(updating);
      spent += (System.nanoTime() - start) / 1e9;
      lossSum += loss;
      correct += runner.correct();
      listener.on(
          new TrainEvent.Batch(
              model.name(), epoch, settings.epochs(), batch, batches, loss / count, spent));
      if (stop.getAsBoolean()) {
        seconds += spent;
        return false;
      }
    }
    seconds += spent;
    TrainEvent.Score score =
        new TrainEvent.Score(lossSum / train.size(), (double) correct / train.size(), train.size());
    TrainEvent.Score validation =
        data.validation() == null ? null : engine.score(model, data.validation(), settings.loss());
    listener.on(new TrainEvent.Epoch(model.name(), epoch, settings.epochs(), spent, score, validation));
    return true;
  }

  /** Each worker updates its part of the parameters, whole blocks: elementwise, so the parts do not matter. */
  private void update(int worker) {
    int blocks = (model.graph().parameterCount() + Lanes.BLOCK - 1) / Lanes.BLOCK;
    int begin = Memory.BASE + (int) ((long) blocks * worker / workers.count()) * Lanes.BLOCK;
    int end = Memory.BASE + (int) ((long) blocks * (worker + 1) / workers.count()) * Lanes.BLOCK;
    float[] gradient = runner.gradients(begin, end);
    step.run(model.parameters(), gradient, state, scalars, begin, end);
  }

  private DivergedException diverged(double loss, int epoch, int batch) {
    String where =
        model.notFinite()
            .map(name -> name + " holds values that are not finite")
            .orElse("the parameters are still finite: look for inputs or a loss that overflow");
    return new DivergedException(
        String.format(
            Locale.ROOT,
            "the loss of %s became %s in epoch %d, batch %d; %s. A learning rate that is too high is the usual cause: try a"
                + " tenth of it",
            model.name(),
            Double.isNaN(loss) ? "NaN" : "infinite",
            epoch,
            batch,
            where));
  }
}
