package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.federate.Federation;
import dev.lanewise.runtime.federate.Method;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.tensor.Memory;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A training that clients do together: see {@link Federation}. Each round is told as an epoch is. A client is the work of one thread, and what clients send is added in their order: so bits do not depend on threads.
 */
final class FederatedRun {
  private static final long CHOICE = 0x63686f696365L;

  private final Model model;
  private final DataSplit data;
  private final TrainSettings settings;
  private final Federation federation;
  private final Workers workers;
  private final Engine engine;
  private final Control control;
  private final Listener listener;
  private final int[][] mine;
  private final Seat[] seats;
  private final int first = Memory.BASE;
  private final int end;
  private final double[] sum;
  private final double[] momentum;
  private final double[] squares;
  /** Of SCAFFOLD: the server's control variate, and those of the clients that have taken part. */
  private final float[] control0;
  private final float[][] controls;

  FederatedRun(Model model, DataSplit data, TrainSettings settings, KernelSet kernels, Workers workers, Engine engine, Control control, Listener listener) {
    this.model = model;
    this.data = data;
    this.settings = settings;
    this.federation = settings.federation().orElseThrow();
    this.workers = workers;
    this.engine = engine;
    this.control = control;
    this.listener = listener;
    this.mine = federation.partition().of(data.train(), federation.clients(), settings.seed());
    int most = Arrays.stream(mine).mapToInt(m -> m.length).max().orElseThrow();
    int batch = federation.batch() == 0 ? most : Math.min(federation.batch(), most);
    Plan plan = Plan.training(model.graph(), settings.loss(), kernels, engine.preparing(model, listener), false);
    long kept = (long) model.graph().parameterCount() * (Descent.kept(settings) + 2);
    BatchRunner.checkMemory(model.name(), plan, workers, batch, kept * workers.count(), (long) model.graph().parameterCount() * (federation.method().corrects() ? federation.clients() : 0));
    this.seats = new Seat[Math.min(workers.count(), federation.chosen())];
    Arrays.setAll(seats, _ -> new Seat(plan, batch));
    this.end = first + model.graph().parameterCount();
    this.sum = new double[end];
    this.momentum = new double[end];
    this.squares = new double[end];
    this.control0 = new float[federation.method().corrects() ? end : 0];
    this.controls = new float[federation.method().corrects() ? federation.clients() : 0][];
  }

  /** What a client has come to. */
  private record Sent(int examples, double lossSum, long correct, boolean isBroken) {}

  /** The place of a client at work: a network of its own, and what trains it, on one thread. */
  private final class Seat {
    final Model own = model.copy();
    final Workers alone = new Workers(1);
    final BatchRunner runner;
    final Descent descent;
    final float[] before = new float[model.parameters().length];
    int client;
    Sent sent;

    Seat(Plan plan, int batch) {
      runner = new BatchRunner(plan, alone, own.parameters(), batch);
      runner.augment(data.augmentation());
      runner.weigh(settings.loss());
      descent = new Descent(own, settings, runner, alone);
    }

    void train(int round) {
      System.arraycopy(model.parameters(), 0, own.parameters(), 0, own.parameters().length);
      descent.forget();
      int[] order = mine[client].clone();
      int size = federation.batch() == 0 ? order.length : Math.min(federation.batch(), order.length), steps = 0;
      double lossSum = 0;
      long correct = 0;
      boolean broken = false;
      Dataset train = data.train();
      for (int epoch = 1; epoch <= federation.epochs() && !broken; epoch++) {
        long key = Draws.mix(Draws.mix(Draws.mix(settings.seed(), round), client), epoch);
        if (settings.shuffle()) {
          System.arraycopy(mine[client], 0, order, 0, order.length);
          Shuffle.inPlace(order, key, epoch);
        }
        lossSum = 0;
        correct = 0;
        for (int from = 0; from < order.length && !broken; from += size) {
          int count = Math.min(size, order.length - from);
          runner.pack();
          runner.run(train, order, from, count, Draws.mix(key, from));
          lossSum += runner.loss() * count;
          correct += runner.scores().areClasses() ? runner.scores().correct() : 0;
          correct(settings.optimizer().lr());
          broken = !Double.isFinite(runner.loss()) || !descent.step(settings.optimizer().lr(), ++steps);
        }
      }
      if (federation.method().corrects()) {
        remember(steps, settings.optimizer().lr());
      }
      sent = new Sent(order.length, lossSum, correct, broken);
    }

    /** The part of a step that is not of the gradient: towards the server's parameters, or along the difference of the control variates. */
    private void correct(double rate) {
      Method method = federation.method();
      float[] w = own.parameters();
      if (method.mu() > 0) {
        float pull = (float) (rate * method.mu());
        for (int i = trained(); i < end; i++) {
          w[i] -= pull * (w[i] - model.parameters()[i]);
        }
      }
      if (method.corrects()) {
        float[] mineNow = controls[client];
        for (int i = trained(); i < end; i++) {
          w[i] -= (float) rate * (control0[i] - (mineNow == null ? 0 : mineNow[i]));
        }
      }
    }

    /** c of this client ← c - c of the server + (x - y) / (steps · rate): what of it is new is left in {@code before}. */
    private void remember(int steps, double rate) {
      float[] now = new float[end];
      for (int i = trained(); i < end; i++) {
        float old = controls[client] == null ? 0 : controls[client][i];
        now[i] = (float) (old - control0[i] + (model.parameters()[i] - own.parameters()[i]) / (steps * rate));
        before[i] = now[i] - old;
      }
      next = now;
    }

