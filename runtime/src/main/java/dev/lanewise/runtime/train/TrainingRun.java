package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.Company;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Shards;
import dev.lanewise.runtime.execute.WholeBatchException;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.file.AtomicFile;
import dev.lanewise.runtime.file.Claim;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.score.Answers;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.vital.Recorder;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;

/** One call of train: epochs of batches, each forward, backward, and a step of the optimiser. */
final class TrainingRun {
  private final Model model;
  private final DataSplit data;
  private final TrainSettings settings;
  private final KernelSet kernels;
  private final Workers workers;
  private final Engine engine;
  private final Listener listener;
  private final Optional<Shards> elsewhere;
  private final Descent descent;
  private final Progress progress = new Progress(Birth.now());
  private final Rates rates;
  private final Recorder recorder;
  private final RunFiles files;
  /** Empty where examples are learned as they are. */
  private final Optional<Hardening> hardening;
  private Steering steering;
  // Of the epoch at work.
  private int size;
  private BatchRunner runner;
  /** Examples as the network is shown them. */
  private Dataset shown;
  /** The examples of a batch that has been read. */
  private int[] inOrder;
  private boolean overfitted;
  /** For the compiler, before the first epoch, whose time it is part of. */
  private double waited;

  /** @param elsewhere computes shards; empty where all are computed here @throws dev.lanewise.runtime.tensor.MemoryException if it would need more memory than there is */
  TrainingRun(
      Model model,
      DataSplit data,
      TrainSettings settings,
      KernelSet kernels,
      Workers workers,
      Engine engine,
      Optional<Shards> elsewhere,
      Listener listener) {
    if (Lone.occurs(model.graph(), data.train().size(), settings.batch())) {
      throw new IllegalArgumentException(
          data.train().size() + " examples in batches of " + settings.batch() + " leave one alone, and " + model.name() + " normalises by its batches");
    }
    this.model = model;
    this.data = data;
    this.settings = settings;
    this.kernels = kernels;
    this.workers = workers;
    this.engine = engine;
    this.elsewhere = elsewhere;
    this.listener = listener;
    prepare(settings.batch());
    this.descent = new Descent(model, settings, runner, workers);
    this.rates = new Rates(settings, progress);
    this.hardening = settings.adversarial().map(_ -> new Hardening(model, data, settings, size, engine));
    this.recorder = new Recorder(model.graph(), (long) settings.epochs() * settings.batches(data.train().size()) / settings.accumulate());
    this.files = new RunFiles(model, settings, data, descent, progress);
  }

  /** Makes ready what takes batches through the network. @throws dev.lanewise.runtime.tensor.MemoryException if there is not the memory for batches of that size */
  private void prepare(int examples) {
    size = examples;
    // What there was for another size makes room.
    runner = null;
    int count = model.graph().parameterCount();
    Batches batches = Batches.of(
        model, data, settings, size, kernels, workers, engine.preparing(model, listener), (long) count * Descent.kept(settings), (long) count * RunFiles.copies(settings));
    runner = batches.runner();
    shown = batches.shown();
    if (elsewhere.isPresent()) {
      if (shown instanceof Company) {
        throw new WholeBatchException("each example is compared with others, which are drawn anew in each epoch");
      }
      if (size != settings.batch()) {
        throw new WholeBatchException("the size of its batches changes on the way");
      }
      runner.spread(elsewhere.get());
    }
    inOrder = IntStream.range(0, settings.adversarial().isPresent() ? Math.min(size, data.train().size()) : 0).toArray();
  }

  /** Before an epoch, if what has been changed says so. */
  private void resize(int examples) {
    if (examples != size) {
      descent.follow(null);
      prepare(examples);
      descent.follow(runner);
      EarlyCompilation.await();
      hardening.ifPresent(h -> h.resize(model, size));
    }
  }

  private Guard guard() {
    return new Guard(model, settings, data, runner);
  }

