package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.federate.Clients;
import dev.lanewise.runtime.federate.Federation;
import dev.lanewise.runtime.federate.Method;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.tensor.Memory;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A training that clients do together: see {@link Federation}. Each round is told as an epoch is. What clients send is added in their order: so bits do not depend on where they are, or on threads.
 */
final class FederatedRun {
  private static final long CHOICE = 0x63686f696365L;

  private final Model model;
  private final DataSplit data;
  private final TrainSettings settings;
  private final Federation federation;
  private final Clients clients;
  private final Engine engine;
  private final Control control;
  private final Listener listener;
  private final int[][] mine;
  private final int first = Memory.BASE;
  /** Where the parameters begin that are trained; running means lie before them. */
  private final int trained;
  private final int end;
  private final double[] sum;
  private final double[] momentum;
  private final double[] squares;
  /** Of SCAFFOLD: the server's control variate, those of the clients that have taken part, and how they have changed in this round. */
  private final float[] variate;
  private final float[][] variates;
  private final double[] change;

  FederatedRun(Model model, DataSplit data, TrainSettings settings, int[][] mine, Clients clients, Engine engine, Control control, Listener listener) {
    this.model = model;
    this.data = data;
    this.settings = settings;
    this.federation = settings.federation().orElseThrow();
    this.clients = clients;
    this.engine = engine;
    this.control = control;
    this.listener = listener;
    this.mine = mine;
    this.trained = first + model.graph().bufferCount();
    this.end = first + model.graph().parameterCount();
    this.sum = new double[end];
    this.momentum = new double[end];
    this.squares = new double[end];
    boolean corrects = federation.method().corrects();
    this.variate = new float[corrects ? end : 0];
    this.variates = new float[mine.length][0];
    this.change = new double[corrects ? end : 0];
  }

  /** Who has which examples. */
  static int[][] examples(DataSplit data, TrainSettings settings) {
    Federation federation = settings.federation().orElseThrow();
    return federation.partition().of(data.train(), federation.clients(), settings.seed());
  }

  /** What clients have come to, all together. */
  private record Sum(int examples, double loss, long correct) {
    Sum with(Clients.Sent one) {
      return new Sum(examples + one.examples(), loss + one.lossSum(), correct + one.correct());
    }
  }

  /** False if it was stopped. */
  boolean run() {
    int rounds = settings.epochs(), chosen = federation.chosen(mine.length);
    listener.on(new TrainEvent.Started(
        model.name(), rounds, data.train().size(), chosen, model.graph().parameterCount() - model.graph().bufferCount(), settings.keep().metrics(), false, Birth.now(), Optional.empty(),
        Optional.of(new TrainEvent.Clients(mine.length, chosen, data.validation() == null))));
    double all = 0;
    for (int round = 1; round <= rounds; round++) {
      double seconds = 0;
      int[] who = choose(round);
      Arrays.fill(sum, 0);
      Arrays.fill(change, 0);
      Sum total = new Sum(0, 0, 0);
      double apart = 0;
      int weight = Arrays.stream(who).map(c -> mine[c].length).sum();
      Clients.Given given = new Clients.Given(round, model.parameters(), variate);
      for (int from = 0; from < chosen; from += clients.together()) {
        long start = System.nanoTime();
        int to = Math.min(from + clients.together(), chosen);
        for (Clients.Sent sent : clients.train(given, Arrays.stream(who, from, to).mapToObj(c -> new Clients.Called(c, variates[c])).toList())) {
          check(sent, round);
          total = total.with(sent);
          apart += add(sent, sent.examples() / (double) weight);
          take(sent);
        }
        seconds += (System.nanoTime() - start) / 1e9;
        TrainEvent.Batch told = new TrainEvent.Batch(model.name(), round, rounds, to, chosen, total.loss() / total.examples(), seconds, settings.optimizer().lr());
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
      Score train = new Score(total.loss() / total.examples(), accuracy, total.examples());
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

  private static void check(Clients.Sent sent, int round) {
    if (sent.isBroken()) {
      throw new DivergedException("client " + sent.client() + " came to no finite number in round " + round + ": a smaller learning rate may help");
    }
  }

  /** Those that take part in a round, in their order. */
  private int[] choose(int round) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(Draws.mix(Draws.mix(settings.seed(), CHOICE), round));
    int[] all = new int[mine.length];
    Arrays.setAll(all, i -> i);
    int count = federation.chosen(all.length);
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(all.length - i);
      int swapped = all[i];
      all[i] = all[j];
      all[j] = swapped;
    }
    int[] chosen = Arrays.copyOf(all, count);
    Arrays.sort(chosen);
    return chosen;
  }

  /** Adds what a client sends; gives how far it has gone from the server, in its share. */
  private double add(Clients.Sent sent, double share) {
    float[] own = sent.parameters(), server = model.parameters();
    double distance = 0;
    for (int i = first; i < end; i++) {
      double moved = (double) own[i] - server[i];
      sum[i] += share * moved;
      distance += moved * moved;
    }
    return share * Math.sqrt(distance);
  }

  /** Others of this round are given the server's variate as it was, and nobody is called twice. */
  private void take(Clients.Sent sent) {
    if (federation.method().corrects()) {
      float[] old = variates[sent.client()], now = sent.variate();
      for (int i = trained; i < end; i++) {
        change[i] += now[i] - (old.length == 0 ? 0 : old[i]);
      }
      variates[sent.client()] = now;
    }
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
      w[i] += (float) (i < trained ? sum[i] : method.rate() * step);
    }
    for (int i = trained; i < change.length; i++) {
      variate[i] += (float) (change[i] / mine.length);
    }
  }
}
