package dev.lanewise.benchmarks;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.util.OptionalDouble;
import org.bytedeco.javacpp.FloatPointer;

/** The matrix product of OpenBLAS. */
public final class OpenBlas implements Peer {
  @Override
  public String name() {
    return "OpenBLAS";
  }

  @Override
  public void threads(int count) {
    blas_set_num_threads(count);
  }

  @Override
  public OptionalDouble matmul(int m, int k, int n) {
    blas_set_num_threads(1);
    try (FloatPointer a = new FloatPointer(SeededInput.random(1, m * k));
        FloatPointer b = new FloatPointer(SeededInput.random(2, k * n));
        FloatPointer c = new FloatPointer(new float[m * n])) {
      return OptionalDouble.of(
          Best.of(
              0.2,
              7,
              () -> cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, k, b, n, 1, c, n)));
    }
  }
}
