package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * An example's place in its batch, from 0: which of the rows of a {@link Gather} is its own. It reads what the example counts, but for being
 * there once for each. Who runs a batch knows the place; the formula is that of an example by itself.
 */
public record Place() implements Operation {
  private static final Shape ONE = Shape.of(1);

  @Override
  public String name() {
    return "place";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(ONE));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(ONE));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    // The first.
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.none(this);
  }
}
