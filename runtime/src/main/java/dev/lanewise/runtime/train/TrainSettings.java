package dev.lanewise.runtime.train;

import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.symbolic.Update;

/**
 * How to train.
 *
 * @param loss bound to the shape of the network's output
 */
public record TrainSettings(
    int epochs, int batch, boolean shuffle, long seed, Computation loss, Optimizer optimizer, Schedule schedule, Clip clip,
    Keep keep) {
  public TrainSettings {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, not " + epochs);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, not " + batch);
    }
  }

  /** With a constant learning rate, and gradients as they are. */
  public TrainSettings(int epochs, int batch, boolean shuffle, long seed, Computation loss, Optimizer optimizer) {
    this(epochs, batch, shuffle, seed, loss, optimizer, Schedule.CONSTANT, new Clip.None(), Keep.NOTHING);
  }

  /** The same with another optimiser. */
  public TrainSettings with(Optimizer other) {
    return new TrainSettings(epochs, batch, shuffle, seed, loss, other, schedule, clip, keep);
  }

  public TrainSettings withSeed(long other) {
    return new TrainSettings(epochs, batch, shuffle, other, loss, optimizer, schedule, clip, keep);
  }

  /** The step of the optimiser, for gradients that are limited first. */
  Update update() {
    Update update = optimizer.update();
    Term g = Term.variable("g");
    return switch (clip) {
      case Clip.None _ -> update;
      case Clip.Value(double most) -> update.replace(g, g.max(Term.number(-most)).min(Term.number(most)));
      case Clip.Norm _ -> update.replace(g, g.times(Term.variable("scale"))).withScalar("scale");
    };
  }
}
