package dev.lanewise.runtime.graph;

import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;

/**
 * A tensor that belongs to the network, not to an example.
 *
 * @param name as it stands in a file: {@code conv1.weight}
 * @param spec what the layer asks for
 * @param isFrozen whether training leaves it as it is
 * @param isTable whether nothing but rows of it are read, so that most of its gradient is 0: the weight of {@code embed}
 */
public record Parameter(String name, Value value, ParameterSpec spec, boolean isFrozen, boolean isTable) {
  public Shape shape() {
    return value.shape();
  }

  /** Whether training descends along its gradient; false for running means and the like, and what is frozen. */
  public boolean isTrainable() {
    return spec.trainable() && !isFrozen;
  }

  Parameter frozen(boolean frozen) {
    return new Parameter(name, value, spec, frozen, isTable);
  }

  Parameter asTable() {
    return new Parameter(name, value, spec, isFrozen, true);
  }
}
