package dev.lanewise.runtime.score;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well a network did over an epoch or a test.
 *
 * @param loss of the network's own output, the mean over the examples
 * @param accuracy share of examples, or of their places, classified correctly; NaN where there are no classes
 * @param confusion null where it was not counted
 * @param ranking null where it was not counted
 * @param overlap null where it was not counted; where there are classes, the confusion tells it
 * @param errors null where they were not counted
 * @param detections null where they were not counted
 * @param heads of losses that are told by themselves, by their names
 * @param told numbers of an epoch that is read back: what they were counted from is gone
 */
public record Score(
    double loss, double accuracy, int examples, Confusion confusion, Ranking ranking, Overlap overlap, Errors errors, Detections detections,
    Map<Measure.Kind, Double> told, Map<String, Score> heads) {
  public Score {
    heads = Collections.unmodifiableMap(new LinkedHashMap<>(heads));
    accuracy = confusion != null && confusion.classes() == 0 ? Double.NaN : accuracy;
    told = Map.copyOf(told);
  }

  public Score(double loss, double accuracy, int examples, Confusion confusion, Ranking ranking, Overlap overlap, Errors errors) {
    this(loss, accuracy, examples, confusion, ranking, overlap, errors, null, Map.of(), Map.of());
  }

  public Score(double loss, double accuracy, int examples) {
    this(loss, accuracy, examples, null, null, null, null);
  }

  /** The same with those of others, by their names. */
  public Score with(Map<String, Score> others) {
    return new Score(loss, accuracy, examples, confusion, ranking, overlap, errors, detections, told, others);
  }

  /** Numbers without what they were counted from. */
  public Score(int examples, Map<Measure.Kind, Double> told) {
    this(
        told.getOrDefault(Measure.Kind.LOSS, Double.NaN), told.getOrDefault(Measure.Kind.ACCURACY, Double.NaN), examples, null, null, null, null, null,
        told, Map.of());
  }

  /** The loss, the accuracy and these numbers, without what they were counted from. */
  public Score condensed(List<Measure.Kind> kinds) {
    Map<Measure.Kind, Double> numbers = new EnumMap<>(Measure.Kind.class);
    numbers.put(Measure.Kind.LOSS, loss);
    numbers.put(Measure.Kind.ACCURACY, accuracy);
    kinds.forEach(k -> numbers.put(k, of(k)));
    Map<String, Score> condensed = new LinkedHashMap<>();
    heads.forEach((name, score) -> condensed.put(name, score.condensed(List.of())));
    return new Score(loss, accuracy, examples, null, null, null, null, null, numbers, condensed);
  }

  /** What is told of it besides the loss, unasked: the accuracy, of texts that are made of others how many are right as a whole, how well things are found, or the errors of numbers from a table. */
  public List<Measure.Kind> headline() {
    if (!Double.isNaN(accuracy)) {
      return confusion != null && confusion.exactIsTold() ? List.of(Measure.Kind.ACCURACY, Measure.Kind.EXACT) : List.of(Measure.Kind.ACCURACY);
    }
    if (detections != null) {
      return List.of(Measure.Kind.MAP50);
    }
    return errors != null && errors.areTold() ? List.of(Measure.Kind.MAE, Measure.Kind.RMSE, Measure.Kind.R2) : List.of();
  }

  /** One of its numbers; NaN where it was not counted. */
  public double of(Measure.Kind kind) {
    return told.containsKey(kind) ? told.get(kind) : counted(kind);
  }

  private double counted(Measure.Kind kind) {
    return switch (kind) {
      case LOSS -> loss;
      case ACCURACY -> accuracy;
      case EXACT -> confusion == null ? Double.NaN : confusion.exactly();
      case F1 -> confusion == null ? Double.NaN : confusion.f1();
      case PRECISION -> confusion == null ? Double.NaN : confusion.precision();
      case RECALL -> confusion == null ? Double.NaN : confusion.recall();
      case SENSITIVITY -> found(1);
      case SPECIFICITY -> found(0);
      case TOP2 -> top(2);
      case TOP3 -> top(3);
      case TOP5 -> top(5);
      case AUC -> ranking == null ? Double.NaN : ranking.auc();
      case IOU -> overlap != null ? overlap.iou() : confusion == null ? Double.NaN : confusion.iou();
      case DICE -> overlap != null ? overlap.dice() : confusion == null ? Double.NaN : confusion.f1();
      case MAP50 -> detections == null ? Double.NaN : detections.mean();
      case MAE -> errors == null ? Double.NaN : errors.mae();
      case RMSE -> errors == null ? Double.NaN : errors.rmse();
      case R2 -> errors == null ? Double.NaN : errors.r2();
    };
  }

  /** Of two classes. */
  private double found(int label) {
    return confusion == null || confusion.classes() != 2 || confusion.of(label) == 0 ? Double.NaN : confusion.recall(label);
  }

  private double top(int count) {
    return ranking == null ? Double.NaN : ranking.top(count);
  }
}
