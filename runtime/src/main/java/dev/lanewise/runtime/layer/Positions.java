package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.operation.Waves;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Initialization;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.tensor.Shape;

/**
 * Which place is which: something is added to each place of a sequence. {@code positions} adds a row that is learnt, {@code weight [length, channels]}
 * as of a table for the numbers of the places, at first normal with deviation 0.02 as in GPT-2 and ViT: small beside what is there.
 * {@code sine_positions} adds waves (Vaswani et al. 2017): sin(p / 10000^(2i/C)) to channel 2i of place p, the cosine of the same to channel 2i + 1.
 */
final class Positions {
  private static final double DEVIATION = 0.02;

  static final Layer LAYER =
      new Layer(
          Signature.of("positions", "adds a row that is learnt to each place of a sequence", Initialization.ARGUMENT),
          (_, in) -> rows(Checks.sequence("positions", in)));

  static final Layer SINE =
      new Layer(Signature.of("sine_positions", "adds waves to each place of a sequence (Vaswani et al. 2017)"), (_, in) -> waves(Checks.sequence("sine_positions", in)));

  private Positions() {}

  private static Recipe rows(Shape in) {
    Shape places = Shape.of(in.dim(1), in.dim(0));
    Recipe.Builder r = new Recipe.Builder("positions");
    int x = r.input(places);
    int weight = r.parameter(ParameterSpec.of("weight", places, new Initializer.Normal(DEVIATION)));
    int rows = r.step("rows", new Spread(places), weight);
    return Turned.of("positions", r.build(r.step("sum", Pointwise.add(places), x, rows)));
  }

  private static Recipe waves(Shape in) {
    Shape places = Shape.of(in.dim(1), in.dim(0));
    Recipe.Builder r = new Recipe.Builder("sine_positions");
    int x = r.input(places);
    int waves = r.step("waves", new Waves(in.dim(1), in.dim(0)));
    return Turned.of("sine_positions", r.build(r.step("sum", Pointwise.add(places), x, waves)));
  }
}
