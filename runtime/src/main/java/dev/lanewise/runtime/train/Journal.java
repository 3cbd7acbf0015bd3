package dev.lanewise.runtime.train;

import java.util.List;

/**
 * What has happened in a training: the one account of it, committed with the parameters after every epoch. Logs are made from it.
 *
 * @param before epochs that nothing is known of: the file that the training goes on from was written before there were journals
 * @param epochs those after them, with the numbers that were asked for
 * @param changes that have been made, or were made by hand in an epoch that did not end
 */
public record Journal(Birth birth, int before, List<TrainEvent.Epoch> epochs, List<Change> changes) {
  public Journal {
    epochs = List.copyOf(epochs);
    changes = List.copyOf(changes);
  }
}
