package dev.lanewise.exchange.torch;

import java.util.List;

/**
 * A value in the program.
 *
 * @param text an expression that needs no parentheses around it
 * @param dims of an example
 * @param each whether every example has its own; else its first dimension is missing
 */
record Tensor(String text, List<Integer> dims, boolean each) {
  Tensor {
    dims = List.copyOf(dims);
  }

  static Tensor of(String text, List<Integer> dims) {
    return new Tensor(text, dims, true);
  }

  int size() {
    return dims.stream().reduce(1, (a, b) -> a * b);
  }
}
