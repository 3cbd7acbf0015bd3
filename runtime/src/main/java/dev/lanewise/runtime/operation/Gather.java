package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * The values of all examples of a batch, one after the other, for operations that compare each example with every other. What reads them gives
 * the whole gradient of the example's own values: this has none of its own.
 */
public record Gather(Shape shape) implements Operation {
  @Override
  public String name() {
    return "gather";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.gathered(shape));
  }

  /** The example's own row. */
  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int i = 0; i < shape.size(); i++) {
      out[0][i] += in[0][i];
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.none(this);
  }
}
