package dev.lanewise.runtime.vital;

/**
 * What the units of an activation make of some examples.
 *
 * @param node whose units they are, by its name in the graph
 * @param bend what kind of function it is
 * @param units of each feature or channel: of {@link Bend#RELU} the mean of its values, which is 0 only if it is silent for all examples; of the others the mean slope
 *     as a share of the steepest one, near 0 where it is saturated
 */
public record Activity(String node, Bend bend, double[] units) {
  /** The share of units that are nothing, or as good as nothing. */
  public double below(double least) {
    int count = 0;
    for (double unit : units) {
      count += unit <= least ? 1 : 0;
    }
    return (double) count / units.length;
  }

  public double mean() {
    double sum = 0;
    for (double unit : units) {
      sum += unit;
    }
    return sum / units.length;
  }
}
