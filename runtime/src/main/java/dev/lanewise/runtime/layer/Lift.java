package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.LayerNorm;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.tensor.Shape;

/** TEMPORARY, to be replaced by main's. */
final class Lift {
  private Lift() {}

  static Computation over(Computation of, int places) {
    Shape shape = Shape.of(places, of.inputs().getFirst().shape().size());
    return switch (of) {
      case Pointwise p -> Pointwise.of(p.name(), shape, p.formula());
      case LayerNorm n -> new LayerNorm(shape, places, n.eps());
      case Dropout d -> new Dropout(shape, d.p(), d.wholeChannels());
      default -> throw new IllegalArgumentException(of.name());
    };
  }
}
