package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** The sum of two values: y = a + b. It also collects the gradients of a value that is used twice. */
public record Add(Shape shape) implements Operation {
  @Override
  public String name() {
    return "add";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(shape), Type.example(shape));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int i = 0; i < shape.size(); i++) {
      out[0][i] += in[0][i] + in[1][i];
    }
  }

  @Override
  public int overwrites() {
    return 0;
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(dOut, dOut);
  }
}
