package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.operation.ShapeException.Problem;
import dev.lanewise.runtime.tensor.Shape;

/** The checks that several layers make of the shape they are given. */
final class Checks {
  private Checks() {}

  /** The number of features of a flat input. */
  static int flat(String call, Shape in) {
    if (!in.isFlat()) {
      throw new ShapeException(
          Problem.NEEDS_FLAT,
          call + " needs a flat input, but gets " + in,
          "add `flatten` before it (" + in.size() + " features)");
    }
    return in.size();
  }

  static void image(String call, Shape in) {
    if (!in.isImage()) {
      throw new ShapeException(
          Problem.NEEDS_IMAGE, call + " needs channels x height x width, but gets " + in, "move it before `flatten`");
    }
  }

  static int positive(String call, String argument, int value) {
    if (value < 1) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": " + argument + " must be at least 1, not " + value, "");
    }
    return value;
  }

  static double share(String call, String argument, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": " + argument + " must be between 0 and 1, not " + value, "");
    }
    return value;
  }

  static double notNegative(String call, String argument, double value) {
    if (!(value >= 0)) {
      throw new ShapeException(Problem.BAD_ARGUMENT, call + ": " + argument + " must be at least 0, not " + value, "");
    }
    return value;
  }

  static double probability(String call, double p) {
    if (!(p >= 0 && p < 1)) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": p must be at least 0 and below 1, not " + p, "");
    }
    return p;
  }

  /** The output's extent of a window that slides over {@code size} values: floor((size + 2 pad - window) / stride) + 1. */
  static int slide(String call, Shape in, int size, int window, int stride, int padding) {
    int room = size + 2 * padding - window;
    if (room < 0) {
      throw new ShapeException(
          Problem.WINDOW_TOO_LARGE,
          call + " has a window of " + window + ", but its input " + in + " leaves only " + (size + 2 * padding),
          "use a window of at most " + (size + 2 * padding) + ", or pad = " + ((window - size + 1) / 2));
    }
    return room / stride + 1;
  }

  /** The limit on what one tensor or one parameter may hold: it must be addressable with 16 lanes in one array. */
  static void affordable(String call, double values) {
    if (values > Integer.MAX_VALUE / 32) {
      throw new ShapeException(
          Problem.TOO_LARGE,
          String.format(
              java.util.Locale.ROOT, "%s would need %,.0f values, the limit is %,d", call, values, Integer.MAX_VALUE / 32),
          "");
    }
  }
}
