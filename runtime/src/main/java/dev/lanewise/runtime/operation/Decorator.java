package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.Type;
import java.util.List;

/**
 * Computes what another computation does, and says something more of it: how a weight begins, what an example counts, how many it sees.
 * Not sealed: layers put together from operations decorate too, and who meets one asks no more than {@link #of}.
 */
public non-sealed interface Decorator extends Computation {
  /** What is computed. */
  Computation of();

  @Override
  default String name() {
    return of().name();
  }

  @Override
  default List<ParameterSpec> parameters() {
    return of().parameters();
  }

  @Override
  default List<Type> inputs() {
    return of().inputs();
  }

  @Override
  default List<Type> outputs() {
    return of().outputs();
  }

  @Override
  default long multiplyAdds() {
    return of().multiplyAdds();
  }

  @Override
  default boolean weighs() {
    return of().weighs();
  }

  @Override
  default double weight(int label) {
    return of().weight(label);
  }
}
