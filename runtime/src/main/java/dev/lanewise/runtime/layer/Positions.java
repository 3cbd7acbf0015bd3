package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Spread;
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
  private static final double LONGEST = 10_000;

  static final Layer LAYER =
      new Layer(
          Signature.of("positions", "adds a row that is learnt to each place of a sequence", Initialization.ARGUMENT),
          (_, in) -> added("positions", Checks.sequence("positions", in), weight(in)));

  static final Layer SINE =
      new Layer(Signature.of("sine_positions", "adds waves to each place of a sequence (Vaswani et al. 2017)"), (_, in) -> added("sine_positions", Checks.sequence("sine_positions", in), waves(in)));

  private Positions() {}

  private static ParameterSpec weight(Shape in) {
    return ParameterSpec.of("weight", places(in), new Initializer.Normal(DEVIATION));
  }

  private static ParameterSpec waves(Shape in) {
    int channels = in.channels();
    float[] waves = new float[in.size()];
    for (int i = 0; i < waves.length; i++) {
      int channel = i % channels;
      double angle = i / channels / Math.pow(LONGEST, (channel - channel % 2) / (double) channels);
      waves[i] = (float) (channel % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
    }
    return new ParameterSpec("waves", places(in), new Initializer.Given(waves), false);
  }

  private static Shape places(Shape in) {
    return Shape.of(in.dim(1), in.dim(0));
  }

  private static Recipe added(String name, Shape in, ParameterSpec rows) {
    Recipe.Builder r = new Recipe.Builder(name);
    int x = r.input(Shape.of(in.dim(1), in.dim(0)));
    int weight = r.parameter(rows);
    int row = r.step("rows", new Spread(rows.shape()), weight);
    return Turned.of(name, r.build(r.step("sum", Pointwise.add(rows.shape()), x, row)));
  }
}
