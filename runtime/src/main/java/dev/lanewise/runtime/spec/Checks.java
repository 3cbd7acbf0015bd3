package dev.lanewise.runtime.spec;

import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.tensor.Sides;
import java.util.Locale;

/** The checks that several layers make of the shape they are given. */
public final class Checks {
  private Checks() {}

  /** The number of features of a flat input. */
  public static int flat(String call, Shape in) {
    if (!in.isFlat()) {
      throw new ShapeException(
          Problem.NEEDS_FLAT,
          call + " needs a flat input, but gets " + in,
          "add `flatten` before it (" + in.size() + " features)");
    }
    return in.size();
  }

  /** Channels of planes: an image, or a sequence, which is an image of one row. */
  public static void planes(String call, Shape in) {
    if (!in.isImage() && !in.isSequence()) {
      throw new ShapeException(
          Problem.NEEDS_IMAGE,
          call + " needs channels x height x width, or channels x length, but gets " + in,
          in.isFlat() ? "move it before `flatten`" : "");
    }
  }

  /** A sequence, channels x length. */
  public static Shape sequence(String call, Shape in) {
    if (!in.isSequence()) {
      throw new ShapeException(
          Problem.NEEDS_SEQUENCE, call + " needs a sequence, channels x length, but gets " + in,
          in.isImage() ? "write reshape(" + in.channels() + "x" + in.dim(1) * in.dim(2) + ") before it: its places row by row" : "");
    }
    return in;
  }

  /** Whole numbers, each of which becomes some channels: one, a length of them, or height x width. */
  public static void places(String call, Shape in, int channels) {
    if (in.rank() > 2) {
      throw new ShapeException(
          Problem.NEEDS_FLAT, call + " takes one whole number, a length of them, or height x width, but gets " + in, "write for example `input 28x28 of 11`");
    }
    affordable(call, (double) in.size() * channels);
  }

  /** Parts into which both the input's channels and the output's can be cut. */
  public static int groups(String call, int groups, int in, int out) {
    positive(call, "groups", groups);
    if (in % groups != 0 || out % groups != 0) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT,
          call + ": groups = " + groups + " must divide the channels of the input, " + in + ", and of the output, " + out,
          "use a number that divides both");
    }
    return groups;
  }

  public static int positive(String call, String argument, int value) {
    if (value < 1) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": " + argument + " must be at least 1, not " + value, "");
    }
    return value;
  }

  /** Two numbers for an image; a sequence has one axis, and so one number. */
  public static Sides sides(String call, String argument, Sides sides, Shape in) {
    if (in.isSequence() && !sides.isSquare()) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": " + argument + " is one number for a sequence such as " + in + ", not " + sides,
          "use " + sides.width());
    }
    return sides;
  }

  /** The same, none of them 0. */
  public static Sides positive(String call, String argument, Sides sides, Shape in) {
    positive(call, argument, sides.least());
    return sides(call, argument, sides, in);
  }

  public static double share(String call, String argument, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": " + argument + " must be between 0 and 1, not " + value, "");
    }
    return value;
  }

  public static double notNegative(String call, String argument, double value) {
    if (!(value >= 0)) {
      throw new ShapeException(Problem.BAD_ARGUMENT, call + ": " + argument + " must be at least 0, not " + value, "");
    }
    return value;
  }

  public static double probability(String call, double p) {
    if (!(p >= 0 && p < 1)) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": p must be at least 0 and below 1, not " + p, "");
    }
    return p;
  }

  /** The output's extent of a window that slides over {@code size} values: floor((size + 2 pad - window) / stride) + 1. */
  public static int slide(String call, Shape in, int size, double window, int stride, int padding) {
    double padded = size + 2.0 * padding;
    affordable(call, padded);
    if (padded < window) {
      throw new ShapeException(
          Problem.WINDOW_TOO_LARGE,
          String.format(
              Locale.ROOT, "%s has a window of %.0f, but its input %s leaves only %.0f", call, window, in, padded),
          String.format(
              Locale.ROOT, "use a window of at most %.0f, or pad = %.0f", padded, Math.ceil((window - size) / 2)));
    }
    return (int) (padded - window) / stride + 1;
  }

  /** The limit on what one parameter may hold: as much as an array. */
  public static void storable(String call, double values) {
    check(call, values, Memory.MOST);
  }

  /** The limit on what one tensor may hold: it must be addressable with 16 lanes in one array. */
  public static void affordable(String call, double values) {
    check(call, values, Integer.MAX_VALUE / 32);
  }

  private static void check(String call, double values, int most) {
    if (values > most) {
      throw new ShapeException(
          Problem.TOO_LARGE,
          String.format(
              Locale.ROOT, "%s would need %,.0f values, the limit is %,d", call, values, most),
          "");
    }
  }
}
