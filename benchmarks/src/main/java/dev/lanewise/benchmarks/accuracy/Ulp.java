package dev.lanewise.benchmarks.accuracy;

/**
 * Errors in units of the last place: how many steps of float32 lie between what was computed and the truth. The step is that of the
 * correctly rounded result; below the smallest normal number, 2^-126, it is that number itself, so that one who rounds such results to
 * zero is less than one unit off.
 */
final class Ulp {
  private Ulp() {}

  /** @param least the unit is at least that of a number of this size; 0 for none */
  static double error(double truth, float computed, double least) {
    return Math.abs(computed - truth) / unit(truth, least);
  }

  private static double unit(double truth, double least) {
    float rounded = (float) Math.max(Math.abs(truth), least);
    return rounded < Float.MIN_NORMAL ? Float.MIN_NORMAL : Math.ulp(rounded);
  }

  /** Whether float32 can hold it: neither infinite nor not a number once rounded. */
  static boolean isFinite(double truth) {
    return Float.isFinite((float) truth);
  }
}
