package dev.lanewise.runtime.score;

import java.util.Arrays;

/**
 * How high the right answers stand among a network's outputs: counted example by example, asked for afterwards.
 *
 * <pre>{@code ranking.top(5)   // share of the examples whose class is among the five highest outputs }</pre>
 */
public final class Ranking {
  private static final int MOST = 5;

  private final int[] within = new int[MOST];
  private final int outputs;
  private final float[] scores;
  private final int[] labels;
  private int count;

  /**
   * @param outputs of the network
   * @param keeps how many examples' outputs are kept, which {@link #auc} needs; 0 for none
   */
  Ranking(int outputs, int keeps) {
    this.outputs = outputs;
    this.scores = new float[Math.multiplyExact(outputs, keeps)];
    this.labels = new int[keeps];
  }

  /** @param rank how many outputs are above that of the right class, from 0 on */
  void add(int label, int rank) {
    for (int k = rank; k < MOST; k++) {
      within[k]++;
    }
    if (labels.length > 0) {
      labels[count] = label;
    }
    count++;
  }

  /** Where the outputs of the example go that is added next; null if none are kept. */
  float[] scores() {
    return labels.length == 0 ? null : scores;
  }

  int next() {
    return count * outputs;
  }

  /** The share of examples whose class is among the k highest outputs, k from 1 to 5. */
  public double top(int k) {
    return count == 0 ? 0 : (double) within[k - 1] / count;
  }

  /**
   * The area under the receiver operating characteristic: of a class's examples and the others, the share of pairs in which the class's
   * example has the higher score, ties counted half; the mean over the classes that occur, each against the rest, as scikit-learn's
   * {@code roc_auc_score(multi_class="ovr")}. Outputs that are no probabilities yet become so by softmax; a single output is the score
   * of class 1, and of two classes the second is taken, as there.
   *
   * @return NaN where fewer than two classes occur
   */
  public double auc() {
    if (labels.length < count) {
      throw new IllegalStateException("the outputs were not kept");
    }
    if (outputs == 1) {
      return auc(1, column(0, 1));
    }
    double[] probabilities = probabilities();
    if (outputs == 2) {
      return auc(1, every(probabilities, 1));
    }
    double sum = 0;
    int classes = 0;
    for (int c = 0; c < outputs; c++) {
      double area = auc(c, every(probabilities, c));
      if (!Double.isNaN(area)) {
        sum += area;
        classes++;
      }
    }
    return classes == 0 ? Double.NaN : sum / classes;
  }

  private double[] column(int c, int stride) {
    double[] column = new double[count];
    Arrays.setAll(column, i -> scores[i * stride + c]);
    return column;
  }

  private double[] every(double[] values, int c) {
    double[] column = new double[count];
    Arrays.setAll(column, i -> values[i * outputs + c]);
    return column;
  }

  private double[] probabilities() {
    double[] all = new double[count * outputs];
    Arrays.setAll(all, i -> scores[i]);
    if (!areProbabilities(all)) {
      for (int i = 0; i < count; i++) {
        softmax(all, i * outputs);
      }
    }
    return all;
  }

  private boolean areProbabilities(double[] all) {
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int c = 0; c < outputs; c++) {
        double p = all[i * outputs + c];
        sum += p < 0 ? Double.NaN : p;
      }
      if (!(Math.abs(sum - 1) < 1e-3)) {
        return false;
      }
    }
    return true;
  }

  private void softmax(double[] all, int at) {
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < outputs; c++) {
      most = Math.max(most, all[at + c]);
    }
    double sum = 0;
    for (int c = 0; c < outputs; c++) {
      all[at + c] = StrictMath.exp(all[at + c] - most);
      sum += all[at + c];
    }
    for (int c = 0; c < outputs; c++) {
      all[at + c] /= sum;
    }
  }

  /** By the ranks of the class's examples among all (Mann and Whitney 1947). */
  private double auc(int label, double[] of) {
    double[] sorted = of.clone();
    Arrays.sort(sorted);
    double ranks = 0;
    long positives = 0;
    for (int i = 0; i < count; i++) {
      if (labels[i] == label) {
        ranks += (first(sorted, of[i]) + first(sorted, Math.nextUp(of[i])) + 1) / 2.0;
        positives++;
      }
    }
    long negatives = count - positives;
    return positives == 0 || negatives == 0
        ? Double.NaN
        : (ranks - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
  }

  /** How many are below a value. */
  private static int first(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
