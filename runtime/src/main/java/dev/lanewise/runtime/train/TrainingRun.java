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
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.symbolic.Update;
import dev.lanewise.runtime.tensor.Memory;
import java.util.Arrays;
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
  // Of the step at work.
  private float[] scalars;
  private int steps;
  private final float[][] state;
  // Kept, so that a batch allocates nothing but the event that tells of it.
  private final IntConsumer updating = this::update;
  private final IntConsumer adding = this::add;
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
    Update update = clipped(settings.optimizer().update());
    this.step = new UpdateKernel(update);
    this.state = new float[update.state().size()][];
    Arrays.setAll(state, i -> Memory.allocate(count));
  }

  boolean run(BooleanSupplier stop) {
    int examples = data.train().size();
    int batches = (examples + settings.batch() - 1) / settings.batch();
    listener.on(
        new TrainEvent.Started(
            model.name(), settings.epochs(), examples, batches,
            model.graph().parameterCount() - model.graph().bufferCount()));
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
      scalars = scalars(epoch, (double) (batches * (epoch - 1) + batch - 1) / ((double) batches * settings.epochs()));
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

  /** The numbers of a step, and the factor of the gradients behind them. */
  private float[] scalars(int epoch, double progress) {
    Optimizer optimizer = settings.optimizer();
    float[] own = optimizer.scalars().at(settings.schedule().rate(optimizer.lr(), progress, epoch - 1), ++steps);
    return Arrays.copyOf(own, own.length + 1);
  }

  /** The update for gradients that are limited first. */
  private Update clipped(Update update) {
    Term g = Term.variable("g");
    return switch (settings.clip()) {
      case Clip.None _ -> update;
      case Clip.Value(double most) -> update.replace(g, g.max(Term.number(-most)).min(Term.number(most)));
      case Clip.Norm _ -> update.replace(g, g.times(Term.variable("scale"))).withScalar("scale");
    };
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
