package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.kernel.Lanes;
import dev.lanewise.runtime.kernel.UpdateKernel;
import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.symbolic.Update;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.tensor.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
  // Of the step at work.
  private final float[] scalars;
  private final Progress progress = new Progress();
  private final float[][] state;
  // Kept, so that a batch allocates nothing but the event that tells of it.
  private final IntConsumer updating = this::update;
  private final IntConsumer adding = this::add;
  private double seconds;
  /** For the compiler, before the first epoch, whose time it is part of. */
  private double waited;
  /** The learning rate of the step at work. */
  private double rate;

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
    Update update = settings.update();
    this.step = new UpdateKernel(update);
    this.scalars = new float[update.scalars().size()];
    this.runner.augment(data.augmentation());
    this.state = new float[update.state().size()][];
    Arrays.setAll(state, i -> Memory.allocate(count));
  }

  /**
   * @throws IOException if a file of {@link Keep} cannot be read or written
   */
  boolean run(Control control) throws IOException {
    Keep keep = settings.keep();
    if (keep.resume().isPresent() && Files.exists(keep.resume().get())) {
      checkpoint().read(keep.resume().get(), progress);
    }
    int examples = data.train().size();
    int batches = (examples + settings.batch() - 1) / settings.batch();
    listener.on(
        new TrainEvent.Started(
            model.name(), settings.epochs(), examples, batches,
            model.graph().parameterCount() - model.graph().bufferCount(), settings.keep().metrics()));
    if (progress.epoch > 0) {
      listener.on(new TrainEvent.Resumed(model.name(), progress.epoch));
    }
    int[] order = IntStream.range(0, examples).toArray();
    long start = System.nanoTime();
    EarlyCompilation.await();
    waited = (System.nanoTime() - start) / 1e9;
    for (int epoch = 1; epoch <= settings.epochs() && !isOver(); epoch++) {
      if (settings.shuffle()) {
        // Also for epochs that lie behind: each order comes from the one before.
        shuffle(order, epoch);
      }
      if (epoch <= progress.epoch) {
        continue;
      }
      if (!epoch(epoch, batches, order, control)) {
        listener.on(new TrainEvent.Ended(model.name(), epoch - 1, seconds, true));
        return false;
      }
    }
    takeBack();
    listener.on(new TrainEvent.Ended(model.name(), progress.epoch, seconds, false));
    return true;
  }

  private Checkpoint checkpoint() {
    return new Checkpoint(model, settings, data.train().size(), settings.optimizer().update().state(), state);
  }

  /** Whether nothing has got better for too long. */
  private boolean isOver() {
    return settings.keep().early().filter(e -> progress.epoch - progress.bestEpoch >= e.patience()).isPresent();
  }

  /** With early stopping, the network ends as it was after its best epoch. */
  private void takeBack() {
    Optional<Keep.Early> early = settings.keep().early();
    if (early.isPresent() && progress.best != null) {
      System.arraycopy(progress.best, 0, model.parameters(), 0, progress.best.length);
      if (isOver()) {
        listener.on(
            new TrainEvent.StoppedEarly(model.name(), progress.epoch, progress.bestEpoch, early.get().by(), progress.bestValue));
      }
    }
  }

  /** What is kept of an epoch. */
  private void keep(TrainEvent.Epoch epoch) throws IOException {
    Keep keep = settings.keep();
    progress.epoch = epoch.epoch();
    if (keep.early().isPresent()) {
      Measure by = keep.early().get().by();
      double value = by.of(epoch);
      if (progress.bestEpoch == 0 || by.better(value, progress.bestValue)) {
        progress.bestEpoch = epoch.epoch();
        progress.bestValue = value;
        progress.best = model.parameters().clone();
      }
    }
    if (keep.best().isPresent()) {
      Measure by = keep.best().get().by();
      double value = by.of(epoch);
      if (progress.savedEpoch == 0 || by.better(value, progress.savedValue)) {
        progress.savedEpoch = epoch.epoch();
        progress.savedValue = value;
        Safetensors.write(
            keep.best().get().file(), model.tensors(), Map.of("epoch", "" + epoch.epoch(), by.toString(), Double.toString(value)));
      }
    }
    if (keep.resume().isPresent()) {
      checkpoint().write(keep.resume().get(), progress);
    }
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

  private boolean epoch(int epoch, int batches, int[] order, Control control) throws IOException {
    Dataset train = data.train();
    double spent = waited;
    waited = 0;
    double lossSum = 0;
    int correct = 0;
    Confusion confusion = new Confusion(train.classes());
    for (int batch = 1; batch <= batches; batch++) {
      int from = (batch - 1) * settings.batch();
      int count = Math.min(settings.batch(), train.size() - from);
      long start = System.nanoTime();
      runner.pack();
      runner.run(train, order, from, count, Draws.mix(Draws.mix(settings.seed(), epoch), batch));
      double loss = runner.lossSum();
      scalars(epoch, (double) (batches * (epoch - 1) + batch - 1) / ((double) batches * settings.epochs()));
      if (!Double.isFinite(loss)) {
        throw diverged(loss, epoch, batch);
      }
      if (settings.clip() instanceof Clip.Norm(double most)) {
        workers.run(adding);
        scalars[scalars.length - 1] = scale(most);
      }
      workers.run(updating);
      spent += (System.nanoTime() - start) / 1e9;
      lossSum += loss;
      correct += runner.correct();
      runner.answers(confusion::add);
      TrainEvent.Batch told =
          new TrainEvent.Batch(model.name(), epoch, settings.epochs(), batch, batches, loss / count, spent, rate);
      listener.on(told);
      switch (control.after(told)) {
        case Control.Next.GoOn() -> { }
        case Control.Next.Stop() -> {
          seconds += spent;
          return false;
        }
        case Control.Next.Rate(double lr) -> changeRate(told, lr);
      }
    }
    seconds += spent;
    TrainEvent.Score score =
        new TrainEvent.Score(lossSum / train.size(), (double) correct / train.size(), train.size(), confusion);
    TrainEvent.Score validation =
        data.validation() == null ? null : engine.score(model, data.validation(), settings.loss());
    TrainEvent.Epoch ended = new TrainEvent.Epoch(model.name(), epoch, settings.epochs(), spent, score, validation);
    // Kept before it is told: what a user has seen is not lost.
    keep(ended);
    listener.on(ended);
    return true;
  }

  /** Brings the numbers of the step at work up to date. */
  private void scalars(int epoch, double behind) {
    Optimizer optimizer = settings.optimizer();
    rate = progress.rateFactor * settings.schedule().rate(optimizer.lr(), behind, epoch - 1);
    optimizer.scalars().at(rate, ++progress.steps, scalars);
  }

  /** From the next batch on. A schedule that is at 0 has no proportions: there the optimiser's own rate stands for it. */
  private void changeRate(TrainEvent.Batch last, double lr) {
    progress.rateFactor = rate > 0 ? progress.rateFactor * (lr / rate) : lr / settings.optimizer().lr();
    listener.on(new TrainEvent.RateChanged(model.name(), last.epoch(), last.batch(), rate, lr));
  }

  /** What brings the norm of all gradients down to the limit; they have been added up already. */
  private float scale(double most) {
    float[] gradient = runner.gradients(0, 0);
    double squares = 0;
    for (int i = first(); i < Memory.BASE + model.graph().parameterCount(); i++) {
      squares += (double) gradient[i] * gradient[i];
    }
    double norm = Math.sqrt(squares);
    return norm > most ? (float) (most / norm) : 1;
  }

  /** Where the parameters begin that are trained. */
  private int first() {
    return Memory.BASE + model.graph().bufferCount();
  }

  /** Where a worker's part of the parameters begins: whole blocks. Elementwise, so the parts do not matter. */
  private int begin(int worker) {
    int blocks = (model.graph().parameterCount() - model.graph().bufferCount() + Lanes.BLOCK - 1) / Lanes.BLOCK;
    return first() + (int) ((long) blocks * worker / workers.count()) * Lanes.BLOCK;
  }

  private void add(int worker) {
    runner.gradients(begin(worker), begin(worker + 1));
  }

  private void update(int worker) {
    int begin = begin(worker);
    int end = begin(worker + 1);
    boolean added = settings.clip() instanceof Clip.Norm;
    float[] gradient = added ? runner.gradients(begin, begin) : runner.gradients(begin, end);
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
