package dev.lanewise.runtime.file;

import java.util.List;

/**
 * A named tensor as a file holds it: row-major values of a shape; a scalar's shape is empty.
 *
 * <pre>{@code new Tensor("fc1.bias", List.of(2), new float[] {0.5f, 1}) }</pre>
 *
 * @throws IllegalArgumentException if the shape does not hold as many values as there are
 */
public record Tensor(String name, List<Integer> shape, float[] values) {
  public Tensor {
    shape = List.copyOf(shape);
    double size = shape.stream().mapToDouble(d -> d).reduce(1, (a, b) -> a * b);
    if (size != values.length || shape.stream().anyMatch(d -> d < 0)) {
      throw new IllegalArgumentException("tensor " + name + " of shape " + shape + " with " + values.length + " values");
    }
  }
}
