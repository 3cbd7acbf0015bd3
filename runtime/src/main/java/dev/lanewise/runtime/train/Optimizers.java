package dev.lanewise.runtime.train;

import java.util.List;
import java.util.Optional;

/** Every optimiser there is. */
public final class Optimizers {
  private static final List<OptimizerDefinition> ALL = List.of(Optimizer.Sgd.DEFINITION);

  private Optimizers() {}

  public static List<OptimizerDefinition> all() {
    return ALL;
  }

  public static Optional<OptimizerDefinition> named(String name) {
    return ALL.stream().filter(o -> o.signature().name().equals(name)).findFirst();
  }
}
