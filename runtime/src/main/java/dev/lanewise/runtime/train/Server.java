package dev.lanewise.runtime.train;

import dev.lanewise.runtime.federate.Clients;
import dev.lanewise.runtime.federate.Federation;
import dev.lanewise.runtime.federate.Method;
import dev.lanewise.runtime.federate.Privacy;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.operation.Running;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What the server keeps from round to round, and what it makes of what clients send: added up in the order in which it comes. */
final class Server {
  private static final String MOMENTUM = "server.momentum.", SQUARES = "server.squares.", VARIATE = "server.variate.";

  private static final long NOISE = 0x6e6f697365L;

  private final Model model;
  private final Federation federation;
  private final long seed;
  private final int first = Memory.BASE;
  /** Where the parameters begin that are trained; running means lie before them. */
  private final int trained;
  private final int end;
  /** Of this round: the changes of the parameters, and of the clients' control variates. */
  private final double[] sum;
  private final double[] change;
  private final float[] momentum;
  private final float[] squares;
  /** Of SCAFFOLD: its own control variate, and those of the clients that have taken part. */
  private final float[] variate;
  private final float[][] variates;

  /** @throws IllegalArgumentException if clients are hidden, and would send running means, which nothing hides */
  Server(Model model, Federation federation, int clients, long seed) {
    if (federation.privacy().isPresent() && model.graph().nodes().stream().anyMatch(n -> n.operation() instanceof Running)) {
      throw new IllegalArgumentException(model.name() + " keeps running means of its batches, which `privacy` does not hide");
    }
    this.model = model;
    this.federation = federation;
    this.seed = seed;
    this.trained = first + model.graph().bufferCount();
    this.end = first + model.graph().parameterCount();
    Method method = federation.method();
    this.sum = new double[end];
    this.change = new double[method.corrects() ? end : 0];
    this.momentum = new float[method.hasMomentum() ? end : 0];
    this.squares = new float[method.adaptive() ? end : 0];
    this.variate = new float[method.corrects() ? end : 0];
    this.variates = new float[clients][0];
  }

  Clients.Given begin(int round) {
    Arrays.fill(sum, 0);
    Arrays.fill(change, 0);
    return new Clients.Given(round, model.parameters(), variate);
  }

  Clients.Called called(int client) {
    return new Clients.Called(client, variates[client]);
  }

  /**
   * Adds what a client sends.
   *
   * @param share by which it counts; where clients are hidden each counts alike, and by the number that is to be expected
   * @return how far it has gone from the server
   */
  double take(Clients.Sent sent, double share) {
    float[] own = sent.parameters(), server = model.parameters();
    double squares = 0;
    for (int i = first; i < end; i++) {
      double moved = (double) own[i] - server[i];
      squares += moved * moved;
    }
    double distance = Math.sqrt(squares);
    double factor = federation.privacy().map(p -> p.scale(distance) / expected()).orElse(share);
    for (int i = first; i < end; i++) {
      sum[i] += factor * ((double) own[i] - server[i]);
    }
    if (federation.method().corrects()) {
      remember(sent);
    }
    return distance;
  }

  /** How many clients take part in a round, in the mean. */
  private double expected() {
    return federation.fraction() * variates.length;
  }

  /** Noise on the sum of the changes, which no client has changed by more than the norm. What is not trained has no change, and no noise. */
  private void hide(Privacy by, int round) {
    double deviation = by.noise() * by.clip() / expected();
    if (by.noise() == 0) {
      return;
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(Draws.mix(Draws.mix(seed, NOISE), round));
    for (int i = trained; i < end; i++) {
      sum[i] += deviation * Draws.normal(random.nextDouble(), random.nextDouble());
    }
  }

  /** Others of this round are given the server's variate as it was, and nobody is called twice. */
  private void remember(Clients.Sent sent) {
    float[] old = variates[sent.client()], now = sent.variate();
    for (int i = trained; i < end; i++) {
      change[i] += now[i] - (old.length == 0 ? 0 : old[i]);
    }
    variates[sent.client()] = now;
  }

  /** A step along the mean of the changes. */
  void step(int round) {
    federation.privacy().ifPresent(p -> hide(p, round));
    Method method = federation.method();
    float[] w = model.parameters();
    for (int i = first; i < end; i++) {
      double step = sum[i];
      if (method.hasMomentum()) {
        momentum[i] = (float) (method.momentum() * momentum[i] + (method.adaptive() ? 1 - method.momentum() : 1) * step);
        step = momentum[i];
      }
      if (method.adaptive()) {
        squares[i] = (float) (Method.SECOND * squares[i] + (1 - Method.SECOND) * sum[i] * sum[i]);
        step /= Math.sqrt(squares[i]) + Method.TAU;
      }
      // Running means are no gradients: the server takes their mean as it is.
      w[i] += (float) (i < trained ? sum[i] : method.rate() * step);
    }
    for (int i = trained; i < change.length; i++) {
      variate[i] += (float) (change[i] / variates.length);
    }
  }

  /** A copy of all that it keeps, the parameters first. */
  List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>(model.tensors());
    add(MOMENTUM, momentum, tensors);
    add(SQUARES, squares, tensors);
    add(VARIATE, variate, tensors);
    for (int c = 0; c < variates.length; c++) {
      add(ofClient(c), variates[c], tensors);
    }
    return tensors;
  }

  private void add(String prefix, float[] values, List<Tensor> tensors) {
    if (values.length > 0) {
      tensors.addAll(model.tensors(prefix, values));
    }
  }

  private static String ofClient(int client) {
    return "client." + client + ".variate.";
  }

  /**
   * Takes over such a copy; nothing changes if it does not fit.
   *
   * @throws UnfitException saying what does not fit
   */
  void take(List<Tensor> tensors) {
    float[] parameters = model.values("", tensors);
    List<Runnable> rest = new ArrayList<>();
    for (int c = 0; c < variates.length; c++) {
      String own = ofClient(c);
      int client = c;
      if (federation.method().corrects() && tensors.stream().anyMatch(t -> t.name().startsWith(own))) {
        float[] values = Arrays.copyOf(model.values(own, tensors), end);
        rest.add(() -> variates[client] = values);
      }
    }
    read(MOMENTUM, tensors, momentum, rest);
    read(SQUARES, tensors, squares, rest);
    read(VARIATE, tensors, variate, rest);
    rest.forEach(Runnable::run);
    System.arraycopy(parameters, 0, model.parameters(), 0, parameters.length);
  }

  private void read(String prefix, List<Tensor> tensors, float[] to, List<Runnable> rest) {
    if (to.length > 0) {
      float[] values = model.values(prefix, tensors);
      rest.add(() -> System.arraycopy(values, 0, to, 0, to.length));
    }
  }
}
