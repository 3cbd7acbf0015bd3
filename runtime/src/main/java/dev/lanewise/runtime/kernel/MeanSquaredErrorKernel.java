package dev.lanewise.runtime.kernel;

/** Mean squared error: loss = (1/n) Σ_i (y_i - t_i)², each lane by itself. */
public final class MeanSquaredErrorKernel {
  private static final int LANES = Lanes.BLOCK;

  private MeanSquaredErrorKernel() {}

  public static void forward(
      float[] y, int yo, int count, float[] target, int to, float[] loss, int losso) {
    for (int lane = 0; lane < LANES; lane++) {
      float sum = 0;
      for (int i = 0; i < count * LANES; i += LANES) {
        float difference = y[yo + lane + i] - target[to + lane + i];
        sum += difference * difference;
      }
      loss[losso + lane] = sum / count;
    }
  }

  /** dy_i = (2/n) (y_i - t_i) dLoss. */
  public static void gradient(
      float[] y, int yo, int count, float[] target, int to, float[] dLoss, int dlo, float[] dy, int dyo) {
    float factor = 2f / count;
    for (int i = 0; i < count * LANES; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        dy[dyo + i + lane] = factor * (y[yo + i + lane] - target[to + i + lane]) * dLoss[dlo + lane];
      }
    }
  }
}
