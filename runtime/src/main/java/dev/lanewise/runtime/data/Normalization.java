package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How original values are scaled: v of channel c becomes (v - mean[c]) / std[c]. The channels are the first axis of a
 * shape: those of an image, the features of a flat example.
 *
 * <pre>{@code Normalization.of(Shape.of(1, 28, 28), 0.1307f, 0.3081f) }</pre>
 */
public record Normalization(float[] mean, float[] std) {
  /**
   * @throws IllegalArgumentException if a mean is not a number or a standard deviation not above 0
   */
  public Normalization {
    for (float m : mean) {
      if (!Float.isFinite(m)) {
        throw new IllegalArgumentException("normalize needs a number as mean, not " + m);
      }
    }
    for (float s : std) {
      if (!(s > 0) || s == Float.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("normalize needs a standard deviation above 0, not " + s);
      }
    }
  }

  /** The same for every channel. */
  public static Normalization of(Shape shape, float mean, float std) {
    float[] means = new float[shape.channels()];
    float[] stds = new float[shape.channels()];
    Arrays.fill(means, mean);
    Arrays.fill(stds, std);
    return new Normalization(means, stds);
  }

  /** Values stay as they are. */
  public static Normalization none(Shape shape) {
    return of(shape, 0, 1);
  }

  /** Of each number of a part that is to be learned, over all examples. */
  static Normalization ofNumbers(Dataset data, int field) {
    int numbers = data.fields().get(field).shape().size();
    float[] target = new float[numbers];
    double[] sums = new double[numbers];
    double[] squares = new double[numbers];
    // Around the first example: the squares of large numbers would leave nothing of a small deviation.
    float[] first = new float[numbers];
    data.readField(field, 0, first, 0, 1);
    for (int i = 0; i < data.size(); i++) {
      data.readField(field, i, target, 0, 1);
      for (int k = 0; k < numbers; k++) {
        double off = (double) target[k] - first[k];
        sums[k] += off;
        squares[k] += off * off;
      }
    }
    Normalization around = of(sums, squares, data.size());
    float[] mean = around.mean.clone();
    for (int k = 0; k < numbers; k++) {
      mean[k] += first[k];
    }
    return new Normalization(mean, around.std);
  }

  /** Mean and standard deviation of each channel of a part, over the original values of all examples. */
  static Normalization measured(Dataset data, int field) {
    Shape shape = data.fields().get(field).shape();
    Dataset original = data.normalized(field, none(shape));
    int channels = shape.channels();
    int plane = shape.size() / channels;
    float[] example = new float[shape.size()];
    double[] sums = new double[channels];
    double[] squares = new double[channels];
    for (int i = 0; i < data.size(); i++) {
      original.readField(field, i, example, 0, 1);
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        double square = 0;
        for (int k = c * plane; k < (c + 1) * plane; k++) {
          sum += example[k];
          square += (double) example[k] * example[k];
        }
        sums[c] += sum;
        squares[c] += square;
      }
    }
    if (!DoubleStream.of(sums).allMatch(Double::isFinite)) {
      NotFinite.first(data).ifPresent(found -> {
        throw new IllegalArgumentException(
            "item " + found.item() + " of the examples to train on has " + found.text() + ": leave it out, or replace the value");
      });
    }
    return of(sums, squares, (double) data.size() * plane);
  }

  /** By the sums of each channel's values and of their squares; a constant channel is only centred. */
  static Normalization of(double[] sums, double[] squares, double count) {
    float[] mean = new float[sums.length];
    float[] std = new float[sums.length];
    for (int c = 0; c < sums.length; c++) {
      double m = sums[c] / count;
      double s = Math.sqrt(Math.max(0, squares[c] / count - m * m));
      mean[c] = (float) m;
      // What is left of a constant by rounding is no deviation.
      std[c] = s > 1e-7 * Math.abs(m) && (float) s > 0 ? (float) s : 1;
    }
    return new Normalization(mean, std);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization(float[] m, float[] s) && Arrays.equals(mean, m) && Arrays.equals(std, s);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(std);
  }

  float of(int channel, float value) {
    return (value - mean[channel]) / std[channel];
  }

  /** An example of numbers, channel after channel. */
  public double[] of(double[] numbers) {
    int plane = numbers.length / mean.length;
    double[] scaled = new double[numbers.length];
    Arrays.setAll(scaled, i -> (numbers[i] - mean[i / plane]) / std[i / plane]);
    return scaled;
  }

  /** The original values again. */
  public float[] undone(float[] scaled) {
    int plane = scaled.length / mean.length;
    float[] original = new float[scaled.length];
    for (int i = 0; i < scaled.length; i++) {
      original[i] = scaled[i] * std[i / plane] + mean[i / plane];
    }
    return original;
  }

  /** Whether all channels are scaled alike. */
  boolean isUniform() {
    for (int c = 1; c < mean.length; c++) {
      if (mean[c] != mean[0] || std[c] != std[0]) {
        return false;
      }
    }
    return true;
  }
}
