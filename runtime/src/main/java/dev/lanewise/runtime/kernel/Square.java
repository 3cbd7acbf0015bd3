package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Indices;
import dev.lanewise.runtime.kernel.code.Vector.Select;
import java.util.List;

/**
 * Transposes squares of values in registers, as many vectors as a vector has lanes, by the perfect shuffle: rows i and i + n/2 are
 * interleaved, log n times.
 */
final class Square {
  /** Where the lanes of an interleaved half come from: the first halves of two vectors, then the second. */
  static final int[] INTERLEAVING = interleaving();

  private Square() {}

  private static int[] interleaving() {
    int[] indices = new int[2 * LENGTH];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = i / 2 + i % 2 * LENGTH;
    }
    return indices;
  }

  /** What a program with the table {@code interleaving} begins with; {@link #upper} too. */
  static Statement lower() {
    return new Set("low", new Indices("interleaving", Index.of(0)));
  }

  static Statement upper() {
    return new Set("high", new Indices("interleaving", Index.of(LENGTH)));
  }

  /** Rows r0_i, as integers, become columns, named after the last stage, which it returns. */
  static int transpose(List<Statement> body) {
    int stage = 0;
    for (int n = 1; n < LENGTH; n *= 2, stage++) {
      for (int i = 0; i < LENGTH; i++) {
        Vector a = new Vector.Variable("r" + stage + "_" + i / 2);
        Vector b = new Vector.Variable("r" + stage + "_" + (i / 2 + LENGTH / 2));
        Vector half = new Vector.Variable(i % 2 == 0 ? "low" : "high");
        body.add(new Set("r" + (stage + 1) + "_" + i, new Select(half, a, b)));
      }
    }
    return stage;
  }
}
