package dev.lanewise.runtime.execute;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.operation.Computation;

/** What examples count in the mean of a loss: 1 each, unless it weighs their classes. One with a class at each place counts the mean of what these do. */
final class Counting {
  private final Computation loss;
  private float[] labels = new float[0];
  private int part;
  private int places;
  private boolean weighs;

  Counting(Computation loss) {
    this.loss = loss;
  }

  /** @param place of the part of examples that the loss reads, among the others */
  void of(Field field, int place) {
    part = place;
    places = field.shape().size();
    weighs = loss.weighs() && field.isWhole();
    labels = weighs && labels.length < places ? new float[places] : labels;
  }

  /** Of the examples {@code order[from] … order[from + count - 1]}. */
  double of(Dataset data, int[] order, int from, int count) {
    if (!weighs) {
      return count;
    }
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += of(data, order[i]);
    }
    return sum;
  }

  private double of(Dataset data, int example) {
    data.readField(part, example, labels, 0, 1);
    double sum = 0;
    for (int p = 0; p < places; p++) {
      sum += loss.weight((int) labels[p]);
    }
    return sum / places;
  }
}
