package dev.lanewise.runtime.train;

import dev.lanewise.runtime.optimize.Plateau;

/** The learning rates of a training: those of its schedule, and what changes have made of them. */
final class Rates {
  private final TrainSettings settings;
  private final Progress progress;
  /** Of the step at work. */
  private double step;
  /** The same, but for changes since. */
  private double next;

  Rates(TrainSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /** The learning rate of the step that a batch is part of: batches that make one step count once. */
  double at(int epoch, int batch, int batches) {
    long ofEpoch = (batches + settings.accumulate() - 1L) / settings.accumulate();
    long number = ofEpoch * (epoch - 1) + (batch - 1) / settings.accumulate();
    step = progress.rateFactor * settings.schedule().rate(base(), number, ofEpoch * settings.epochs(), epoch - 1);
    next = step;
    return step;
  }

  /** What {@link #at} has said last. */
  double ofStep() {
    return step;
  }

  /**
   * From the next batch on. A schedule that is at 0 has no proportions: there the optimiser's own rate stands for it.
   *
   * @return the rate until then
   */
  double change(double to) {
    double from = next;
    progress.rateFactor = from > 0 ? progress.rateFactor * (to / from) : to / settings.optimizer().lr();
    next = to;
    return from;
  }

  /** A schedule that waits for a plateau looks at every epoch. */
  void look(TrainEvent.Epoch epoch) {
    progress.lowered = false;
    if (settings.schedule() instanceof Plateau plateau) {
      double rate = base();
      progress.rate = plateau.next(rate, epoch.of(plateau.by()), progress.plateau);
      progress.lowered = progress.rate != rate;
    }
  }

  private double base() {
    return Double.isNaN(progress.rate) ? settings.optimizer().lr() : progress.rate;
  }
}
