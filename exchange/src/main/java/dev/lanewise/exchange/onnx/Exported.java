package dev.lanewise.exchange.onnx;

import java.util.List;

/**
 * A value of a network as the file has it.
 *
 * @param name there
 * @param dims of an example
 * @param each whether every example has its own; else it is the same for all, and its first dimension is 1
 * @param whole whether it holds whole numbers, as int64
 */
record Exported(String name, List<Integer> dims, boolean each, boolean whole) {
  Exported {
    dims = List.copyOf(dims);
  }

  static Exported numbers(String name, List<Integer> dims) {
    return new Exported(name, dims, true, false);
  }

  int size() {
    return dims.stream().reduce(1, (a, b) -> a * b);
  }
}
