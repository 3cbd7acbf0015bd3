package dev.lanewise.runtime.kernel;

/** Gradient descent with momentum on the elements from..to: v = momentum v + g; p = p - lr v. */
public final class SgdStep {
  private SgdStep() {}

  public static void run(
      float[] parameters, float[] velocity, float[] gradient, int from, int to, float lr, float momentum) {
    for (int i = from; i < to; i++) {
      float v = momentum * velocity[i] + gradient[i];
      velocity[i] = v;
      parameters[i] -= lr * v;
    }
  }
}
