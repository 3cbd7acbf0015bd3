package dev.lanewise.runtime.file;

import java.util.List;

/** A named tensor as a file holds it: row-major values of a shape. */
public record Tensor(String name, List<Integer> shape, float[] values) {
  public Tensor {
    shape = List.copyOf(shape);
  }
}
