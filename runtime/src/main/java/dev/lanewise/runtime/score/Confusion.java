package dev.lanewise.runtime.score;

import dev.lanewise.runtime.execute.PlaceCounts;
import java.util.Arrays;

/**
 * How often examples of one class, or their places, were taken for another.
 *
 * <pre>{@code confusion.counts()[4][9]   // fours that were taken for nines }</pre>
 *
 * @param counts by the right class, then by the class that was predicted
 * @param left classes that were left out: no mean is over them
 * @param ofPlaces whether places were counted, not examples
 */
public record Confusion(long[][] counts, boolean[] left, boolean ofPlaces) {
  /** Of examples, none left out. */
  public Confusion(long[][] counts) {
    this(counts, new boolean[counts.length], false);
  }

  public Confusion(int classes) {
    this(new long[classes][classes]);
  }

  /** Of places. */
  static Confusion ofPlaces(int classes) {
    return new Confusion(new long[classes][classes], new boolean[classes], true);
  }

  void add(PlaceCounts places) {
    for (int right = 0; right < classes(); right++) {
      left[right] = places.isLeftOut(right);
      for (int said = 0; said < classes(); said++) {
        counts[right][said] += places.of(right, said);
      }
    }
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

  /** Examples, or places, of a class. */
  public long of(int label) {
    return Arrays.stream(counts[label]).sum();
  }

  private long predicted(int label) {
    return Arrays.stream(counts).mapToLong(row -> row[label]).sum();
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

  /** Intersection over union (Jaccard 1912): of what is a class or was predicted as it, the share that is both. */
  public double iou(int label) {
    return ratio(counts[label][label], predicted(label) + of(label) - counts[label][label]);
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

  public double iou() {
    return mean(this::iou);
  }

  /** Those that were predicted as what they are. */
  long correct() {
    return java.util.stream.IntStream.range(0, classes()).mapToLong(c -> counts[c][c]).sum();
  }

  private double mean(java.util.function.IntToDoubleFunction of) {
    return java.util.stream.IntStream.range(0, classes())
        .filter(c -> !left[c] && of(c) + predicted(c) > 0)
        .mapToDouble(of)
        .average()
        .orElse(classes() == 0 ? Double.NaN : 0);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
