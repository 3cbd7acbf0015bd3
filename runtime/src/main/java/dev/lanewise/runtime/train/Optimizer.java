package dev.lanewise.runtime.train;

import dev.lanewise.runtime.kernel.SgdStep;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;

/** How parameters follow their gradients. */
public sealed interface Optimizer {
  /** How many values of its own the optimiser keeps for each parameter. */
  int slots();

  /**
   * One step on the parameters from..to.
   *
   * @param state arrays laid out like the parameters, one for each slot
   */
  void step(float[] parameters, float[][] state, float[] gradient, int from, int to);

  /**
   * Gradient descent with momentum as in PyTorch (Sutskever et al. 2013 without dampening): v = momentum v + g; p = p - lr v.
   *
   * <pre>{@code optimizer = sgd(0.01, momentum = 0.5)}</pre>
   */
  record Sgd(float lr, float momentum) implements Optimizer {
    static final OptimizerDefinition DEFINITION =
        new OptimizerDefinition(
            Signature.of(
                "sgd",
                "gradient descent with momentum",
                Argument.optional("lr", Argument.Type.NUMBER, 0.01, "learning rate"),
                Argument.optional("momentum", Argument.Type.NUMBER, 0.0, "share of the last step that is kept")),
            a -> new Sgd((float) a.number("lr"), (float) a.number("momentum")));

    public Sgd {
      if (!(lr > 0) || Float.isInfinite(lr)) {
        throw new IllegalArgumentException("sgd: lr must be above 0, not " + lr);
      }
      if (!(momentum >= 0 && momentum < 1)) {
        throw new IllegalArgumentException("sgd: momentum must be at least 0 and below 1, not " + momentum);
      }
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public void step(float[] parameters, float[][] state, float[] gradient, int from, int to) {
      SgdStep.run(parameters, state[0], gradient, from, to, lr, momentum);
    }
  }
}
