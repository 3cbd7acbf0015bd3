package dev.lanewise.dsl.exhibit;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A part of a formula. */
public sealed interface Piece {
  /** What stands between numbers: {@code tanh(}. */
  record Sign(String text) implements Piece {}

  /**
   * A number, and where it comes from.
   *
   * @param name of the value that it is of, such as {@code conv1.weight}; empty if it is a number of the formula itself
   * @param at its place there, counted from 0; empty if it is alone
   */
  record Number(String name, List<Integer> at, double value) implements Piece {
    public Number {
      at = List.copyOf(at);
    }

    /** Of the formula itself. */
    public static Number plain(double value) {
      return new Number("", List.of(), value);
    }

    /** {@code conv1.weight[2,0,1,1]}. */
    public String symbol() {
      if (name.isEmpty() || at.isEmpty()) {
        return name.isEmpty() ? text(value) : name;
      }
      String place = at.stream().map(String::valueOf).collect(Collectors.joining(","));
      // Of a step at a place of a sequence: lstm1.c[3,1].
      return name.endsWith("]") ? name.substring(0, name.length() - 1) + "," + place + "]" : name + "[" + place + "]";
    }
  }

  /** Four figures: {@code 0.3127}, {@code -12.5}, {@code 1.652e-05}. */
  static String text(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 0.001 || size >= 1e6) && Double.isFinite(value)) {
      return String.format(Locale.ROOT, "%.3e", value).replaceAll("\\.?0+e", "e");
    }
    int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : size >= 0.1 || size == 0 ? 4 : size >= 0.01 ? 5 : 6;
    String plain = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return plain.contains(".") ? plain.replaceAll("0+$", "").replaceAll("\\.$", "").replaceAll("^-0$", "0") : plain;
  }
}
