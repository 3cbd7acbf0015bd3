package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Layer;
import java.util.List;
import java.util.Optional;

/** The losses that have kernels of their own: computations of the network's output and a label. */
public final class Losses {
  private static final List<Layer> ALL = List.of(CrossEntropy.LOSS, Triplet.LOSS, TwoViews.LOSS);

  private Losses() {}

  public static List<Layer> all() {
    return ALL;
  }

  public static Optional<Layer> named(String name) {
    return ALL.stream().filter(l -> l.name().equals(name)).findFirst();
  }
}
