package dev.lanewise.dsl.law;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Random examples, with classes or with numbers to predict.
 *
 * @param x the examples, one after the other
 * @param labels classes; empty for numbers to predict
 * @param y the numbers to predict; empty for classes
 */
record Examples(Shape shape, Target target, float[] x, int[] labels, float[] y) implements Dataset {
  static Examples draw(Pick pick, int count, Shape shape, int classes, Shape numbers, LossRules.Numbers kind) {
    float[] x = new float[count * shape.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = pick.normal();
    }
    if (classes > 0) {
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = i < classes ? classes - 1 - i : pick.whole(0, classes - 1);
      }
      return new Examples(shape, Target.classes(classes), x, labels, new float[0]);
    }
    float[] y = new float[count * numbers.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = kind == LossRules.Numbers.ANY ? pick.normal() : 0.02f + 0.96f * pick.uniform();
    }
    for (int i = 0; kind == LossRules.Numbers.DISTRIBUTION && i < count; i++) {
      float sum = 0;
      for (int k = 0; k < numbers.size(); k++) {
        sum += y[i * numbers.size() + k];
      }
      for (int k = 0; k < numbers.size(); k++) {
        y[i * numbers.size() + k] /= sum;
      }
    }
    return new Examples(shape, Target.numbers(numbers), x, new int[0], y);
  }

  @Override
  public int size() {
    return x.length / shape.size();
  }

  @Override
  public int label(int index) {
    return labels.length == 0 ? 0 : labels[index];
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    write(x, index, shape.size(), out, offset, stride);
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    if (labels.length > 0) {
      out[offset] = labels[index];
    } else {
      write(y, index, target.shape().size(), out, offset, stride);
    }
  }

  private static void write(float[] from, int index, int size, float[] out, int offset, int stride) {
    for (int i = 0; i < size; i++) {
      out[offset + i * stride] = from[index * size + i];
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

  /** As NumPy's files, which a script reads. */
  void save(Path xFile, Path yFile) throws IOException {
    Files.write(xFile, new NumPy(size(), shape.dims(), x).npy());
    Files.write(yFile, (labels.length > 0 ? new NumPy(size(), List.of(), labels) : new NumPy(size(), target.shape().dims(), y)).npy());
  }

  private static List<Integer> dims(Shape shape) {
    return shape.dims();
  }
}
