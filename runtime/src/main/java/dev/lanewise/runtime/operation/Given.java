package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** One more input of a network, of its own shape. @param bound of whole numbers; 0 if it is numbers @param padded whether number 0 is padding */
public record Given(Shape shape, int bound, boolean padded) implements Computation {
  @Override
  public String name() {
    return "input";
  }

  @Override
  public List<Type> inputs() {
    return List.of();
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(shape));
  }
}
