package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Normal numbers, mean 0 and deviation 1, of the shape of what comes, whatever that is: no gradient goes through. In training they are others
 * at every step; in a test, or where a network predicts, they are drawn too, by the places of the examples alone.
 */
public record Noise(Shape shape) implements Operation {
  public static final Layer LAYER =
      new Layer(
          Signature.of("noise", "normal numbers of the shape of the value at hand, in place of it"), (_, in) -> new Noise(in));

  @Override
  public String name() {
    return "noise";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public List<Integer> overwrites() {
    return List.of(0);
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int i = 0; i < shape.size(); i++) {
      out[0][i] += Draws.normal(draw.uniform(2 * i), draw.uniform(2 * i + 1));
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients((Value) null);
  }
}
