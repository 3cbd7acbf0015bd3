package dev.lanewise.runtime.train;

/** How far a training has come: what must be known to go on, besides the parameters and the optimiser's state. */
final class Progress {
  /** Epochs that lie behind, and steps. */
  int epoch;
  int steps;

  /** What the schedule's learning rates are multiplied by: 1 unless somebody has changed the rate. */
  double rateFactor = 1;

  /** By the measure of early stopping; 0 before the first epoch. */
  int bestEpoch;
  double bestValue;
  float[] best;

  /** By the measure of the file for the best epoch. */
  int savedEpoch;
  double savedValue;
}
