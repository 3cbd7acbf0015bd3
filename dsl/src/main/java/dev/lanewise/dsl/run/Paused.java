package dev.lanewise.dsl.run;

import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.view.picture.LossCurve;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.train.Control;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/** A training, a trial of a sweep, or a fold, that waits after a batch, because somebody interrupted it. */
public final class Paused {
  /** Trainings of which it is one. @param ended how many of them; @param of all; @param areFolds those of a cross-validation, otherwise the trials of a sweep */
  public record Series(int ended, int of, boolean areFolds) {
    static Series trials(int ended, int of) {
      return new Series(ended, of, false);
    }

    static Series folds(int ended, int of) {
      return new Series(ended, of, true);
    }
  }

  private final TrainEvent.Batch batch;
  private final LossCurve curve;
  private final Optional<Trained> result;
  private final Optional<Series> series;
  private final IntFunction<Optional<String>> unfit;
  private final Function<String, Optional<Outcome>> aside;

  private Paused(
      TrainEvent.Batch batch, LossCurve curve, Optional<Trained> result, Optional<Series> series, IntFunction<Optional<String>> unfit,
      Function<String, Optional<Outcome>> aside) {
    this.batch = batch;
    this.curve = curve;
    this.result = result;
    this.series = series;
    this.unfit = unfit;
    this.aside = aside;
  }

  /** The same, with somebody who runs statements. */
  Paused asking(Function<String, Optional<Outcome>> other) {
    return new Paused(batch, curve, result, series, unfit, other);
  }

  /** @param unfit why its batches cannot have so many examples; empty if they can */
  static Paused of(TrainEvent.Batch batch, LossCurve curve, Trained trained, IntFunction<Optional<String>> unfit) {
    return new Paused(batch, curve, Optional.of(trained), Optional.empty(), unfit, _ -> Optional.empty());
  }

  /** @param best so far, of a sweep */
  static Paused of(TrainEvent.Batch batch, LossCurve curve, Optional<Trained> best, Series series) {
    return new Paused(batch, curve, best, Optional.of(series), _ -> Optional.of(CheckedTrain.KeptSize.OF_SERIES.why()), _ -> Optional.empty());
  }

  /** The last one. */
  public TrainEvent.Batch batch() {
    return batch;
  }

  /** The loss so far; in a sweep, of the trial at work, and so of a fold. */
  public Figure curve() {
    return curve.figure();
  }

  /** If it is one of several, which keep their learning rates: they are to be compared. */
  public Optional<Series> series() {
    return series;
  }

  /**
   * Goes on with batches of another size, from the next epoch on.
   *
   * @throws IllegalArgumentException with the reason, if its batches keep their size, or cannot have this one
   */
  public Control.Next sized(int examples) {
    unfit.apply(examples).ifPresent(why -> {
      throw new IllegalArgumentException(why);
    });
    return new Control.Next.Size(examples);
  }

  /** Whether there is a network to save: in a sweep only once a trial has ended; folds leave none behind. */
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
