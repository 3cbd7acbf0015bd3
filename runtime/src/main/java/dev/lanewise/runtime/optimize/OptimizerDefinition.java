package dev.lanewise.runtime.optimize;

import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.util.function.Function;

/**
 * An optimiser as users call it.
 *
 * @param least the lowest learning rate that anybody uses it with
 * @param most the highest
 */
public record OptimizerDefinition(Signature signature, double least, double most, Function<Arguments, Optimizer> binder) {
  /**
   * @throws IllegalArgumentException naming the argument that makes no sense
   */
  public Optimizer bind(Arguments arguments) {
    try {
      return binder.apply(arguments);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(signature.name() + ": " + e.getMessage(), e);
    }
  }
}
