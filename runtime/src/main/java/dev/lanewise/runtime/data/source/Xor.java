package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.tensor.Shape;

/** Exclusive or: the four points that no single neuron can tell apart (Minsky and Papert 1969). */
public final class Xor {
  private Xor() {}

  public static DataSplit load() {
    Dataset points =
        new Points(Shape.of(2), new float[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, new int[] {0, 1, 1, 0}, 2);
    return new DataSplit("xor", points, null, points);
  }
}
