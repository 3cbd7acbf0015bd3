package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Noised;
import dev.lanewise.runtime.differentiate.Adversaries;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.score.Score;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One call of train against: in every batch a step of the critic, and after some of them one of the generator. */
final class AdversarialRun {
  /** Keeps the noise of the two steps of a batch apart. */
  private static final long OF_CRITIC = 0x637269746963L;
  private static final long OF_GENERATOR = 0x67656e6572L;

  private final Duel duel;
  private final DataSplit data;
  private final TrainSettings settings;
  private final Listener listener;
  private final Noised shown;
  private final Side generator;
  private final Side critic;
  private final Progress progress = new Progress(Birth.now());
  private final Steering steering;
  private double waited;

  AdversarialRun(Duel duel, DataSplit data, KernelSet kernels, Workers workers, Engine engine, Control control, Listener listener) {
    this.duel = duel;
    this.data = data;
    this.listener = listener;
    this.settings = duel.settings().with(Adversaries.OUTPUT).with(Keep.NOTHING);
    this.shown = new Noised(data.train(), Adversaries.NOISE, duel.generator().graph().input().shape(), duel.noise());
    Adversaries graphs = new Adversaries(side(duel.generator()), side(duel.critic()), duel.loss());
    Setup setup = new Setup(kernels, workers, engine);
    this.generator = new Side(duel.generator(), graphs.ofGenerator(), settings, null, setup);
    this.critic = new Side(duel.critic(), graphs.ofCritic(), of(duel.optimizer()), data.augmentation(), setup);
    generator.meets(critic);
    critic.meets(generator);
    this.steering = new Steering(settings, generator.rates, progress, _ -> { }, List.of(), control, listener);
  }

  private static Adversaries.Side side(Model model) {
    return new Adversaries.Side(model.name(), model.graph(), p -> model.values(p.name()));
  }

  /** The critic's: nobody averages it. */
  private TrainSettings of(Optimizer optimizer) {
    return new TrainSettings(
        settings.epochs(), settings.batch(), settings.shuffle(), settings.seed(), settings.loss(), optimizer, settings.schedule(), settings.clip(),
        settings.keep(), 1, settings.minutes(), 0, settings.changes());
  }

  /** What both are made with. */
  private record Setup(KernelSet kernels, Workers workers, Engine engine) {}

  /** One of the two. */
  private final class Side {
    /** As others see it. */
    private final Model own;
    /** With the other one as constants. */
    private final Model model;
    private final BatchRunner runner;
    private final Descent descent;
    private final Rates rates;
    private final Guard guard;
    private final Transfer back;
    private Transfer across;
    private float[] other;
    private int steps;
    private double sum;
    private double counted;
    private double loss;

    Side(Model own, Graph graph, TrainSettings ofSide, Augmentation augmentation, Setup setup) {
      this.own = own;
      this.model = own.on(graph);
      Plan plan = Plan.training(graph, Adversaries.OUTPUT, setup.kernels, setup.engine.preparing(own, listener));
      this.runner = new BatchRunner(plan, setup.workers, model.parameters(), Math.min(settings.batch(), shown.size()));
      runner.augment(augmentation);
      this.descent = new Descent(model, ofSide, runner, setup.workers);
      this.rates = new Rates(ofSide, progress);
      this.guard = new Guard(model, ofSide, data, runner);
      this.back = new Transfer(model, own, "");
    }

    void meets(Side rival) {
      across = new Transfer(model, rival.model, own.name() + ".");
      other = rival.model.parameters();
    }

