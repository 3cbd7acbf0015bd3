package dev.lanewise.runtime.kernel.lane;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import java.util.List;

/** Turns values of lanes into rows of examples: {@code [count][16]} becomes {@code [16][row]}. */
public final class Transpose {
  private final Squares squares;

  /**
   * @param row the floats of a row: {@code count} rounded up to a multiple of 16, at least; nobody may read what is more
   */
  public Transpose(int count, int row) {
    int across = (count + LENGTH - 1) / LENGTH;
    int[] from = new int[across * (BLOCK / LENGTH)], to = new int[from.length];
    for (int i = 0; i < from.length; i++) {
      // The last square begins earlier, rather than have fewer rows.
      int first = Math.max(0, Math.min(i % across * LENGTH, count - LENGTH));
      int lane = i / across * LENGTH;
      from[i] = first * BLOCK + lane;
      to[i] = lane * row + first;
    }
    this.squares = new Squares(from, Squares.rows(BLOCK, count), to, Squares.rows(row));
  }

  /** Has the kernel made, and compiled early. */
  public static void prepare() {
    Squares.generated();
  }

  /** The kernel, and what it was made from. */
  public List<Defined<?>> generated() {
    return List.of(Squares.generated());
  }

  public void run(float[] x, int xo, float[] rows, int ro) {
    squares.run(x, xo, rows, ro);
  }
}
