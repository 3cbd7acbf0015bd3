package dev.lanewise.runtime.data.format;

/**
 * Decimal numbers among letters: {@code -1.5e3}, as Java rounds them to a float, mostly without an object for each.
 *
 * <p>The digits make a whole number of 64 bits, to be multiplied by a power of ten. The double nearest to each of them, and their product,
 * are off by half a unit in the last place of a double at most. So the nearest float of the number is that of the product, unless the
 * product lies within a few units of the middle between two floats. Those, and longer numbers, are left to {@link Float#parseFloat}.
 */
final class Decimals {
  private static final double[] POWERS = {
    1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15, 1e-16, 1e-17, 1e-18, 1e-19
  };
  /** Digits of a whole number that, if it is too large for 64 bits, has become negative. */
  private static final int MOST_DIGITS = 19;
  /** The bits of a double that a float has not; in the middle between two floats the first of them alone is set. */
  private static final long BELOW = (1L << 29) - 1;
  private static final long MIDDLE = 1L << 28;
  private static final long NEAR = 4;

  private Decimals() {}

  /**
   * @param point the sign before decimals
   * @return NaN if it is no decimal number; infinite if it is too large for a float
   */
  static float of(char[] letters, int from, int to, char point) {
    int at = from;
    boolean negative = at < to && letters[at] == '-';
    if (negative) {
      at++;
    }
    int begin = at;
    long digits = 0;
    for (int two = two(letters, at, to); two >= 0; two = two(letters, at, to)) {
      digits = digits * 100 + two;
      at += 2;
    }
    if (at < to && isDigit(letters[at])) {
      digits = digits * 10 + letters[at++] - '0';
    }
    int count = at - begin;
    int decimals = 0;
    if (at < to && letters[at] == point) {
      begin = ++at;
      for (int two = two(letters, at, to); two >= 0; two = two(letters, at, to)) {
        digits = digits * 100 + two;
        at += 2;
      }
      if (at < to && isDigit(letters[at])) {
        digits = digits * 10 + letters[at++] - '0';
      }
      decimals = at - begin;
    }
    count += decimals;
    if (at == to && count > 0 && count <= MOST_DIGITS && digits >= 0) {
      float value = digits == 0 ? 0 : product(digits, POWERS[decimals]);
      if (value == value) {
        return negative ? -value : value;
      }
    }
    return any(letters, from, to, point);
  }

  /** Two digits, so that a long number takes half as many steps that wait for each other; negative if there are not two. */
  private static int two(char[] letters, int at, int to) {
    if (at + 1 >= to) {
      return -1;
    }
    int first = letters[at] - '0';
    int second = letters[at + 1] - '0';
    return (first | second) >= 0 && first <= 9 && second <= 9 ? 10 * first + second : -1;
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  /** NaN where the nearest float is not sure. */
  private static float product(long digits, double power) {
    double value = digits * power;
    long below = Double.doubleToRawLongBits(value) & BELOW;
    return below < MIDDLE - NEAR || below > MIDDLE + NEAR ? (float) value : Float.NaN;
  }

  /** Digits with a point, a sign, an exponent: nothing else that Java takes for a number. */
  private static float any(char[] letters, int from, int to, char point) {
    int at = from < to && (letters[from] == '-' || letters[from] == '+') ? from + 1 : from;
    int whole = digits(letters, at, to);
    int decimals = whole < to && letters[whole] == point ? digits(letters, whole + 1, to) : whole;
    boolean number = whole > at || decimals > whole + 1;
    int end = decimals;
    if (number && end < to && (letters[end] == 'e' || letters[end] == 'E')) {
      int power = end + 1 < to && (letters[end + 1] == '-' || letters[end + 1] == '+') ? end + 2 : end + 1;
      end = digits(letters, power, to);
      number = end > power;
    }
    return number && end == to ? Float.parseFloat(new String(letters, from, to - from).replace(point, '.')) : Float.NaN;
  }

  /** Where digits end. */
  private static int digits(char[] letters, int from, int to) {
    int at = from;
    while (at < to && isDigit(letters[at])) {
      at++;
    }
    return at;
  }
}
