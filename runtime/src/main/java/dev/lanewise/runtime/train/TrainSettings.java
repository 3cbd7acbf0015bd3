package dev.lanewise.runtime.train;

import dev.lanewise.runtime.attack.Attack;
import dev.lanewise.runtime.federate.Federation;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.optimize.Plateau;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.symbolic.Update;
import java.util.List;
import java.util.Optional;

/**
 * How to train.
 *
 * @param loss bound to the shape of the network's output
 * @param accumulate batches whose gradients are put together for one step, as if they were one batch
 * @param minutes of training after which it ends, whatever has been reached then; infinite without a limit
 * @param average share of the averaged parameters that a step keeps (exponential moving average); 0 for none
 * @param changes on the way
 * @param federation clients that train it together; then {@code epochs} are rounds
 * @param adversarial what images are attacked with before each step, so that attacked ones are learned; empty for images as they are
 */
public record TrainSettings(
    int epochs, int batch, boolean shuffle, long seed, Computation loss, Optimizer optimizer, Schedule schedule, Clip clip,
    Keep keep, int accumulate, double minutes, double average, List<Change> changes, Optional<Attack> adversarial,
    Optional<Federation> federation) {
  public TrainSettings {
    changes = List.copyOf(changes);
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, not " + epochs);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, not " + batch);
    }
    if (accumulate < 1) {
      throw new IllegalArgumentException("accumulate must be at least 1, not " + accumulate);
    }
    if (!(minutes > 0)) {
      throw new IllegalArgumentException("minutes must be above 0, not " + minutes);
    }
    if (!(average >= 0 && average < 1)) {
      throw new IllegalArgumentException("average must be at least 0 and below 1, not " + average);
    }
  }

  /** Of examples as they are. */
  public TrainSettings(
      int epochs, int batch, boolean shuffle, long seed, Computation loss, Optimizer optimizer, Schedule schedule, Clip clip, Keep keep,
      int accumulate, double minutes, double average, List<Change> changes) {
    this(epochs, batch, shuffle, seed, loss, optimizer, schedule, clip, keep, accumulate, minutes, average, changes, Optional.empty(), Optional.empty());
  }

  /** Without changes on the way. */
  public TrainSettings(
      int epochs, int batch, boolean shuffle, long seed, Computation loss, Optimizer optimizer, Schedule schedule, Clip clip, Keep keep,
      int accumulate, double minutes, double average) {
    this(epochs, batch, shuffle, seed, loss, optimizer, schedule, clip, keep, accumulate, minutes, average, List.of());
  }

  /** A step for each batch, no limit of time, parameters as they are. */
  public TrainSettings(
      int epochs, int batch, boolean shuffle, long seed, Computation loss, Optimizer optimizer, Schedule schedule, Clip clip, Keep keep) {
    this(epochs, batch, shuffle, seed, loss, optimizer, schedule, clip, keep, 1, Double.POSITIVE_INFINITY, 0);
  }

  /** Also with a constant learning rate, and gradients as they are. */
  public TrainSettings(int epochs, int batch, boolean shuffle, long seed, Computation loss, Optimizer optimizer) {
    this(epochs, batch, shuffle, seed, loss, optimizer, Schedule.CONSTANT, new Clip.None(), Keep.NOTHING);
  }

  /** Whether any number that is told or compared needs it of the training examples. */
  public boolean asks(Measure.Kind kind) {
    return keep.metrics().contains(kind)
        || keep.early().filter(e -> e.by().kind() == kind).isPresent()
        || keep.best().filter(b -> b.by().kind() == kind).isPresent()
        || schedule instanceof Plateau p && p.by().kind() == kind;
  }

  /** Of an epoch of so many examples. */
  public int batches(int examples) {
    return batches(examples, 1, List.of());
  }

  /** The same of one epoch, with what has changed their size. @param made changes, at least those before it */
  public int batches(int examples, int epoch, List<Change> made) {
    int size = Change.size(made, epoch, batch);
    return (examples + size - 1) / size;
  }

  /** The same with another optimiser. */
  public TrainSettings with(Optimizer other) {
    return new TrainSettings(epochs, batch, shuffle, seed, loss, other, schedule, clip, keep, accumulate, minutes, average, changes, adversarial, federation);
  }

  public TrainSettings with(Keep other) {
    return new TrainSettings(epochs, batch, shuffle, seed, loss, optimizer, schedule, clip, other, accumulate, minutes, average, changes, adversarial, federation);
  }

  /** The same with another loss. */
  public TrainSettings with(Computation other) {
    return new TrainSettings(epochs, batch, shuffle, seed, other, optimizer, schedule, clip, keep, accumulate, minutes, average, changes, adversarial, federation);
  }

  /** The same on attacked examples. */
  public TrainSettings against(Attack attack) {
    return new TrainSettings(epochs, batch, shuffle, seed, loss, optimizer, schedule, clip, keep, accumulate, minutes, average, changes, Optional.of(attack), federation);
  }

  /** The same by clients together. */
  public TrainSettings by(Federation clients) {
    return new TrainSettings(epochs, batch, shuffle, seed, loss, optimizer, schedule, clip, keep, accumulate, minutes, average, changes, adversarial, Optional.of(clients));
  }

  public TrainSettings withSeed(long other) {
    return new TrainSettings(epochs, batch, shuffle, other, loss, optimizer, schedule, clip, keep, accumulate, minutes, average, changes, adversarial, federation);
  }

  public TrainSettings with(int otherEpochs, int otherBatch) {
    return new TrainSettings(
        otherEpochs, otherBatch, shuffle, seed, loss, optimizer, schedule, clip, keep, accumulate, minutes, average, changes, adversarial, federation);
  }

  /** The step of the optimiser, for gradients that are limited first, and of the averages after it. */
  Update update() {
    return average == 0 ? step() : step().averaged();
  }

  /** Without averages. */
  Update step() {
    Update update = optimizer.update();
    Term g = Term.variable("g");
    return switch (clip) {
      case Clip.None _ -> update;
      case Clip.Value(double most) -> update.replace(g, g.max(Term.number(-most)).min(Term.number(most)));
      case Clip.Norm _ -> update.replace(g, g.times(Term.variable("scale"))).withScalar("scale");
    };
  }
}
