package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Collections;
import java.util.List;

/** The sum of gradients of a parameter that several layers use. It costs nothing: all are added to one place anyway. */
public record SharedSum(Shape shape, int count) implements Operation {
  @Override
  public String name() {
    return "shared sum";
  }

  @Override
  public List<Type> inputs() {
    return Collections.nCopies(count, Type.shared(shape));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.shared(shape));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (double[] part : in) {
      for (int i = 0; i < part.length; i++) {
        out[0][i] += part[i];
      }
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.none(this);
  }
}
