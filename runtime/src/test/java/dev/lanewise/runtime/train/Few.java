package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;

/** So many made-up examples, uniform from -1 to 1, whose classes follow from them. */
public record Few(int size, Shape shape, int classCount) implements Dataset {
  @Override
  public Target target() {
    return Target.classes(classCount);
  }

  @Override
  public int label(int index) {
    return (int) ((1 + value(index, 0)) / 2 * classCount);
  }

  private static double value(int index, int element) {
    return 2 * Draws.uniform(Draws.mix(17, index), element) - 1;
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    for (int j = 0; j < shape.size(); j++) {
      out[offset + j * stride] = (float) value(index, j);
    }
  }

  @Override
  public float zero(int channel) {
    return 0;
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return this;
  }
}
