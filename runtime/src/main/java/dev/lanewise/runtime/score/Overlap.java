package dev.lanewise.runtime.score;

/**
 * How far what a network marks lies over what it should mark: numbers above one half are marked in a target, see
 * {@link Threshold} for outputs. Counted over all examples, as torchmetrics' binary JaccardIndex and F1 do.
 *
 * <pre>{@code new Overlap(100, 80, 60).iou()   // 60 of 120: 0.5 }</pre>
 *
 * @param wanted numbers that are marked in the targets
 * @param said those that are in the outputs
 * @param both those that are in both
 */
public record Overlap(long wanted, long said, long both) {
  /** Intersection over union (Jaccard 1912): of what either marks, the share that both do; 1 where nothing is marked. */
  public double iou() {
    return ratio(both, wanted + said - both);
  }

  /** Twice what both mark, of what each marks (Dice 1945). */
  public double dice() {
    return ratio(2 * both, wanted + said);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 1 : (double) part / whole;
  }
}
