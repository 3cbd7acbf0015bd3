package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** Of whole numbers of which 0 is padding: 1 at the last that is none, 0 at all others. If all are padding, there is no 1. */
public record LastOf(int places) implements Operation {
  @Override
  public String name() {
    return "last of";
  }

  @Override
  public List<Type> inputs() {
    return outputs();
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(Shape.of(places)));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int p = places - 1; p >= 0; p--) {
      if (in[0][p] > 0) {
        out[0][p] += 1;
        return;
      }
    }
  }

  /** A whole number has none. */
  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients((Value) null);
  }
}
