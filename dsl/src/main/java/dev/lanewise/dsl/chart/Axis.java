package dev.lanewise.dsl.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values along a side of a chart, and the round ones among them that are written beside it. */
record Axis(double low, double high, boolean logarithmic) {
  private static final int TICKS = 8;

  Axis {
    if (!(low < high)) {
      // A constant lies in the middle.
      double middle = low;
      low = logarithmic ? middle / 2 : middle - 1;
      high = logarithmic ? middle * 2 : middle + 1;
    }
  }

  /** Where a value lies, from 0 to 1. */
  double share(double value) {
    return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  }

  List<Double> ticks() {
    return logarithmic ? powers() : steps();
  }

  private List<Double> steps() {
    double raw = (high - low) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = raw <= power ? power : raw <= 2 * power ? 2 * power : raw <= 5 * power ? 5 * power : 10 * power;
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** 1, 2, 5 and their tenfolds; the tenfolds alone where they suffice. */
  private List<Double> powers() {
    boolean few = Math.log10(high / low) < 4;
    List<Double> ticks = new ArrayList<>();
    for (double power = Math.pow(10, Math.floor(Math.log10(low))); power <= high; power *= 10) {
      for (double factor : few ? new double[] {1, 2, 5} : new double[] {1}) {
        if (power * factor >= low && power * factor <= high) {
          ticks.add(power * factor);
        }
      }
    }
    return ticks;
  }

  static String text(double value) {
    if (Math.abs(value) < 1e-12) {
      return "0";
    }
    return Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3
        ? String.format(Locale.ROOT, "%.0e", value)
        : new java.math.BigDecimal(value).round(new java.math.MathContext(6)).stripTrailingZeros().toPlainString();
  }
}
