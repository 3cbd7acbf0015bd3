package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.LastOf;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.PaddingAware;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;

/** The last place of a sequence: what a recurrence knows when it has read all. */
final class Last {
  static final Layer LAYER = new Layer(Signature.of("last", "the last place of a sequence"), (_, in) -> new PaddingAware(of(Checks.sequence("last", in)), 0, ofReal(in)));

  private Last() {}

  private static Recipe of(Shape in) {
    int channels = in.dim(0), length = in.dim(1);
    Recipe.Builder r = new Recipe.Builder("last");
    int places = Turned.turn(r, "places", r.input(in));
    int last = r.step("last", new Slice(Shape.of(length, channels), length - 1, length), places);
    return r.build(Turned.shaped(r, "channels", last, Shape.of(channels)));
  }

  /** The last place that is no padding; zeros if all are. */
  private static Recipe ofReal(Shape in) {
    int channels = in.dim(0), length = in.dim(1);
    Recipe.Builder r = new Recipe.Builder("last");
    int x = r.input(in);
    int tokens = r.input(Shape.of(length));
    int places = Turned.turn(r, "places", x);
    int chosen = r.step("which", new LastOf(length), tokens);
    int of = r.formula("of", r.shape(places), Term.variable("a").times(Term.variable("b")), places, chosen);
    return r.build(r.step("sum", new Reduce(r.shape(places), 1, channels, 1), of));
  }
}
