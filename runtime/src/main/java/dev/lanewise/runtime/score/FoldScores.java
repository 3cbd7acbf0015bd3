package dev.lanewise.runtime.score;

import java.util.List;

/**
 * How well networks did that were trained on folds, each on the part that it was not trained on.
 *
 * <pre>{@code new FoldScores(scores).mean(Measure.Kind.ACCURACY) }</pre>
 *
 * @param scores of the folds, in their order; one whose training came to no number has none: {@link #DIVERGED}
 */
public record FoldScores(List<Score> scores) {
  public static final Score DIVERGED = new Score(Double.NaN, Double.NaN, 0);

  public FoldScores {
    scores = List.copyOf(scores);
  }

  /** The mean over the folds, whatever their sizes; NaN if one has no number. */
  public double mean(Measure.Kind kind) {
    return scores.stream().mapToDouble(s -> s.of(kind)).sum() / scores.size();
  }

  /** The standard deviation of the folds, as a sample: the squares around the mean are divided by their number less one. */
  public double deviation(Measure.Kind kind) {
    double mean = mean(kind);
    double squares = scores.stream().mapToDouble(s -> (s.of(kind) - mean) * (s.of(kind) - mean)).sum();
    return Math.sqrt(squares / (scores.size() - 1));
  }
}
