package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * A label as the target of a network's outputs: 1 at the class and 0 elsewhere; of a single output the label itself.
 */
public record OneHot(int count) implements Operation {
  @Override
  public String name() {
    return "onehot";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(Shape.of(1)));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(Shape.of(count)));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    double label = in[0][0];
    for (int i = 0; i < count; i++) {
      out[0][i] += count == 1 ? label : i == (int) label ? 1 : 0;
    }
  }

  /** A label has none. */
  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients((Value) null);
  }
}
