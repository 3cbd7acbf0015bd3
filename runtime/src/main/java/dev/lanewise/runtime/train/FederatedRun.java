package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.federate.Clients;
import dev.lanewise.runtime.federate.Federation;
import dev.lanewise.runtime.file.Claim;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.score.Score;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

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
  private final Server server;
  private final RoundsFile file;
  private final Progress progress = new Progress(Birth.now());

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
    this.server = new Server(model, federation, mine.length, settings.seed());
    this.file = new RoundsFile(settings.keep().resume(), model, data, settings);
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

  /**
   * False if it was stopped.
   *
   * @throws IOException if the file to go on from cannot be read or written
   */
  boolean run() throws IOException {
    // Held while anything is written: the file is made from what one process knows.
    try (Claim _ = Claim.of(settings.keep().resume())) {
      file.begin(server, progress);
      return rounds();
    }
  }

  private boolean rounds() throws IOException {
    int rounds = settings.epochs(), chosen = federation.chosen(mine.length);
    listener.on(new TrainEvent.Started(
        model.name(), rounds, data.train().size(), chosen, model.graph().parameterCount() - model.graph().bufferCount(), settings.keep().metrics(), false, progress.birth, Optional.empty(),
        Optional.of(new TrainEvent.Clients(mine.length, chosen, data.validation() == null, federation.privacy()))));
    if (progress.epoch > 0) {
      listener.on(new TrainEvent.Resumed(model.name(), progress.epoch, progress.journal()));
    }
    boolean reached = !progress.epochs.isEmpty() && isReached(progress.epochs.getLast());
    while (progress.epoch < rounds && !reached) {
      Optional<TrainEvent.Epoch> told = round(progress.epoch + 1, rounds);
      if (told.isEmpty()) {
        listener.on(new TrainEvent.Ended(model.name(), progress.epoch, progress.seconds, true));
        return false;
      }
      reached = isReached(told.get());
    }
    if (reached) {
      listener.on(new TrainEvent.Reached(model.name(), progress.epoch, progress.epochs.getLast().validation().accuracy()));
    }
    listener.on(new TrainEvent.Ended(model.name(), progress.epoch, progress.seconds, false));
    return true;
  }

  private boolean isReached(TrainEvent.Epoch round) {
    return federation.until().isPresent() && round.validation().accuracy() >= federation.until().getAsDouble();
  }

  /** Empty if it was stopped: then the parameters are those of the round before. */
  private Optional<TrainEvent.Epoch> round(int round, int rounds) throws IOException {
    int[] who = choose(round);
    int weight = Arrays.stream(who).map(c -> mine[c].length).sum();
    double seconds = 0, apart = who.length == 0 ? Double.NaN : 0, rate = settings.optimizer().lr();
    Sum total = new Sum(0, 0, 0);
    Clients.Given given = server.begin(round);
    for (int from = 0; from < who.length; from += clients.together()) {
      long start = System.nanoTime();
      int to = Math.min(from + clients.together(), who.length);
      for (Clients.Sent sent : clients.train(given, Arrays.stream(who, from, to).mapToObj(server::called).toList())) {
        check(sent, round);
        double share = federation.privacy().isPresent() ? 1.0 / who.length : sent.examples() / (double) weight;
        total = total.with(sent);
        apart += share * server.take(sent, share);
      }
      double took = (System.nanoTime() - start) / 1e9;
      seconds += took;
      progress.seconds += took;
      TrainEvent.Batch told = new TrainEvent.Batch(model.name(), round, rounds, to, who.length, total.loss() / total.examples(), seconds, rate);
      listener.on(told);
      if (control.after(told) instanceof Control.Next.Stop) {
        return Optional.empty();
      }
    }
    server.step(round);
    Score validation = engine.score(model, data.validation() == null ? data.test() : data.validation(), null, settings.loss());
    double accuracy = data.train().classes() > 0 ? total.correct() / (double) total.examples() : Double.NaN;
    Score train = new Score(total.loss() / total.examples(), accuracy, total.examples());
    TrainEvent.Epoch ended = new TrainEvent.Epoch(model.name(), round, rounds, seconds, train, validation, rate);
    // Kept before it is told: what a user has seen is not lost.
    file.commit(server, ended, progress);
    listener.on(new TrainEvent.Round(model.name(), round, who.length, apart, federation.spent(round)));
    listener.on(ended);
    return Optional.of(ended);
  }

  private static void check(Clients.Sent sent, int round) {
    if (sent.isBroken()) {
      throw new DivergedException("client " + sent.client() + " came to no finite number in round " + round + ": a smaller learning rate may help");
    }
  }

  /** Those that take part in a round, in their order: so many, or, where they are hidden, each by itself with the same probability, which is what the guarantee assumes. */
  private int[] choose(int round) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(Draws.mix(Draws.mix(settings.seed(), CHOICE), round));
    if (federation.privacy().isPresent()) {
      return IntStream.range(0, mine.length).filter(_ -> random.nextDouble() < federation.fraction()).toArray();
    }
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
}