  /**
   * @throws IOException if a file of {@link Keep} cannot be read or written
   */
  boolean run(Control control) throws IOException {
    // Held while anything is written: files are made from what one process knows.
    try (Claim _ = Claim.of(settings.keep().resume())) {
      steering = new Steering(settings, rates, progress, files::note, files.begin(), control, listener);
      return run();
    }
  }

  private boolean run() throws IOException {
    int examples = data.train().size();
    listener.on(
        new TrainEvent.Started(
            model.name(), settings.epochs(), examples, settings.batches(examples, progress.epoch + 1, progress.changes),
            model.graph().parameterCount() - model.graph().bufferCount(), settings.keep().metrics(),
            settings.schedule() != Schedule.CONSTANT || !settings.changes().isEmpty(), progress.birth, hardening.map(Hardening::probe)));
    if (progress.epoch > 0) {
      listener.on(new TrainEvent.Resumed(model.name(), progress.epoch, progress.journal()));
    }
    int[] order = IntStream.range(0, examples).toArray();
    long start = System.nanoTime();
    EarlyCompilation.await();
    if (progress.epoch > 0) {
      hardening.ifPresent(h -> h.keep(h.look(descent.result()), descent.result().parameters()));
    }
    waited = (System.nanoTime() - start) / 1e9;
    for (int epoch = 1; epoch <= settings.epochs() && !isOver() && !isOutOfTime() && !overfitted; epoch++) {
      if (settings.shuffle()) {
        // Also for epochs that lie behind: each order comes from the one before.
        Shuffle.inPlace(order, settings.seed(), epoch);
      }
      if (epoch <= progress.epoch) {
        continue;
      }
      resize(Change.size(progress.changes, epoch, settings.batch()));
      Steering.Course course = epoch(epoch, settings.batches(examples, epoch, progress.changes), order);
      if (course != Steering.Course.GO_ON) {
        takeAverage();
        listener.on(new TrainEvent.Watched(model.name(), recorder.vitals()));
        listener.on(new TrainEvent.Ended(model.name(), epoch - 1, progress.seconds, true));
        return course == Steering.Course.END;
      }
    }
    takeAverage();
    takeBack();
    listener.on(new TrainEvent.Watched(model.name(), recorder.vitals()));
    listener.on(new TrainEvent.Ended(model.name(), progress.epoch, progress.seconds, false));
    return true;
  }

  /** Then training ends with the batch at work; what has been seen of its epoch counts as one. */
  private boolean isOutOfTime() {
    return progress.seconds >= 60 * settings.minutes();
  }