    private float[] next;

    /** After everybody has used the old ones. */
    void take() {
      if (federation.method().corrects()) {
        controls[client] = next;
        for (int i = trained(); i < end; i++) {
          change[i] += before[i];
        }
      }
    }
  }

  /** Of SCAFFOLD: how the clients' control variates have changed in this round. */
  private double[] change = new double[0];

  private int trained() {
    return Memory.BASE + model.graph().bufferCount();
  }

  /** False if it was stopped. */
  boolean run() {
    int rounds = settings.epochs(), chosen = federation.chosen();
    listener.on(new TrainEvent.Started(
        model.name(), rounds, data.train().size(), chosen, model.graph().parameterCount() - model.graph().bufferCount(), settings.keep().metrics(), false, Birth.now(), Optional.empty(),
        Optional.of(new TrainEvent.Clients(federation.clients(), chosen, data.validation() == null))));
    double all = 0;
    for (int round = 1; round <= rounds; round++) {
      double seconds = 0;
      int[] who = choose(round);
      Arrays.fill(sum, 0);
      change = new double[federation.method().corrects() ? end : 0];
      Sent total = new Sent(0, 0, 0, false);
      double apart = 0;
      int weight = Arrays.stream(who).map(c -> mine[c].length).sum();
      for (int from = 0; from < chosen; from += seats.length) {
        long start = System.nanoTime();
        int wave = Math.min(seats.length, chosen - from);
        for (int s = 0; s < wave; s++) {
          seats[s].client = who[from + s];
        }
        int number = round;
        workers.run(wave, (_, s) -> seats[s].train(number));
        for (int s = 0; s < wave; s++) {
          total = added(total, seats[s].sent, round, who[from + s]);
          apart += add(seats[s], seats[s].sent.examples() / (double) weight);
          seats[s].take();
        }
        seconds += (System.nanoTime() - start) / 1e9;
        TrainEvent.Batch told = new TrainEvent.Batch(model.name(), round, rounds, from + wave, chosen, total.lossSum() / total.examples(), seconds, settings.optimizer().lr());
        listener.on(told);
        if (control.after(told) instanceof Control.Next.Stop) {
          listener.on(new TrainEvent.Ended(model.name(), round - 1, all + seconds, true));
          return false;
        }
      }
      serve(round);
      all += seconds;
      Score validation = engine.score(model, data.validation() == null ? data.test() : data.validation(), null, settings.loss());
      double accuracy = data.train().classes() > 0 ? total.correct() / (double) total.examples() : Double.NaN;
      Score train = new Score(total.lossSum() / total.examples(), accuracy, total.examples());
      listener.on(new TrainEvent.Round(model.name(), round, who.length, apart));
      listener.on(new TrainEvent.Epoch(model.name(), round, rounds, seconds, train, validation, settings.optimizer().lr()));
      if (federation.until().isPresent() && validation.accuracy() >= federation.until().getAsDouble()) {
        listener.on(new TrainEvent.Reached(model.name(), round, validation.accuracy()));
        listener.on(new TrainEvent.Ended(model.name(), round, all, false));
        return true;
      }
    }
    listener.on(new TrainEvent.Ended(model.name(), rounds, all, false));
    return true;
  }

  private Sent added(Sent total, Sent one, int round, int client) {
    if (one.isBroken()) {
      throw new DivergedException("client " + client + " came to no finite number in round " + round + ": a smaller learning rate may help");
    }
    return new Sent(total.examples() + one.examples(), total.lossSum() + one.lossSum(), total.correct() + one.correct(), false);
  }

  /** Those that take part in a round, in their order. */
  private int[] choose(int round) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(Draws.mix(Draws.mix(settings.seed(), CHOICE), round));
    int[] all = new int[federation.clients()];
    Arrays.setAll(all, i -> i);
    for (int i = 0; i < federation.chosen(); i++) {
      int j = i + random.nextInt(all.length - i);
      int swapped = all[i];
      all[i] = all[j];
      all[j] = swapped;
    }
    int[] chosen = Arrays.copyOf(all, federation.chosen());
    Arrays.sort(chosen);
    return chosen;
  }

  /** Adds what a client sends; gives how far it has gone from the server, in its share. */
  private double add(Seat seat, double share) {
    float[] own = seat.own.parameters(), server = model.parameters();
    double distance = 0;
    for (int i = first; i < end; i++) {
      double moved = (double) own[i] - server[i];
      sum[i] += share * moved;
      distance += moved * moved;
    }
    return share * Math.sqrt(distance);
  }

  /** The server's step along the mean of the changes. */
  private void serve(int round) {
    Method method = federation.method();
    float[] w = model.parameters();
    for (int i = first; i < end; i++) {
      double step = sum[i];
      if (method.momentum() > 0 || method.adaptive()) {
        momentum[i] = method.adaptive() ? method.momentum() * momentum[i] + (1 - method.momentum()) * step : method.momentum() * momentum[i] + step;
        step = momentum[i];
      }
      if (method.adaptive()) {
        squares[i] = Method.SECOND * squares[i] + (1 - Method.SECOND) * sum[i] * sum[i];
        step /= Math.sqrt(squares[i]) + Method.TAU;
      }
      // Running means are no gradients: the server takes their mean as it is.
      w[i] += (float) (i < trained() ? sum[i] : method.rate() * step);
    }
    for (int i = trained(); i < change.length; i++) {
      control0[i] += (float) (change[i] / federation.clients());
    }
  }
}
