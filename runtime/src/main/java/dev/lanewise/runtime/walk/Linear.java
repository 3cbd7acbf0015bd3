package dev.lanewise.runtime.walk;

import dev.lanewise.runtime.operation.AtPlaces;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.Excerpt;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Repeat;
import dev.lanewise.runtime.operation.Resample;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.operation.Transpose;

/** Which operations move, multiply and add what they read, and nothing else. */
final class Linear {
  private Linear() {}

  /** Whether an operation is so in one of its inputs, whatever the others are. */
  static boolean is(Operation operation, int input) {
    return switch (operation) {
      case Dense _, Conv _, Dense.InputGradient _, Conv.InputGradient _, Concat _, Excerpt _, Reduce _, Repeat _, Resample _, Reshape _, Slice _, Slice.Gradient _, Spread _, Transpose _ -> true;
      case Embed _ -> input == 1;
      case AtPlaces(Operation of, int _) -> is(of, input);
      default -> false;
    };
  }
}
