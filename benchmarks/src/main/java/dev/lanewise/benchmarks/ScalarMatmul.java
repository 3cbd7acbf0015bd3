package dev.lanewise.benchmarks;

/** The textbook's matrix multiplication. */
final class ScalarMatmul {
  private ScalarMatmul() {}

  /** C += A·B for square matrices, row by row. */
  static void multiplyAdd(int n, float[] a, float[] b, float[] c) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        float sum = c[i * n + j];
        for (int k = 0; k < n; k++) {
          sum += a[i * n + k] * b[k * n + j];
        }
        c[i * n + j] = sum;
      }
    }
  }
}
