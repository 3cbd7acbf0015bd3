package dev.lanewise.runtime.train;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.symbolic.Update;
import java.util.List;

/** How parameters follow their gradients. */
public sealed interface Optimizer {
  /** What a step does to each parameter. */
  Update update();

  /** The numbers that {@link #update} reads by name and that may change from step to step. */
  float[] scalars();

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
    public Update update() {
      Term v = Term.variable("v");
      Term g = Term.variable("g");
      return new Update(
          List.of(
              new Update.Assignment("v", Term.number(momentum).times(v).plus(g)),
              new Update.Assignment("p", Term.variable("p").minus(Term.variable("lr").times(v)))),
          List.of("lr"));
    }

    @Override
    public float[] scalars() {
      return new float[] {lr};
    }
  }
}
