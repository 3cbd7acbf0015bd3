package dev.lanewise.runtime.score;

/**
 * How well a network did over an epoch or a test.
 *
 * @param loss of the network's own output, the mean over the examples
 * @param accuracy share of examples classified correctly; NaN where there are no classes
 * @param confusion null where it was not counted
 * @param ranking null where it was not counted
 * @param overlap null where it was not counted
 */
public record Score(double loss, double accuracy, int examples, Confusion confusion, Ranking ranking, Overlap overlap) {
  public Score {
    accuracy = confusion != null && confusion.classes() == 0 ? Double.NaN : accuracy;
  }

  public Score(double loss, double accuracy, int examples) {
    this(loss, accuracy, examples, null, null, null);
  }

  /** One of its numbers; NaN where it was not counted. */
  public double of(Measure.Kind kind) {
    return switch (kind) {
      case LOSS -> loss;
      case ACCURACY -> accuracy;
      case F1 -> confusion == null ? Double.NaN : confusion.f1();
      case PRECISION -> confusion == null ? Double.NaN : confusion.precision();
      case RECALL -> confusion == null ? Double.NaN : confusion.recall();
      case TOP2 -> top(2);
      case TOP3 -> top(3);
      case TOP5 -> top(5);
      case AUC -> ranking == null ? Double.NaN : ranking.auc();
      case IOU -> overlap == null ? Double.NaN : overlap.iou();
      case DICE -> overlap == null ? Double.NaN : overlap.dice();
    };
  }

  private double top(int count) {
    return ranking == null ? Double.NaN : ranking.top(count);
  }
}
