package dev.lanewise.runtime.symbolic;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A number as one writes it: 2, 0.01, 1/6. A whole number over another where that is what it came from, else a decimal over 1. What is beyond
 * numbers, such as 1/0, is not a number here.
 *
 * @param over carries the sign
 * @param under above 0
 */
record Ratio(double over, double under) {
  static final Ratio ZERO = new Ratio(0, 1);
  static final Ratio ONE = new Ratio(1, 1);
  static final Ratio MINUS_ONE = new Ratio(-1, 1);

  private static final double EXACT = 1L << 53;
  private static final int LARGEST_UNDER = 100;
  /** A decimal of so many digits is one that somebody wrote. */
  private static final int WRITTEN = 8;
  private static final MathContext ALMOST = new MathContext(14);

  static Ratio of(double value) {
    if (isWhole(value) || isWritten(value)) {
      return new Ratio(value, 1);
    }
    for (int under = 3; under <= LARGEST_UNDER; under++) {
      double over = Math.rint(value * under);
      if (over % under != 0 && Math.abs(over) < LARGEST_UNDER && Math.abs(over / under - value) <= Math.ulp(value)) {
        return new Ratio(over, under);
      }
    }
    return new Ratio(value, 1);
  }

  double value() {
    return over / under;
  }

  boolean isZero() {
    return over == 0;
  }

  /** Whether somebody may have written it so. */
  boolean isReadable() {
    return (isWhole(over) || isWritten(over)) && (isWhole(under) || isWritten(under));
  }

  Ratio negated() {
    return new Ratio(-over, under);
  }

  Ratio times(Ratio other) {
    Ratio product = normal(over * other.over, under * other.under);
    boolean lost = product.isZero() && !isZero() && !other.isZero();
    return lost ? new Ratio(Double.NaN, 1) : product;
  }

  Ratio plus(Ratio other) {
    return normal(over * other.under + other.over * under, under * other.under);
  }

  Ratio inverse() {
    return isZero() ? new Ratio(Double.NaN, 1) : normal(under * Math.signum(over), Math.abs(over));
  }

  Ratio power(int exponent) {
    Ratio power = ONE;
    for (int i = 0; i < Math.abs(exponent); i++) {
      power = power.times(exponent < 0 ? inverse() : this);
    }
    return power;
  }

  /** Both whole and without a common factor, or a decimal over 1, or over what does not divide it well. */
  private static Ratio normal(double over, double under) {
    if (!Double.isFinite(over) || !Double.isFinite(under)) {
      return new Ratio(Double.NaN, 1);
    }
    if (isWhole(over) && isWhole(under)) {
      double common = common(Math.abs(over), under);
      return new Ratio(over / common, under / common);
    }
    double value = rounded(over / under);
    Ratio ratio = of(value);
    return isWhole(value) || isWritten(value) || ratio.under != 1 ? ratio : new Ratio(rounded(over), rounded(under));
  }

  private static double common(double a, double b) {
    return b == 0 ? a : common(b, a % b);
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < EXACT;
  }

  private static boolean isWritten(double value) {
    return Double.isFinite(value) && new BigDecimal(Double.toString(value)).precision() <= WRITTEN;
  }

  /** 0.3 for 0.30000000000000004: without what arithmetic has added. */
  private static double rounded(double value) {
    if (!Double.isFinite(value)) {
      return value;
    }
    double near = new BigDecimal(value).round(ALMOST).doubleValue();
    return isWhole(near) || isWritten(near) ? near : value;
  }
}
