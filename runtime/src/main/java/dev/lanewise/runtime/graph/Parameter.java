package dev.lanewise.runtime.graph;

import dev.lanewise.runtime.operation.Value;
import dev.lanewise.runtime.tensor.Shape;

/**
 * A trainable tensor.
 *
 * @param name as it stands in a file: {@code conv1.weight}
 * @param bound its initial values are uniform in [-bound, bound]
 */
public record Parameter(String name, Value value, double bound) {
  public Shape shape() {
    return value.shape();
  }
}
