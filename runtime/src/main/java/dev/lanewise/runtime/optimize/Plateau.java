package dev.lanewise.runtime.optimize;

import dev.lanewise.runtime.score.Measure;

/**
 * A schedule that lowers the learning rate when a measure has not got better for some epochs: PyTorch's ReduceLROnPlateau, with a relative
 * threshold.
 *
 * <pre>{@code schedule = plateau(val.loss, factor = 0.1, patience = 10) }</pre>
 *
 * @param patience epochs that may pass without a better one
 * @param threshold by which share of the best value a better one must differ from it
 * @param cooldown epochs after a change that are not counted
 * @param least the lowest learning rate
 */
public record Plateau(Measure by, double factor, int patience, double threshold, int cooldown, double least) implements Schedule {
  /** Smaller changes are none. */
  private static final double SMALLEST = 1e-8;

  public Plateau {
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException("factor must be above 0 and below 1, not " + factor);
    }
  }

  /** What has been seen so far. */
  public static final class State {
    public double best = Double.NaN;
    public int bad;
    public int cooldown;
  }

  /** The same from one epoch to the next. */
  @Override
  public double rate(double base, long step, long steps, int epoch) {
    return base;
  }

  /** The learning rate after an epoch. */
  public double next(double rate, double value, State state) {
    if (Double.isNaN(state.best) || isBetter(value, state.best)) {
      state.best = value;
      state.bad = 0;
    } else {
      state.bad++;
    }
    if (state.cooldown > 0) {
      state.cooldown--;
      state.bad = 0;
    }
    if (state.bad <= patience) {
      return rate;
    }
    state.cooldown = cooldown;
    state.bad = 0;
    double lower = Math.max(rate * factor, least);
    return rate - lower > SMALLEST ? lower : rate;
  }

  private boolean isBetter(double value, double best) {
    // An r2 may be below 0: a share of its size above it is better nevertheless.
    return by.kind().falls() ? value < best * (1 - threshold) : value > best + Math.abs(best) * threshold;
  }
}
