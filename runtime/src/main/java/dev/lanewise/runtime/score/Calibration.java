package dev.lanewise.runtime.score;

import dev.lanewise.runtime.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Whether a network is right as often as it is sure: examples in bins of the probability that it gives to the class it names (Guo et al. 2017).
 *
 * <pre>{@code Calibration.of(predictions, data.test(), 10).error()   // 0.05: off by five in a hundred, on average }</pre>
 *
 * @param bins of equal width from 0 to 1, in their order, also those that are empty
 * @param examples in all of them
 */
public record Calibration(List<Bin> bins, int examples) {
  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Examples of which a network is about as sure.
   *
   * @param above they are surer than this
   * @param upTo and at most as sure as this
   * @param sure their mean probability; NaN of none
   * @param right the share of them whose class is named; NaN of none
   */
  public record Bin(double above, double upTo, int count, double sure, double right) {
    /** By how much the share differs from the probability; 0 of none. */
    public double gap() {
      return count == 0 ? 0 : Math.abs(right - sure);
    }
  }

  /** @param examples of which these are the predictions */
  public static Calibration of(Predictions predictions, Dataset examples, int bins) {
    int[] counts = new int[bins];
    int[] right = new int[bins];
    double[] sure = new double[bins];
    for (int i = 0; i < examples.size(); i++) {
      double[] probabilities = predictions.probabilities(i);
      double most = Arrays.stream(probabilities).max().orElseThrow();
      int bin = Math.clamp((int) Math.ceil(most * bins) - 1, 0, bins - 1);
      counts[bin]++;
      sure[bin] += most;
      right[bin] += predictions.predicted(i) == examples.label(i) ? 1 : 0;
    }
    List<Bin> all = new ArrayList<>();
    for (int b = 0; b < bins; b++) {
      all.add(new Bin((double) b / bins, (b + 1.0) / bins, counts[b], sure[b] / counts[b], (double) right[b] / counts[b]));
    }
    return new Calibration(all, examples.size());
  }

  /** The expected calibration error: the mean of the gaps, each counting as often as there are examples. */
  public double error() {
    return bins.stream().mapToDouble(b -> b.gap() * b.count()).sum() / examples;
  }

  /** The bin with the largest gap. */
  public Bin worst() {
    return bins.stream().max(Comparator.comparingDouble(Bin::gap)).orElseThrow();
  }

  /** The mean probability. */
  public double sure() {
    return bins.stream().filter(b -> b.count() > 0).mapToDouble(b -> b.sure() * b.count()).sum() / examples;
  }

  /** The share of all examples whose class is named. */
  public double right() {
    return bins.stream().filter(b -> b.count() > 0).mapToDouble(b -> b.right() * b.count()).sum() / examples;
  }
}
