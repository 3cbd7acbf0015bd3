package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** What all examples share, as a value of each: how formulas read parameters and what was computed for the whole batch. */
public record Spread(Shape shape) implements Operation {
  @Override
  public String name() {
    return "spread";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.shared(shape));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int i = 0; i < shape.size(); i++) {
      out[0][i] += in[0][i];
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(emitter.emit("d" + in.getFirst().name(), new ChannelSum(shape, shape), dOut));
  }
}
