package dev.lanewise.runtime.kernel;

/** Average pooling over {@code [C][H][W][16]}, zeros of the padding counted: y = (1/size²) Σ of the window. */
public final class AvgPoolKernel {
  private static final int LANES = Lanes.BLOCK;

  private AvgPoolKernel() {}

  public static void forward(PoolShape p, float[] x, int xo, float[] y, int yo) {
    int outputs = p.channels() * p.outHeight() * p.outWidth();
    java.util.Arrays.fill(y, yo, yo + outputs * LANES, 0);
    walk(p, 1f / (p.size() * p.size()), x, xo, y, yo, true);
  }

  /** dx = (1/size²) Σ of the dy of all windows over it. */
  public static void gradient(PoolShape p, float[] dy, int dyo, float[] dx, int dxo) {
    java.util.Arrays.fill(dx, dxo, dxo + p.channels() * p.height() * p.width() * LANES, 0);
    walk(p, 1f / (p.size() * p.size()), dx, dxo, dy, dyo, false);
  }

  /** Adds factor times the one to the other, for every element under every window. */
  private static void walk(PoolShape p, float factor, float[] x, int xo, float[] y, int yo, boolean forward) {
    int out = yo;
    for (int c = 0; c < p.channels(); c++) {
      for (int oy = 0; oy < p.outHeight(); oy++) {
        for (int ox = 0; ox < p.outWidth(); ox++, out += LANES) {
          int top = oy * p.stride() - p.padding();
          int left = ox * p.stride() - p.padding();
          for (int r = Math.max(0, top); r < Math.min(p.height(), top + p.size()); r++) {
            for (int s = Math.max(0, left); s < Math.min(p.width(), left + p.size()); s++) {
              int at = xo + ((c * p.height() + r) * p.width() + s) * LANES;
              if (forward) {
                addScaled(factor, x, at, y, out);
              } else {
                addScaled(factor, y, out, x, at);
              }
            }
          }
        }
      }
    }
  }

  private static void addScaled(float factor, float[] from, int fo, float[] to, int too) {
    for (int lane = 0; lane < LANES; lane++) {
      to[too + lane] += factor * from[fo + lane];
    }
  }
}
