package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.tensor.Shape;

/** The last place of a sequence: what a recurrence knows when it has read all. */
final class Last {
  static final Layer LAYER = new Layer(Signature.of("last", "the last place of a sequence"), (_, in) -> of(Checks.sequence("last", in)));

  private Last() {}

  private static Recipe of(Shape in) {
    int channels = in.dim(0), length = in.dim(1);
    Recipe.Builder r = new Recipe.Builder("last");
    int places = Turned.turn(r, "places", r.input(in));
    int last = r.step("last", new Slice(Shape.of(length, channels), length - 1, length), places);
    return r.build(Turned.shaped(r, "channels", last, Shape.of(channels)));
  }
}
