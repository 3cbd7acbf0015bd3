package dev.lanewise.runtime.train;

import dev.lanewise.runtime.optimize.Plateau;
import java.util.ArrayList;
import java.util.List;

/** How far a training has come: what must be known to go on, besides the parameters and the optimiser's state. */
final class Progress {
  Progress(Birth birth) {
    this.birth = birth;
  }

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
  float[] saved;

  /** Of training, in this run and those before it that it goes on from. */
  double seconds;

  /** The learning rate that a plateau has led to; NaN before the first epoch, and with any other schedule. */
  double rate = Double.NaN;
  boolean lowered;
  final Plateau.State plateau = new Plateau.State();

  /** See {@link Journal}. Epochs are condensed; changes are those that have been made. */
  Birth birth;
  int before;
  final List<TrainEvent.Epoch> epochs = new ArrayList<>();
  final List<Change> changes = new ArrayList<>();

  Journal journal() {
    return new Journal(birth, before, epochs, changes);
  }
}
