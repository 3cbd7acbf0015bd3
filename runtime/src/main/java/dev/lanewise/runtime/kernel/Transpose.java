package dev.lanewise.runtime.kernel;

/** Turns values of lanes into rows of examples. */
public final class Transpose {
  private static final int LANES = Lanes.BLOCK;

  private Transpose() {}

  /** {@code [count][16]} becomes {@code [16][rowStride]}. */
  public static void lanes(float[] x, int xo, int count, float[] out, int oo, int rowStride) {
    for (int lane = 0; lane < LANES; lane++) {
      int row = oo + lane * rowStride;
      for (int i = 0; i < count; i++) {
        out[row + i] = x[xo + i * LANES + lane];
      }
    }
  }
}
