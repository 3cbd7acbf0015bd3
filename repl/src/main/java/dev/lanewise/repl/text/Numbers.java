package dev.lanewise.repl.text;

import dev.lanewise.runtime.score.Measure;
import java.util.Locale;

/** Numbers as every user sees them, whatever the machine's language. */
public final class Numbers {
  private Numbers() {}

  /** {@code 21,840}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 938 batches}, {@code 1 batch}. */
  public static String count(long value, String one, String several) {
    return count(value) + " " + (value == 1 ? one : several);
  }

  /** Four decimals, as many as tell two epochs apart: {@code 0.0384}; {@code 1.2e+09} for what has left all bounds. */
  public static String loss(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 10_000 || !Double.isFinite(value) ? "%.4f" : "%.1e", value);
  }

  /** A learning rate, in three figures: {@code 0.01}, {@code 0.000125}, {@code 3.2e-07}. */
  public static String rate(double value) {
    if (value != 0 && Math.abs(value) < 1e-5) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    return new java.math.BigDecimal(value).round(new java.math.MathContext(3)).stripTrailingZeros().toPlainString();
  }

  /** A size as people say it: 512 bytes, 28.9 kB, 26.4 MB. */
  public static String bytes(long value) {
    if (value < 1_000) {
      return value + " bytes";
    }
    return value < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", value / 1e3)
        : String.format(Locale.ROOT, "%,.1f MB", value / 1e6);
  }

  /** {@code 98.76 %}. */
  public static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /** A share in percent, {@code 98.76 %}; an error in the unit of what is predicted, {@code 0.0384}, {@code 23456.8}. */
  public static String measured(Measure.Kind kind, double value) {
    if (kind.isShare()) {
      return percent(value);
    }
    if (value != 0 && Math.abs(value) < 0.001) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    boolean large = Math.abs(value) >= 10_000 && Math.abs(value) < 10_000_000;
    return Double.isNaN(value) ? "-" : large ? String.format(Locale.ROOT, "%.1f", value) : loss(value);
  }

  /** {@code 0.98}, and {@code 12.3} from ten seconds on. */
  public static String seconds(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }

  /** Examples per second; nothing to say about no time at all. */
  public static String rate(double examples, double seconds) {
    return seconds > 0 ? count(Math.round(examples / seconds)) : "-";
  }

  /** Time left: {@code 0:09}, {@code 1:02:03}. */
  public static String clock(double seconds) {
    long s = (long) Math.ceil(Math.max(0, seconds));
    return s < 3600
        ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }
}
