package dev.lanewise.runtime.train;

import dev.lanewise.runtime.attack.Attack;
import dev.lanewise.runtime.federate.Privacy;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.vital.Vitals;
import java.util.List;
import java.util.Optional;

/** What happens during training and testing, told to a {@link Listener}; nothing below the listener prints. */
public sealed interface TrainEvent {
  /**
   * A large network is being made ready, which takes longer than a moment: told some times a second.
   *
   * @param done operations that have their kernels, of all
   */
  record Preparing(String net, int done, int operations) implements TrainEvent {}

  /**
   * @param examples per epoch; @param batches per epoch; @param scheduled whether the learning rate changes by itself
   * @param birth of the training that is begun, or gone on with
   * @param probe what each epoch is looked at with, where attacked examples are learned
   * @param clients who train it together: then epochs are rounds, and batches clients
   */
  record Started(
      String net, int epochs, int examples, int batches, int parameters, List<Measure.Kind> metrics, boolean scheduled, Birth birth, Optional<Probe> probe, Optional<Clients> clients)
      implements TrainEvent {
    /** Without clients. */
    public Started(String net, int epochs, int examples, int batches, int parameters, List<Measure.Kind> metrics, boolean scheduled, Birth birth, Optional<Probe> probe) {
      this(net, epochs, examples, batches, parameters, metrics, scheduled, birth, probe, Optional.empty());
    }

    public Started(String net, int epochs, int examples, int batches, int parameters, List<Measure.Kind> metrics, boolean scheduled) {
      this(net, epochs, examples, batches, parameters, metrics, scheduled, Birth.now(), Optional.empty());
    }

    public Started(String net, int epochs, int examples, int batches, int parameters) {
      this(net, epochs, examples, batches, parameters, List.of(Measure.Kind.ACCURACY), false);
    }
  }

  /** @param all how many there are @param chosen of them take part in a round, on average where they are hidden @param tested whether rounds are told with examples to test on, since there are none to validate on */
  record Clients(int all, int chosen, boolean tested, Optional<Privacy> privacy) {}

  /** After each epoch so many examples are attacked, to see what a network withstands. */
  record Probe(Attack by, int examples) {}

  /**
   * After every batch.
   *
   * @param loss of this batch, of the network's own output
   * @param seconds of training in this epoch so far
   * @param rate the learning rate of the step that the batch is part of
   */
  record Batch(String net, int epoch, int epochs, int batch, int batches, double loss, double seconds, double rate)
      implements TrainEvent {}

  /** The learning rate has been changed after a batch: by hand, or as a {@link Change} of the settings says. */
  record RateChanged(String net, int epoch, int batch, double from, double to) implements TrainEvent {}

  /** Batches have another size from the next epoch on, as was said after a batch: by hand, or as a {@link Change} of the settings says. */
  record SizeChanged(String net, int epoch, int batch, int from, int to) implements TrainEvent {}

  /**
   * @param seconds training time alone
   * @param validation null without a validation split
   * @param rate the learning rate of the epoch's last step
   * @param objective mean over the examples of what is trained: the network's own loss and those of its heads, with their weight; NaN
   *     without heads. The losses of {@code train} and {@code validation} are the network's own alone, as that of a test
   * @param withstood what the network withstands after it, where attacked examples are learned
   */
  record Epoch(String net, int epoch, int epochs, double seconds, Score train, Score validation, double rate, double objective, Optional<Withstood> withstood)
      implements TrainEvent {
    /** Without heads. */
    public Epoch(String net, int epoch, int epochs, double seconds, Score train, Score validation, double rate) {
      this(net, epoch, epochs, seconds, train, validation, rate, Double.NaN, Optional.empty());
    }

    /** With heads, and without attacked examples. */
    public Epoch(String net, int epoch, int epochs, double seconds, Score train, Score validation, double rate, double objective) {
      this(net, epoch, epochs, seconds, train, validation, rate, objective, Optional.empty());
    }

    /** What was measured in it; NaN where that was not counted. */
    public double of(Measure measure) {
      return (measure.validation() ? validation : train).of(measure.kind());
    }

    /** With these numbers, and without what they were counted from. */
    Epoch condensed(List<Measure.Kind> kinds) {
      return new Epoch(
          net, epoch, epochs, seconds, train.condensed(kinds), validation == null ? null : validation.condensed(kinds), rate, objective, withstood);
    }
  }

  /** Told before a training ends. @param vitals of the steps that were taken here, not of those that a file holds */
  record Watched(String net, Vitals vitals) implements TrainEvent {}

  /** @param interrupted true if the user stopped it: the model keeps what was reached */
  record Ended(String net, int epochs, double seconds, boolean interrupted) implements TrainEvent {}

  /** The time that training may take is over. @param batch after which it ended, of {@code batches} */
  record OutOfTime(String net, int epoch, int batch, int batches, double seconds) implements TrainEvent {}

  /** A schedule has changed the learning rate because nothing got better. */
  record RateLowered(String net, int epoch, double rate) implements TrainEvent {}

  /** Training goes on after this many epochs that a file holds. @param journal what has happened in them */
  record Resumed(String net, int epochs, Journal journal) implements TrainEvent {}

  /** Nothing has got better for some epochs. @param best the epoch whose parameters the network has now */
  record StoppedEarly(String net, int epoch, int best, Measure by, double value) implements TrainEvent {}

  /**
   * How many examples a network is right about as they are, and when they are attacked, because somebody asked.
   *
   * @param examples so many
   * @param clean the share that it is right about as they are
   * @param left the share that it is right about when they are attacked
   */
  record Attacked(String net, Attack attack, int examples, double clean, double left) implements TrainEvent {}

  /**
   * A training on attacked examples has ended, since the network has learned to withstand that attack alone: another fools it that did not in the epoch before, whose parameters
   * the network has again.
   *
   * @param by the other attack
   * @param before the share that it was right about
   * @param now the share after this epoch
   */
  record Overfitted(String net, int epoch, Attack by, double before, double now) implements TrainEvent {}

  /**
   * Clients have trained for a round.
   *
   * @param clients that took part
   * @param apart how far their parameters have gone from the server's, the mean of the distances; NaN where nobody took part
   * @param spent what all rounds so far have given away, where clients are hidden
   */
  record Round(String net, int round, int clients, double apart, Optional<Privacy.Spent> spent) implements TrainEvent {}

  /** A training by clients has reached the accuracy that was wanted. */
  record Reached(String net, int round, double accuracy) implements TrainEvent {}

  record Tested(String net, String data, Score score, double seconds) implements TrainEvent {}
}
