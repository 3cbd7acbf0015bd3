package dev.lanewise.runtime.score;

/**
 * How far a network's numbers are from those that it should predict: counted example by example, in their order and in double precision, asked
 * for afterwards. A column is one of an example's numbers: one of several targets, or a pixel.
 *
 * <pre>{@code
 * Errors errors = new Errors(1, true);
 * errors.add(new float[] {2}, new float[] {3}, 0);
 * errors.mae()   // 1
 * }</pre>
 */
public final class Errors {
  private final int columns;
  private final boolean told;
  private double absolute;
  /** Of each column: squares of what is missed; the mean of the targets so far, and squares of how far they are from it (Welford 1962). */
  private final double[] missed;
  private final double[] means;
  private final double[] spread;
  private int count;

  /**
   * @param columns numbers of an example
   * @param told whether they are worth a word unasked: each number of a table is, the pixels of an image or a mask are not
   */
  public Errors(int columns, boolean told) {
    this.columns = columns;
    this.told = told;
    this.missed = new double[columns];
    this.means = new double[columns];
    this.spread = new double[columns];
  }

  /**
   * Counts an example, whose numbers lie in both from there on.
   *
   * @param targets what it should be
   * @param outputs what the network says
   */
  public void add(float[] targets, float[] outputs, int at) {
    count++;
    double share = 1.0 / count;
    for (int c = 0; c < columns; c++) {
      double target = targets[at + c];
      double error = outputs[at + c] - target;
      absolute += Math.abs(error);
      missed[c] += error * error;
      double beside = target - means[c];
      means[c] += beside * share;
      spread[c] += beside * (target - means[c]);
    }
  }

  boolean areTold() {
    return told;
  }

  /** The mean of what is missed, whatever its sign, over all numbers of all examples. */
  public double mae() {
    return absolute / ((double) count * columns);
  }

  /** The root of the mean square of what is missed, over all numbers of all examples. */
  public double rmse() {
    double sum = 0;
    for (double m : missed) {
      sum += m;
    }
    return Math.sqrt(sum / ((double) count * columns));
  }

  /**
   * The share of the targets' variance that the network explains: 1 - squares missed / squares around the mean of these examples; the mean over
   * the columns, as scikit-learn's {@code r2_score}. A column that is constant counts 1 if it is met exactly, 0 otherwise.
   *
   * @return below 0 where the mean would be nearer; NaN of fewer than two examples
   */
  public double r2() {
    if (count < 2) {
      return Double.NaN;
    }
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += r2(missed[c], spread[c]);
    }
    return sum / columns;
  }

  private static double r2(double missed, double spread) {
    boolean constant = spread == 0 && !Double.isNaN(missed);
    return constant ? (missed == 0 ? 1 : 0) : 1 - missed / spread;
  }
}