  /** The network ends with the averages of its parameters, where there are any. */
  private void takeAverage() {
    if (progress.steps > 0 && !overfitted) {
      float[] result = descent.result().parameters();
      System.arraycopy(result, 0, model.parameters(), 0, result.length);
    }
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

  private Steering.Course epoch(int epoch, int batches, int[] order) throws IOException {
    // Others to compare with are drawn anew in each epoch.
    Dataset train = shown instanceof Company c ? c.drawn(Draws.mix(settings.seed(), epoch)) : shown;
    double spent = waited;
    progress.seconds += waited;
    waited = 0;
    int last = 0;
    Answers answers = new Answers(runner, train, settings.asks(Measure.Kind.AUC));
    if (settings.asks(Measure.Kind.MAP50)) {
      answers.finding();
    }
    for (int batch = 1; batch <= batches; batch++) {
      int from = (batch - 1) * size;
      int count = Math.min(size, train.size() - from);
      long start = System.nanoTime();
      if (isFirstOfStep(batch)) {
        runner.pack();
        hardening.ifPresent(Hardening::pack);
      }
      run(train, order, from, count, Draws.mix(Draws.mix(settings.seed(), epoch), batch), batch);
      double objective = runner.scores().objectiveSum();
      if (!Double.isFinite(objective)) {
        throw guard().ofLoss(objective, step(order, batch, from + count), epoch, batch);
      }
      double rate = rates.at(epoch, batch, batches);
      if ((isFirstOfStep(batch + 1) || batch == batches) && !step(rate)) {
        throw guard().ofGradient(step(order, batch, from + count), epoch, batch);
      }
      double took = (System.nanoTime() - start) / 1e9;
      spent += took;
      progress.seconds += took;
      answers.add(count);
      TrainEvent.Batch told =
          new TrainEvent.Batch(model.name(), epoch, settings.epochs(), batch, batches, runner.loss(), spent, rate);
      listener.on(told);
      Steering.Course course = steering.after(told);
      if (course != Steering.Course.GO_ON) {
        return course;
      }
      last = batch;
      if (isOutOfTime()) {
        break;
      }
    }
    Score validation =
        data.validation() == null ? null : engine.score(descent.result(), data.validation(), data.augmentation(), settings.loss());
    Optional<Withstood> withstood = hardening.map(h -> h.look(descent.result()));
    if (withstood.isPresent() && hasOverfitted(withstood.get(), answers.score().accuracy(), epoch)) {
      return Steering.Course.GO_ON;
    }
    TrainEvent.Epoch ended = new TrainEvent.Epoch(
        model.name(), epoch, settings.epochs(), spent, answers.score(), validation, rates.ofStep(), objective(answers), withstood);
    rates.look(ended);
    // Kept before it is told: what a user has seen is not lost.
    files.commit(ended);
    listener.on(ended);
    if (progress.lowered) {
      listener.on(new TrainEvent.RateLowered(model.name(), epoch, progress.rate));
    }
    if (isOutOfTime()) {
      listener.on(new TrainEvent.OutOfTime(model.name(), epoch, last, batches, progress.seconds));
    }
    return Steering.Course.GO_ON;
  }

  /** Takes a batch through the network: as it is, or attacked. */
  private void run(Dataset train, int[] order, int from, int count, long key, int batch) {
    double[] weights = weightsOfStep(order, batch);
    if (hardening.isPresent()) {
      runner.run(hardening.get().of(order, from, count, key), inOrder, 0, count, key, weights, isFirstOfStep(batch));
    } else {
      runner.run(train, order, from, count, key, weights, isFirstOfStep(batch));
    }
  }

  /** Then the epoch does not count, and training ends. */
  private boolean hasOverfitted(Withstood now, double own, int epoch) {
    Optional<TrainEvent.Overfitted> found = hardening.orElseThrow().collapsed(now, own, epoch);
    if (found.isPresent()) {
      hardening.get().takeBack(model);
      overfitted = true;
      listener.on(found.get());
    } else {
      hardening.get().keep(now, descent.result().parameters());
    }
    return found.isPresent();
  }

  /** What is trained, where that is more than the loss that is told. */
  private double objective(Answers answers) {
    return settings.loss() instanceof Objective o && o.hasHeads() ? answers.objective() : Double.NaN;
  }

  /** False if a gradient was no number. */
  private boolean step(double rate) {
    int step = ++progress.steps;
    boolean noted = recorder.isDue(step);
    if (noted) {
      recorder.before(model.parameters());
    }
    boolean stepped = descent.step(rate, step);
    if (noted && stepped) {
      // They have been added up.
      recorder.after(step, runner.loss(), model.parameters(), runner.gradients(0, 0));
    }
    return stepped;
  }

  private boolean isFirstOfStep(int batch) {
    return (batch - 1) % settings.accumulate() == 0;
  }

  private Guard.Step step(int[] order, int batch, int end) {
    return new Guard.Step(order, (int) firstOfStep(batch), end);
  }

  /** The place of the first example of the batches whose gradients are put together with this one's. */
  private long firstOfStep(int batch) {
    return (long) (batch - 1) / settings.accumulate() * settings.accumulate() * size;
  }

  /** What the examples count of those batches. */
  private double[] weightsOfStep(int[] order, int batch) {
    long first = firstOfStep(batch);
    long end = Math.min(first + (long) settings.accumulate() * size, data.train().size());
    return runner.weights(data.train(), order, (int) first, (int) (end - first));
  }
}
