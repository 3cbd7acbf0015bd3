package dev.lanewise.exchange.keras;

import java.util.List;

/**
 * Where a layer stands, and so its numbers.
 *
 * @param names of the models around it and its own, the outermost first
 * @param path in a file of Keras 3, such as {@code layers/conv2d_1}
 */
record Place(List<String> names, String path) {
  String name() {
    return names.getLast();
  }

  /** As labels are made of it. */
  String label() {
    return String.join(".", names.stream().map(n -> n.replace('.', '_')).toList());
  }
}
