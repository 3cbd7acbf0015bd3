package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Initialization;
import dev.lanewise.runtime.spec.ParameterSpec;
import java.util.List;

/**
 * A layer whose weight begins with other values than the layer says. Its bias, if it has one, begins as ever.
 *
 * @param of the layer
 */
public record Initialized(Computation of, Initialization initialization) implements Decorator {
  @Override
  public List<ParameterSpec> parameters() {
    return of.parameters().stream()
        .map(p -> p.name().equals("weight") ? ParameterSpec.of(p.name(), p.shape(), initialization.of(p.shape())) : p)
        .toList();
  }

  /** The layer itself, whatever its weight begins with. */
  public static Computation plain(Computation computation) {
    return computation instanceof Initialized i ? i.of : computation;
  }
}
