package dev.lanewise.benchmarks.accuracy;

import java.util.function.ToDoubleFunction;

/**
 * The largest error among some points.
 *
 * @param at where it is
 * @param points how many were compared
 * @param wrong points where an infinity or NaN was computed and the truth is a number
 * @param missed points where a number was computed and the truth is infinite
 */
record Worst(double error, float at, int points, int wrong, int missed) {
  /** Of those points that lie within the bound. Where the truth is no number there is nothing to compare. */
  static Worst of(float[] x, double[] truth, float[] computed, double bound, ToDoubleFunction<Float> least) {
    Worst worst = new Worst(0, 0, 0, 0, 0);
    for (int i = 0; i < x.length; i++) {
      if (Math.abs(x[i]) <= bound && !Double.isNaN(truth[i])) {
        worst = worst.with(x[i], truth[i], computed[i], least.applyAsDouble(x[i]));
      }
    }
    return worst;
  }

  private Worst with(float x, double truth, float computed, double least) {
    if (!Ulp.isFinite(truth) || !Float.isFinite(computed)) {
      boolean wrong = Ulp.isFinite(truth);
      boolean missed = !wrong && Float.isFinite(computed);
      return new Worst(error, at, points + 1, this.wrong + (wrong ? 1 : 0), this.missed + (missed ? 1 : 0));
    }
    double now = Ulp.error(truth, computed, least);
    return now > error ? new Worst(now, x, points + 1, wrong, missed) : new Worst(error, at, points + 1, wrong, missed);
  }

  /** As a cell of a table. */
  @Override
  public String toString() {
    if (points == 0) {
      return "–";
    }
    String text = error == 0 ? "0" : Numbers.of(error) + " at " + Float.toString(at).replaceFirst("\\.0$", "");
    return text + (wrong > 0 ? "; " + wrong + " ∞/NaN" : "") + (missed > 0 ? "; " + missed + " not ∞" : "");
  }
}
