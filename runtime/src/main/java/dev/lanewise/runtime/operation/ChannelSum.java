package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** The gradient of a bias: db[c] = Σ over examples and positions of dy[c][position]. */
public record ChannelSum(Shape shape) implements Operation {
  @Override
  public String name() {
    return "dBias";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.shared(Shape.of(shape.channels())));
  }

  /** Values of one channel. */
  public int perChannel() {
    return shape.size() / shape.channels();
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int i = 0; i < shape.size(); i++) {
      out[0][i / perChannel()] += in[0][i];
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.none(this);
  }
}
