package dev.lanewise.runtime.score;

import dev.lanewise.runtime.execute.PlaceCounts;
import java.util.Arrays;

/**
 * How often examples of one class, or their places, were taken for another.
 *
 * <pre>{@code confusion.counts()[4][9]   // fours that were taken for nines }</pre>
 *
 * @param counts by the right class, then by the class that was predicted
 * @param counts nothing where there are too many classes for it: then totals tell of each class how often it is right, said, and both
 * @param left classes that were left out: no mean is over them
 * @param ofPlaces whether places were counted, not examples
 * @param exact examples all of whose places are right, and examples; of places alone
 * @param exactIsTold whether that is worth a word unasked: of a text that is made of another it is, of a window of a long text or the pixels of a mask it is not
 */
public record Confusion(long[][] counts, long[][] totals, boolean[] left, boolean ofPlaces, long[] exact, boolean exactIsTold) {
  private static final int RIGHT = 0;
  private static final int SAID = 1;
  private static final int BOTH = 2;

  /** Of examples, none left out. */
  public Confusion(long[][] counts) {
    this(counts, new long[0][], new boolean[counts.length], false, new long[2], false);
  }

  public Confusion(int classes) {
    this(new long[classes][classes]);
  }

  /** Of places. @param exactIsTold whether it is worth a word how many examples are right at all of theirs */
  static Confusion ofPlaces(PlaceCounts places, boolean exactIsTold) {
    int classes = places.classes();
    return new Confusion(places.isTable() ? new long[classes][classes] : new long[0][], places.isTable() ? new long[0][] : new long[3][classes], new boolean[classes], true, new long[2], exactIsTold);
  }

  void add(PlaceCounts places) {
    exact[0] += places.exact();
    exact[1] += places.examples();
    for (int right = 0; right < classes(); right++) {
      left[right] = places.isLeftOut(right);
      if (!isTable()) {
        totals[RIGHT][right] += places.right(right);
        totals[SAID][right] += places.said(right);
        totals[BOTH][right] += places.both(right);
      }
      for (int said = 0; isTable() && said < classes(); said++) {
        counts[right][said] += places.of(right, said);
      }
    }
  }

  /** Whether it is known which class was taken for which. */
  public boolean isTable() {
    return totals.length == 0;
  }

  /** The share of examples all of whose places are right; NaN where no places were counted. */
  public double exactly() {
    return ofPlaces ? ratio(exact[0], exact[1]) : Double.NaN;
  }

  void add(int label, int predicted) {
    // Outputs beyond the classes or of NaN, and labels that are plain numbers, have no place of their own.
    if (label >= 0 && label < counts.length && predicted >= 0 && predicted < counts.length) {
      counts[label][predicted]++;
    }
  }

  public int classes() {
    return left.length;
  }

  private long both(int label) {
    return isTable() ? counts[label][label] : totals[BOTH][label];
  }

  /** Examples, or places, of a class. */
  public long of(int label) {
    return isTable() ? Arrays.stream(counts[label]).sum() : totals[RIGHT][label];
  }

  private long predicted(int label) {
    return isTable() ? Arrays.stream(counts).mapToLong(row -> row[label]).sum() : totals[SAID][label];
  }

  /** Of what was predicted as a class, the share that is it; 0 if nothing was. */
  public double precision(int label) {
    return ratio(both(label), predicted(label));
  }

  /** Of the examples of a class, the share that was found; 0 if there is none. */
  public double recall(int label) {
    return ratio(both(label), of(label));
  }

  /** The harmonic mean of precision and recall. */
  public double f1(int label) {
    return ratio(2 * both(label), predicted(label) + of(label));
  }

  /** Intersection over union (Jaccard 1912): of what is a class or was predicted as it, the share that is both. */
  public double iou(int label) {
    return ratio(both(label), predicted(label) + of(label) - both(label));
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
    return java.util.stream.IntStream.range(0, classes()).mapToLong(this::both).sum();
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
