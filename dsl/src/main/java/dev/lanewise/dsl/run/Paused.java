package dev.lanewise.dsl.run;

import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.view.picture.LossCurve;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** A training, or a trial of a sweep, that waits after a batch, because somebody interrupted it. */
public final class Paused {
  /** @param ended how many of them; @param trials all */
  public record Sweep(int ended, int trials) {}

  private final TrainEvent.Batch batch;
  private final LossCurve curve;
  private final Optional<Trained> result;
  private final Optional<Sweep> sweep;
  private final Function<String, Optional<Outcome>> aside;

  private Paused(
      TrainEvent.Batch batch, LossCurve curve, Optional<Trained> result, Optional<Sweep> sweep, Function<String, Optional<Outcome>> aside) {
    this.batch = batch;
    this.curve = curve;
    this.result = result;
    this.sweep = sweep;
    this.aside = aside;
  }

  /** The same, with somebody who runs statements. */
  Paused asking(Function<String, Optional<Outcome>> other) {
    return new Paused(batch, curve, result, sweep, other);
  }

  static Paused of(TrainEvent.Batch batch, LossCurve curve, Trained trained) {
    return new Paused(batch, curve, Optional.of(trained), Optional.empty(), _ -> Optional.empty());
  }

  /** @param best so far */
  static Paused of(TrainEvent.Batch batch, LossCurve curve, Optional<Trained> best, Sweep sweep) {
    return new Paused(batch, curve, best, Optional.of(sweep), _ -> Optional.empty());
  }

  /** The last one. */
  public TrainEvent.Batch batch() {
    return batch;
  }

  /** The loss so far; in a sweep, of the trial at work. */
  public Figure curve() {
    return curve.figure();
  }

  /** If it is one. Its trials keep the learning rates that they are to be compared with. */
  public Optional<Sweep> sweep() {
    return sweep;
  }

  /** Whether there is a network to save: in a sweep only once a trial has ended. */
  public boolean hasResult() {
    return result.isPresent();
  }

  /**
   * Runs statements that only look, {@code test(N, d)}, with the network as it is now; in a sweep it is as before. What they tell goes to
   * whoever listens, and the training goes on as if nothing had been asked.
   *
   * @return empty if they would change something, or bind a name: then none of them is run
   */
  public Optional<Outcome> run(String statements) {
    return aside.apply(statements);
  }

  /**
   * Writes the network as it is now, in a sweep the best so far, as {@code save(Net, "net.safetensors")} would.
   *
   * @throws IOException if the file cannot be written, or has the ending of another format
   * @throws java.util.NoSuchElementException if there is none
   */
  public void save(Path path) throws IOException {
    Optional<String> other = Safetensors.otherEnding(path.toString());
    if (other.isPresent()) {
      throw new IOException("`save` writes safetensors, not `" + other.get() + "`");
    }
    result.orElseThrow().save(path);
  }
}
