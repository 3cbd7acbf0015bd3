package dev.lanewise.runtime.explain;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How alike two maps order their places (Spearman 1904): the correlation of ranks, from -1 to 1. Equal numbers share the mean of their ranks. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /** 0 where all numbers of a map are equal: they have no order. */
  public static double of(double[] a, double[] b) {
    double[] ranksOfA = ranks(a);
    double[] ranksOfB = ranks(b);
    double mean = (a.length - 1) / 2.0;
    double product = 0;
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (ranksOfA[i] - mean) * (ranksOfB[i] - mean);
      squaresOfA += (ranksOfA[i] - mean) * (ranksOfA[i] - mean);
      squaresOfB += (ranksOfB[i] - mean) * (ranksOfB[i] - mean);
    }
    return squaresOfA == 0 || squaresOfB == 0 ? 0 : product / Math.sqrt(squaresOfA * squaresOfB);
  }

  /** From 0 for the least. */
  static double[] ranks(double[] values) {
    int[] order = IntStream.range(0, values.length).boxed().sorted(Comparator.comparingDouble(i -> values[i])).mapToInt(i -> i).toArray();
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length;) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      double shared = (from + to - 1) / 2.0;
      Arrays.stream(order, from, to).forEach(i -> ranks[i] = shared);
      from = to;
    }
    return ranks;
  }
}
