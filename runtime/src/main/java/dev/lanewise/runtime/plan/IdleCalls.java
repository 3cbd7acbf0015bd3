package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import dev.lanewise.runtime.kernel.element.CrossEntropyKernel;
import dev.lanewise.runtime.kernel.element.DropoutMask;
import dev.lanewise.runtime.kernel.element.LayerNormKernel;
import dev.lanewise.runtime.kernel.element.NoiseKernel;
import dev.lanewise.runtime.kernel.element.SoftmaxKernel;
import dev.lanewise.runtime.kernel.lane.LaneSums;
import dev.lanewise.runtime.kernel.lane.Transpose;
import dev.lanewise.runtime.kernel.product.AttendSoftmax;
import dev.lanewise.runtime.kernel.product.ContrastKernel;
import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.operation.AttendAcross;
import dev.lanewise.runtime.operation.ChannelSum;
import dev.lanewise.runtime.operation.Contrast;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.LayerNorm;
import dev.lanewise.runtime.operation.LogSoftmax;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Softmax;

/**
 * Has kernels that are written by hand compiled before they are needed: called on the smallest tensors there are. Generated ones
 * see to it themselves.
 */
public final class IdleCalls {
  /** What the calls read and write; several may do so at once, as nobody reads what comes out. */
  private static final float[] MEMORY = new float[2_048];

  private static final int AT = 128;

  private static final int SCRATCH = 512;
  private static final ContrastKernel.Places CONTRAST = new ContrastKernel.Places(0, 0, 0, 0, 0, AT);
  private static final ContrastKernel.Rows ROWS = new ContrastKernel.Rows(0, 0, 0, ContrastKernel.ALL);
  private static final CrossEntropyKernel CROSS_ENTROPY = new CrossEntropyKernel(1, new float[] {1}, new float[] {0}, -1);

  private IdleCalls() {}

  /** Of kernels that most trainings need, whatever the network; generated ones among them. */
  public static void ofMostNetworks() {
    Transpose.prepare();
    LaneSums.prepare();
    of(new CrossEntropy(2));
    of(new CrossEntropy.Gradient(new CrossEntropy(2)));
  }

  static void of(Operation operation) {
    switch (operation) {
      case AttendAcross _ -> call(operation, () -> AttendSoftmax.row(MEMORY, AT, 1, 1));
      case AttendAcross.Gradient _ -> call(operation, () -> AttendSoftmax.gradient(MEMORY, 0, 1, 1, AT));
      case Attend _ ->
          call(operation, () -> {
            AttendSoftmax.row(MEMORY, AT, 1, 1);
            AttendSoftmax.masked(MEMORY, AT, 1, 1, 0);
          });
      case Attend.Gradient _ -> call(operation, () -> AttendSoftmax.gradient(MEMORY, 0, 1, 1, AT));
      case Softmax _ -> call(operation, () -> SoftmaxKernel.softmax(MEMORY, 0, 1, MEMORY, AT));
      case Softmax.Gradient _ ->
          call(operation, () -> SoftmaxKernel.softmaxGradient(MEMORY, 0, MEMORY, 0, 1, MEMORY, AT));
      case LogSoftmax _ -> call(operation, () -> SoftmaxKernel.logSoftmax(MEMORY, 0, 1, 1, MEMORY, AT));
      case LogSoftmax.Gradient _ ->
          call(operation, () -> SoftmaxKernel.logSoftmaxGradient(MEMORY, 0, MEMORY, 0, 1, 1, MEMORY, AT));
      case LayerNorm _ -> call(operation, () -> LayerNormKernel.forward(MEMORY, 0, 1, 1, 1, MEMORY, 0, MEMORY, 0, MEMORY, AT, MEMORY, AT + 16, MEMORY, AT + 32));
      case LayerNorm.Gradient _ -> call(operation, () -> LayerNormKernel.gradient(
          MEMORY, 0, MEMORY, 0, MEMORY, 0, MEMORY, 0, MEMORY, 0, 40, 1, MEMORY, 1_024, MEMORY, AT, MEMORY, AT + 16, MEMORY, AT + 32));
      case CrossEntropy _ -> call(operation, () -> CROSS_ENTROPY.forward(MEMORY, 0, MEMORY, 0, MEMORY, AT, MEMORY, AT + 16));
      case CrossEntropy.Gradient _ ->
          call(operation, () -> CROSS_ENTROPY.gradient(MEMORY, 0, MEMORY, 0, MEMORY, 0, MEMORY, AT));
      case Contrast _ ->
          call(operation, () -> {
            ContrastKernel.begin(MEMORY, SCRATCH);
            ContrastKernel.add(MEMORY, 0, 1, 1, MEMORY, 0, 1, 1, ContrastKernel.ALL, MEMORY, SCRATCH);
            ContrastKernel.logSum(MEMORY, AT, MEMORY, SCRATCH);
            ContrastKernel.loss(MEMORY, 0, MEMORY, 0, 1, 1, MEMORY, 0, MEMORY, 0, MEMORY, AT);
          });
      case Contrast.Gradient _ -> call(operation, () -> {
            ContrastKernel.add(MEMORY, CONTRAST, 5, 1, MEMORY, ROWS, 1, 1, SCRATCH);
            ContrastKernel.finish(MEMORY, CONTRAST, 5, 1);
          });
      case Dropout.Mask _ -> call(operation, () -> {
            DropoutMask.fill(MEMORY, AT, 16, 1, 0.5f);
            DropoutMask.fillTurned(MEMORY, AT, 1, 1, 1, 0.5f);
          });
      case Noise _ -> call(operation, () -> NoiseKernel.fill(MEMORY, AT, 1, 1));
      case ChannelSum _ -> call(operation, () -> LaneSums.rows(MEMORY, 0, 1, 1, MEMORY, AT));
      case Reduce _ -> call(operation, () -> {
        LaneSums.groups(MEMORY, 0, 1, 1, 1, 1, MEMORY, AT);
        LaneSums.groups(MEMORY, 0, 1, 2, 1, 1, MEMORY, AT);
      });
      default -> { }
    }
  }

  private static void call(Operation operation, Runnable idle) {
    EarlyCompilation.of(operation.getClass(), idle);
  }
}
