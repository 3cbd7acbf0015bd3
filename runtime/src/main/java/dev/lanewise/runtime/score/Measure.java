package dev.lanewise.runtime.score;

import dev.lanewise.runtime.data.Target;
import java.util.Arrays;
import java.util.Optional;

/** A number by which the epochs of a training are compared. */
public record Measure(boolean validation, Kind kind) {
  /** What is measured. */
  public enum Kind {
    LOSS,
    ACCURACY,
    /** The share of examples all of whose places are right: as many as are decoded as they should be, token by token. */
    EXACT,
    F1,
    PRECISION,
    RECALL,
    /** Of two classes: of the examples of the second, the positive one, the share that is found. */
    SENSITIVITY,
    /** Of two classes: of the examples of the first, the share that is not taken for the second. */
    SPECIFICITY,
    /** Whether the right class is among the two, three or five highest outputs. */
    TOP2,
    TOP3,
    TOP5,
    /** See {@link Ranking#auc}. */
    AUC,
    /** See {@link Overlap}; of classes at each place the mean over the classes, see {@link Confusion}. */
    IOU,
    DICE,
    /** See {@link Detections}. */
    MAP50,
    /** See {@link Errors}. */
    MAE,
    RMSE,
    R2;

    /** Whether it can be told of such targets: some compare classes, others masks, others any numbers. What is told of several targets together suits none. */
    public boolean suits(Target target) {
      return switch (this) {
        case LOSS -> true;
        case MAP50 -> false;
        case MAE, RMSE, R2 -> target.isNumbers();
        case EXACT -> target.isPlaces();
        case IOU, DICE -> target.isPlaces() || target.isNumbers() && target.shape().size() > 1;
        case ACCURACY, F1, PRECISION, RECALL -> !target.isNumbers();
        case TOP2, TOP3, TOP5, AUC -> target.isClass();
        case SENSITIVITY, SPECIFICITY -> target.isClass() && target.classes() == 2;
      };
    }

    /** Whether it should be small: a loss, or an error. All else should be large. */
    public boolean falls() {
      return switch (this) {
        case LOSS, MAE, RMSE -> true;
        case ACCURACY, EXACT, F1, PRECISION, RECALL, SENSITIVITY, SPECIFICITY, TOP2, TOP3, TOP5, AUC, IOU, DICE, MAP50, R2 -> false;
      };
    }

    /** Whether it is a share from 0 to 1, which people read in percent. */
    public boolean isShare() {
      return !falls() && this != R2;
    }

    /** Whether a training counts it of its examples only where it is among the metrics: it takes time or memory. */
    public boolean isOptional() {
      return switch (this) {
        case AUC, IOU, DICE, MAP50, MAE, RMSE, R2 -> true;
        case LOSS, ACCURACY, EXACT, F1, PRECISION, RECALL, SENSITIVITY, SPECIFICITY, TOP2, TOP3, TOP5 -> false;
      };
    }

    /** As the language writes it. */
    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** {@code val.loss}; of the training split plainly {@code accuracy}. */
  public static Optional<Measure> named(String name) {
    boolean validation = name.startsWith("val.");
    return kind(validation ? name.substring(4) : name).map(k -> new Measure(validation, k));
  }

  public static Optional<Kind> kind(String name) {
    return Arrays.stream(Kind.values()).filter(k -> k.toString().equals(name)).findFirst();
  }

  /** Whether one value is better than another. */
  public boolean better(double value, double other) {
    return kind.falls() ? value < other : value > other;
  }

  double worst() {
    return kind.falls() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  @Override
  public String toString() {
    return (validation ? "val." : "") + kind;
  }
}
