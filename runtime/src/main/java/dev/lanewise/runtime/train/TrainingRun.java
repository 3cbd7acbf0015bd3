package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Triplets;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.file.AtomicFile;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import dev.lanewise.runtime.optimize.Plateau;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.score.Answers;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.score.Threshold;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
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
  /** As the network is shown them. */
  private final Dataset shown;
  private final BatchRunner runner;
  private final Descent descent;
  private final Guard guard;
  private final Progress progress = new Progress();
  /** The learning rate of the step at work. */
  private double rate;
  /** For the compiler, before the first epoch, whose time it is part of. */
  private double waited;

  TrainingRun(
      Model model,
      DataSplit data,
      TrainSettings settings,
      KernelSet kernels,
      Workers workers,
      Engine engine,
      Listener listener) {
    if (Lone.occurs(model.graph(), data.train().size(), settings.batch())) {
      throw new IllegalArgumentException(
          data.train().size() + " examples in batches of " + settings.batch() + " leave one alone, and " + model.name() + " normalises by its batches");
    }
    this.model = model;
    this.data = data;
    this.settings = settings;
    this.workers = workers;
    this.engine = engine;
    this.listener = listener;
    int count = model.graph().parameterCount();
    this.runner =
        new BatchRunner(
            Plan.training(model.graph(), settings.loss(), kernels, engine.preparing(model, listener)),
            workers,
            model.parameters(),
            model.graph().output().shape().size(),
            count,
            Math.min(settings.batch(), data.train().size()));
    this.shown = Engine.seen(data.train(), data.augmentation(), settings.loss());
    this.runner.augment(shown instanceof Triplets ? null : data.augmentation());
    this.runner.weigh(settings.loss()::weight);
    this.runner.scores().decide(Threshold.of(settings.loss()));
    if (asks(Measure.Kind.AUC)) {
      runner.scores().keepOutputs();
    }
    if (asks(Measure.Kind.IOU) || asks(Measure.Kind.DICE)) {
      runner.scores().keepMarks();
    }
    this.descent = new Descent(model, settings, runner, workers);
    this.guard = new Guard(model, settings, runner);
  }

  /**
   * @throws IOException if a file of {@link Keep} cannot be read or written
   */
  boolean run(Control control) throws IOException {
    Keep keep = settings.keep();
    if (keep.resume().isPresent()) {
      AtomicFile.clear(keep.resume().get());
      if (Files.exists(keep.resume().get())) {
        checkpoint().read(keep.resume().get(), progress);
      }
    }
    int examples = data.train().size();
    int batches = (examples + settings.batch() - 1) / settings.batch();
    listener.on(
        new TrainEvent.Started(
            model.name(), settings.epochs(), examples, batches,
            model.graph().parameterCount() - model.graph().bufferCount(), settings.keep().metrics(), settings.schedule() != Schedule.CONSTANT));
    if (progress.epoch > 0) {
      listener.on(new TrainEvent.Resumed(model.name(), progress.epoch));
    }
    int[] order = IntStream.range(0, examples).toArray();
    long start = System.nanoTime();
    EarlyCompilation.await();
    waited = (System.nanoTime() - start) / 1e9;
    for (int epoch = 1; epoch <= settings.epochs() && !isOver() && !isOutOfTime(); epoch++) {
      if (settings.shuffle()) {
        // Also for epochs that lie behind: each order comes from the one before.
        shuffle(order, epoch);
      }
      if (epoch <= progress.epoch) {
        continue;
      }
      if (!epoch(epoch, batches, order, control)) {
        takeAverage();
        listener.on(new TrainEvent.Ended(model.name(), epoch - 1, progress.seconds, true));
        return false;
      }
    }
    takeAverage();
    takeBack();
    listener.on(new TrainEvent.Ended(model.name(), progress.epoch, progress.seconds, false));
    return true;
  }

  /** Then training ends with the batch at work; what has been seen of its epoch counts as one. */
  private boolean isOutOfTime() {
    return progress.seconds >= 60 * settings.minutes();
  }

  /** The network ends with the averages of its parameters, where there are any. */
  private void takeAverage() {
    if (progress.steps > 0) {
      float[] result = descent.result().parameters();
      System.arraycopy(result, 0, model.parameters(), 0, result.length);
    }
  }

  private Checkpoint checkpoint() {
    return new Checkpoint(model, settings, data.train().size(), descent.names(), descent.state());
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
      double value = epoch.of(by);
      if (progress.bestEpoch == 0 || by.better(value, progress.bestValue)) {
        progress.bestEpoch = epoch.epoch();
        progress.bestValue = value;
        progress.best = descent.result().parameters().clone();
      }
    }
    if (keep.best().isPresent()) {
      Measure by = keep.best().get().by();
      double value = epoch.of(by);
      if (progress.savedEpoch == 0 || by.better(value, progress.savedValue)) {
        progress.savedEpoch = epoch.epoch();
        progress.savedValue = value;
        Safetensors.write(
            keep.best().get().file(), descent.result().tensors(), Map.of("epoch", "" + epoch.epoch(), by.toString(), Double.toString(value)));
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

  /** @return false if it was stopped */
  private boolean epoch(int epoch, int batches, int[] order, Control control) throws IOException {
    // Others to compare with are drawn anew in each epoch.
    Dataset train = shown instanceof Triplets t ? t.drawn(Draws.mix(settings.seed(), epoch)) : shown;
    double spent = waited;
    progress.seconds += waited;
    waited = 0;
    int last = 0;
    Answers answers = new Answers(train, model.graph().output().shape().size(), asks(Measure.Kind.AUC));
    for (int batch = 1; batch <= batches; batch++) {
      int from = (batch - 1) * settings.batch();
      int count = Math.min(settings.batch(), train.size() - from);
      long start = System.nanoTime();
      if (isFirstOfStep(batch)) {
        runner.pack();
      }
      runner.run(
          train, order, from, count, Draws.mix(Draws.mix(settings.seed(), epoch), batch), weightOfStep(order, batch), isFirstOfStep(batch));
      double objective = runner.scores().objectiveSum();
      if (!Double.isFinite(objective)) {
        throw guard.ofLoss(objective, epoch, batch);
      }
      rate = rate(epoch, batch, batches);
      if ((isFirstOfStep(batch + 1) || batch == batches) && !descent.step(rate, ++progress.steps)) {
        throw guard.ofGradient(epoch, batch);
      }
      double took = (System.nanoTime() - start) / 1e9;
      spent += took;
      progress.seconds += took;
      answers.add(runner, count);
      TrainEvent.Batch told =
          new TrainEvent.Batch(model.name(), epoch, settings.epochs(), batch, batches, runner.scores().lossSum() / runner.weight(), spent, rate);
      listener.on(told);
      switch (control.after(told)) {
        case Control.Next.GoOn() -> { }
        case Control.Next.Stop() -> {
          return false;
        }
        case Control.Next.Rate(double lr) -> changeRate(told, lr);
      }
      last = batch;
      if (isOutOfTime()) {
        break;
      }
    }
    Score validation =
        data.validation() == null ? null : engine.score(descent.result(), data.validation(), settings.loss());
    TrainEvent.Epoch ended = new TrainEvent.Epoch(
        model.name(), epoch, settings.epochs(), spent, answers.score(), validation, rate, answers.objective());
    plateau(ended);
    // Kept before it is told: what a user has seen is not lost.
    keep(ended);
    listener.on(ended);
    if (progress.lowered) {
      listener.on(new TrainEvent.RateLowered(model.name(), epoch, progress.rate));
    }
    if (isOutOfTime()) {
      listener.on(new TrainEvent.OutOfTime(model.name(), epoch, last, batches, progress.seconds));
    }
    return true;
  }

  /** From the next batch on. A schedule that is at 0 has no proportions: there the optimiser's own rate stands for it. */
  private void changeRate(TrainEvent.Batch last, double lr) {
    progress.rateFactor = rate > 0 ? progress.rateFactor * (lr / rate) : lr / settings.optimizer().lr();
    listener.on(new TrainEvent.RateChanged(model.name(), last.epoch(), last.batch(), rate, lr));
  }

  /** Whether any number that is told or compared needs it of the training examples. */
  private boolean asks(Measure.Kind kind) {
    Keep keep = settings.keep();
    return keep.metrics().contains(kind)
        || keep.early().filter(e -> e.by().kind() == kind).isPresent()
        || keep.best().filter(b -> b.by().kind() == kind).isPresent()
        || settings.schedule() instanceof Plateau p && p.by().kind() == kind;
  }

  private boolean isFirstOfStep(int batch) {
    return (batch - 1) % settings.accumulate() == 0;
  }

  /** What the examples count of the batches whose gradients are put together with this one's. */
  private double weightOfStep(int[] order, int batch) {
    long first = (long) (batch - 1) / settings.accumulate() * settings.accumulate() * settings.batch();
    long end = Math.min(first + (long) settings.accumulate() * settings.batch(), data.train().size());
    return runner.weight(data.train(), order, (int) first, (int) (end - first));
  }

  /** The learning rate of the step that a batch is part of: batches that make one step count once. */
  private double rate(int epoch, int batch, int batches) {
    long ofEpoch = (batches + settings.accumulate() - 1L) / settings.accumulate();
    long step = ofEpoch * (epoch - 1) + (batch - 1) / settings.accumulate();
    double base = Double.isNaN(progress.rate) ? settings.optimizer().lr() : progress.rate;
    return progress.rateFactor * settings.schedule().rate(base, step, ofEpoch * settings.epochs(), epoch - 1);
  }

  /** A schedule that waits for a plateau looks at every epoch. */
  private void plateau(TrainEvent.Epoch epoch) {
    progress.lowered = false;
    if (settings.schedule() instanceof Plateau plateau) {
      double rate = Double.isNaN(progress.rate) ? settings.optimizer().lr() : progress.rate;
      progress.rate = plateau.next(rate, epoch.of(plateau.by()), progress.plateau);
      progress.lowered = progress.rate != rate;
    }
  }
}