    void step(int[] order, int from, int count, int epoch, int batch, int batches, long key, long noise) {
      shown.draw(Draws.mix(key, noise));
      runner.pack();
      runner.run(shown, order, from, count, Draws.mix(key, noise));
      Guard.Step step = new Guard.Step(order, from, from + count);
      double objective = runner.scores().objectiveSum();
      if (!Double.isFinite(objective)) {
        throw guard.ofLoss(objective, step, epoch, batch);
      }
      loss = objective / count;
      sum += objective;
      counted += count;
      if (!descent.step(rates.at(epoch, batch, batches), ++steps)) {
        throw guard.ofGradient(step, epoch, batch);
      }
      across.copy(model.parameters(), other);
      back.copy(model.parameters(), own.parameters());
    }

    /** It ends with the averages of its parameters, where there are any. */
    void takeAverage() {
      if (steps > 0) {
        back.copy(descent.result().parameters(), own.parameters());
      }
    }

    Score score() {
      return new Score(sum / counted, Double.NaN, shown.size());
    }

    void beginEpoch() {
      sum = 0;
      counted = 0;
    }
  }

  boolean run() throws IOException {
    int examples = shown.size();
    int batches = settings.batches(examples);
    int parameters = count(duel.generator()) + count(duel.critic());
    listener.on(new TrainEvent.Started(
        duel.generator().name(), settings.epochs(), examples, batches, parameters, List.of(),
        settings.schedule() != Schedule.CONSTANT || !settings.changes().isEmpty(), progress.birth, Optional.empty()));
    int[] order = IntStream.range(0, examples).toArray();
    long start = System.nanoTime();
    EarlyCompilation.await();
    waited = (System.nanoTime() - start) / 1e9;
    for (int epoch = 1; epoch <= settings.epochs() && !isOutOfTime(); epoch++) {
      if (settings.shuffle()) {
        Shuffle.inPlace(order, settings.seed(), epoch);
      }
      Steering.Course course = epoch(epoch, batches, order);
      if (course != Steering.Course.GO_ON) {
        return ended(epoch - 1, course == Steering.Course.STOP);
      }
    }
    return ended(progress.epoch, false);
  }

  private static int count(Model model) {
    return model.graph().parameterCount() - model.graph().bufferCount();
  }

  private boolean ended(int epochs, boolean stopped) {
    generator.takeAverage();
    listener.on(new TrainEvent.Ended(duel.generator().name(), epochs, progress.seconds, stopped));
    return !stopped;
  }

  private boolean isOutOfTime() {
    return progress.seconds >= 60 * settings.minutes();
  }

  private Steering.Course epoch(int epoch, int batches, int[] order) throws IOException {
    double spent = waited;
    progress.seconds += waited;
    waited = 0;
    int last = 0;
    generator.beginEpoch();
    critic.beginEpoch();
    for (int batch = 1; batch <= batches; batch++) {
      int from = (batch - 1) * settings.batch();
      int count = Math.min(settings.batch(), shown.size() - from);
      long start = System.nanoTime();
      long key = Draws.mix(Draws.mix(settings.seed(), epoch), batch);
      critic.step(order, from, count, epoch, batch, batches, key, OF_CRITIC);
      // The first batch of an epoch is always one of them, so that both have a loss.
      if ((batch - 1) % duel.steps() == 0) {
        generator.step(order, from, count, epoch, batch, batches, key, OF_GENERATOR);
      }
      double took = (System.nanoTime() - start) / 1e9;
      spent += took;
      progress.seconds += took;
      TrainEvent.Batch told = new TrainEvent.Batch(
          duel.generator().name(), epoch, settings.epochs(), batch, batches, generator.loss, spent, generator.rates.ofStep());
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
    progress.epoch = epoch;
    Score both = generator.score().with(Map.of(duel.critic().name(), critic.score()));
    TrainEvent.Epoch ended =
        new TrainEvent.Epoch(duel.generator().name(), epoch, settings.epochs(), spent, both, null, generator.rates.ofStep());
    listener.on(ended);
    if (isOutOfTime()) {
      listener.on(new TrainEvent.OutOfTime(duel.generator().name(), epoch, last, batches, progress.seconds));
    }
    return Steering.Course.GO_ON;
  }
}
