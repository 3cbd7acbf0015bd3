package dev.lanewise.runtime.score;

import java.util.Arrays;

/**
 * How often examples of one class were taken for another.
 *
 * <pre>{@code confusion.counts()[4][9]   // fours that were taken for nines }</pre>
 *
 * @param counts by the right class, then by the class that was predicted
 */
public record Confusion(int[][] counts) {
  public Confusion(int classes) {
    this(new int[classes][classes]);
  }

  void add(int label, int predicted) {
    // Outputs beyond the classes or of NaN, and labels that are plain numbers, have no place of their own.
    if (label >= 0 && label < counts.length && predicted >= 0 && predicted < counts.length) {
      counts[label][predicted]++;
    }
  }

  public int classes() {
    return counts.length;
  }

  /** Examples of a class. */
  public int of(int label) {
    return Arrays.stream(counts[label]).sum();
  }

  private int predicted(int label) {
    return Arrays.stream(counts).mapToInt(row -> row[label]).sum();
  }

  /** Of what was predicted as a class, the share that is it; 0 if nothing was. */
  public double precision(int label) {
    return ratio(counts[label][label], predicted(label));
  }

  /** Of the examples of a class, the share that was found; 0 if there is none. */
  public double recall(int label) {
    return ratio(counts[label][label], of(label));
  }

  /** The harmonic mean of precision and recall. */
  public double f1(int label) {
    return ratio(2 * counts[label][label], predicted(label) + of(label));
  }

  /** The mean over the classes that occur or were predicted, as scikit-learn's macro average; NaN if there are no classes. */
  public double precision() {
    return mean(this::precision);
  }

  public double recall() {
    return mean(this::recall);
  }

  public double f1() {
    return mean(this::f1);
  }

  private double mean(java.util.function.IntToDoubleFunction of) {
    return java.util.stream.IntStream.range(0, classes())
        .filter(c -> of(c) + predicted(c) > 0)
        .mapToDouble(of)
        .average()
        .orElse(classes() == 0 ? Double.NaN : 0);
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
