package dev.lanewise.repl.play;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.run.Paused;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.file.JsonWriter;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.train.Control;
import dev.lanewise.runtime.train.TrainSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The learning rate and the size of batches that a page wishes for its training: taken up after a batch, and written into the script once it has ended. */
final class Sliders {
  private static final int MOST_BATCH = 65_536;
  private static final double MOST_RATE = 1e6;

  private final Session session;
  /** What is wished, and not taken up yet; null for nothing. */
  private final AtomicReference<Double> rate = new AtomicReference<>();
  private final AtomicReference<Integer> batch = new AtomicReference<>();
  // What has been made of the training at work.
  private Optional<Double> changedRate = Optional.empty();
  private Optional<Integer> changedBatch = Optional.empty();
  /** What the script says; empty if it trains nothing. */
  private volatile Optional<TrainSettings> written = Optional.empty();

  Sliders(Session session) {
    this.session = session;
  }

  static void checkRate(double value) {
    if (!(value > 0) || value > MOST_RATE) {
      throw Refusal.of("a learning rate must be above 0", "");
    }
  }

  static void checkBatch(int examples) {
    if (examples < 1 || examples > MOST_BATCH) {
      throw Refusal.of("a batch has 1 to " + MOST_BATCH + " examples", "");
    }
  }

  void wishRate(double value) {
    rate.set(value);
  }

  void wishBatch(int examples) {
    batch.set(examples);
  }

  /** A training begins: what was wished for another one is forgotten. */
  void begin() {
    rate.set(null);
    batch.set(null);
    changedRate = Optional.empty();
    changedBatch = Optional.empty();
  }

  /**
   * What comes next: of a rate and a size the rate, and the size after the batch that follows.
   *
   * @param unfit is told why a size cannot be
   */
  Control.Next wished(Paused training, Consumer<String> unfit) {
    if (training.series().isPresent()) {
      return Control.GO_ON;
    }
    Double wanted = rate.getAndSet(null);
    if (wanted != null) {
      changedRate = Optional.of(wanted);
      if (batch.get() != null) {
        session.interrupt();
      }
      return new Control.Next.Rate(wanted);
    }
    Integer examples = batch.getAndSet(null);
    return examples == null ? Control.GO_ON : sized(training, examples, unfit);
  }

  private Control.Next sized(Paused training, int examples, Consumer<String> unfit) {
    try {
      Control.Next next = training.sized(examples);
      changedBatch = Optional.of(examples);
      return next;
    } catch (IllegalArgumentException e) {
      unfit.accept(e.getMessage());
      return Control.GO_ON;
    }
  }

  /** Reads what the script says of its training. */
  void read() {
    written = session.training().map(CheckedTrain::settings);
  }

  /** Tells it: 0 where there is no training. */
  void tell(JsonWriter json) {
    json.name("rate").value(written.map(t -> t.optimizer().lr()).orElse(0.0)).name("batch").value(written.map(TrainSettings::batch).orElse(0));
  }

  /** A script with another rate; empty if it trains nothing. */
  Optional<Rest> withRate(Source script, double value) {
    return session.training().flatMap(t -> Rest.rate(script, value, t.settings().optimizer().name()));
  }

  /** What the script is to say of what has been changed, one after the other. Under a schedule a rate of the moment is not the one that is written. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    changedBatch.ifPresent(examples -> changes.add(script -> Rest.batch(script, examples)));
    boolean constant = session.training().filter(t -> t.settings().schedule() == Schedule.CONSTANT).isPresent();
    changedRate.filter(_ -> constant).ifPresent(value -> changes.add(script -> withRate(script, value)));
    return changes;
  }

  /** Of a script. */
  @FunctionalInterface
  interface Change {
    Optional<Rest> of(Source script);
  }
}
