package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Numbers that tell places apart (Vaswani et al. 2017), {@code places x channels}: channel 2i of place p has sin(p / 10000^(2i/channels)), channel 2i + 1
 * the cosine of the same. They depend on nothing.
 */
public record Waves(int places, int channels) implements Operation {
  private static final double LONGEST = 10_000;

  @Override
  public String name() {
    return "waves";
  }

  @Override
  public List<Type> inputs() {
    return List.of();
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(Shape.of(places, channels)));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int i = 0; i < places * channels; i++) {
      int channel = i % channels;
      double angle = i / channels / Math.pow(LONGEST, (channel - channel % 2) / (double) channels);
      out[0][i] += channel % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return List.of();
  }
}
