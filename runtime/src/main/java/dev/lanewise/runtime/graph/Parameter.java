package dev.lanewise.runtime.graph;

import dev.lanewise.runtime.operation.ParameterSpec;
import dev.lanewise.runtime.operation.Value;
import dev.lanewise.runtime.tensor.Shape;

/**
 * A tensor that belongs to the network, not to an example.
 *
 * @param name as it stands in a file: {@code conv1.weight}
 * @param spec what the layer asks for
 */
public record Parameter(String name, Value value, ParameterSpec spec) {
  public Shape shape() {
    return value.shape();
  }

  /** Whether training descends along its gradient; false for running means and the like. */
  public boolean isTrainable() {
    return spec.trainable();
  }
}
