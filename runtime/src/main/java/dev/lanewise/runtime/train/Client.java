package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.federate.Clients;
import dev.lanewise.runtime.federate.Federation;
import dev.lanewise.runtime.federate.Method;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.plan.Preparation;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Memory;
import java.util.Arrays;

/**
 * The place of a client at work: a network of its own, and what trains it, on one thread. One client after the other may take it; what each sends depends on what it was given alone.
 *
 * <pre>{@code Clients.Sent sent = new Client(model, data, settings, mine, KernelSet.VECTOR).train(given, called); }</pre>
 */
public final class Client implements AutoCloseable {
  private static final float[] NONE = {};

  private final DataSplit data;
  private final TrainSettings settings;
  private final Federation federation;
  private final int[][] mine;
  private final Model own;
  private final Workers alone = new Workers(1);
  private final BatchRunner runner;
  private final Descent descent;
  /** Of the parameters that are trained. */
  private final int first;
  private final int end;

  /**
   * @param model whose network it has, and none of its parameters
   * @param mine the examples of each client, as {@link dev.lanewise.runtime.federate.Partition} gives them
   */
  public Client(Model model, DataSplit data, TrainSettings settings, int[][] mine, KernelSet kernels) {
    this(model, data, settings, mine, plan(model, settings, kernels, Preparation.SILENT));
  }

  Client(Model model, DataSplit data, TrainSettings settings, int[][] mine, Plan plan) {
    this.data = data;
    this.settings = settings;
    this.federation = settings.federation().orElseThrow();
    this.mine = mine;
    this.own = model.copy();
    this.runner = new BatchRunner(plan, alone, own.parameters(), batch(federation, mine));
    runner.augment(data.augmentation());
    runner.weigh(settings.loss());
    this.descent = new Descent(own, settings, runner, alone);
    this.first = Memory.BASE + model.graph().bufferCount();
    this.end = Memory.BASE + model.graph().parameterCount();
  }

  static Plan plan(Model model, TrainSettings settings, KernelSet kernels, Preparation preparation) {
    return Plan.training(model.graph(), settings.loss(), kernels, preparation, false);
  }

  /** The largest of any client. */
  static int batch(Federation federation, int[][] mine) {
    int most = Arrays.stream(mine).mapToInt(m -> m.length).max().orElseThrow();
    return federation.batch() == 0 ? most : Math.min(federation.batch(), most);
  }

  /** Trains as this client. */
  public Clients.Sent train(Clients.Given given, Clients.Called called) {
    System.arraycopy(given.parameters(), 0, own.parameters(), 0, own.parameters().length);
    descent.forget();
    Work work = new Work(given, called, Math.max(1, federation.batch() == 0 ? mine[called.client()].length : Math.min(federation.batch(), mine[called.client()].length)));
    return federation.steps() > 0 ? work.steps(federation.steps()) : work.epochs(federation.epochs());
  }

  /** What one client does in a round. */
  private final class Work {
    private final Clients.Given given;
    private final Clients.Called called;
    private final int client;
    private final int size;
    private final int[] order;
    private final double rate = settings.optimizer().lr();
    private int taken;
    private int seen;
    private double lossSum;
    private long correct;
    private boolean broken;

    Work(Clients.Given given, Clients.Called called, int size) {
      this.given = given;
      this.called = called;
      this.client = called.client();
      this.size = size;
      this.order = mine[client].clone();
    }

    Clients.Sent epochs(int epochs) {
      for (int epoch = 1; epoch <= epochs && !broken; epoch++) {
        long key = Draws.mix(Draws.mix(Draws.mix(settings.seed(), given.round()), client), epoch);
        shuffle(key, epoch);
        forget();
        for (int from = 0; from < order.length && !broken; from += size) {
          step(from, key);
        }
      }
      return sent(lossSum, correct);
    }

    /** The batches of a client follow each other from round to round, epoch after epoch. */
    Clients.Sent steps(int steps) {
      int ofEpoch = (order.length + size - 1) / size;
      long first = (long) (given.round() - 1) * steps;
      long shuffled = -1;
      long key = 0;
      for (long step = first; step < first + steps && !broken; step++) {
        long epoch = step / ofEpoch + 1;
        if (epoch != shuffled) {
          key = Draws.mix(Draws.mix(settings.seed(), client), epoch);
          shuffle(key, (int) epoch);
          shuffled = epoch;
        }
        step((int) (step % ofEpoch) * size, key);
      }
      // As if it had seen all of its examples like these.
      return sent(lossSum / seen * order.length, Math.round((double) correct / seen * order.length));
    }

    private void shuffle(long key, int epoch) {
      if (settings.shuffle()) {
        System.arraycopy(mine[client], 0, order, 0, order.length);
        Shuffle.inPlace(order, key, epoch);
      }
    }

    private void forget() {
      seen = 0;
      lossSum = 0;
      correct = 0;
    }

    private void step(int from, long key) {
      int count = Math.min(size, order.length - from);
      runner.pack();
      runner.run(data.train(), order, from, count, Draws.mix(key, from));
      seen += count;
      lossSum += runner.loss() * count;
      correct += runner.scores().areClasses() ? runner.scores().correct() : 0;
      Client.this.correct(given, called, rate);
      broken = !Double.isFinite(runner.loss()) || !descent.step(rate, ++taken);
    }

    private Clients.Sent sent(double loss, long hits) {
      float[] variate = federation.method().corrects() ? variate(given, called, taken * rate) : NONE;
      return new Clients.Sent(client, order.length, loss, hits, own.parameters(), variate, broken);
    }
  }

  /** The part of a step that is not of the gradient: towards the server's parameters, or along the difference of the control variates. */
  private void correct(Clients.Given given, Clients.Called called, double rate) {
    Method method = federation.method();
    float[] w = own.parameters();
    if (method.mu() > 0) {
      float pull = (float) (rate * method.mu());
      for (int i = first; i < end; i++) {
        w[i] -= pull * (w[i] - given.parameters()[i]);
      }
    }
    if (method.corrects()) {
      for (int i = first; i < end; i++) {
        w[i] -= (float) rate * (given.variate()[i] - of(called, i));
      }
    }
  }

  /** c of this client ← c - c of the server + (x - y) / (steps · rate). */
  private float[] variate(Clients.Given given, Clients.Called called, double way) {
    float[] now = new float[end];
    for (int i = first; i < end; i++) {
      now[i] = (float) (of(called, i) - given.variate()[i] + (given.parameters()[i] - own.parameters()[i]) / way);
    }
    return now;
  }

  private static float of(Clients.Called called, int i) {
    return called.variate().length == 0 ? 0 : called.variate()[i];
  }

  @Override
  public void close() {
    alone.close();
  }
}
