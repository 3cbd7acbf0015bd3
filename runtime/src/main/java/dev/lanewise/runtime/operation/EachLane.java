package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * An example whose channels are the lanes of a block, see {@link ConvAcross}, as a block whose every lane is this example: for what is not worth a kernel of its own.
 *
 * @param of the example's shape
 * @param raw whether it is as it comes, without lanes
 */
public record EachLane(Shape of, boolean raw) implements Operation {
  static final int LANES = AttendAcross.LANES;

  /** Whether the channels of an example fill lanes. */
  public static boolean fits(Shape of) {
    return of.channels() % LANES == 0;
  }

  /** What is in a lane, where channels are lanes. */
  public static Shape fewer(Shape of) {
    List<Integer> dims = new ArrayList<>(of.dims());
    dims.set(0, of.channels() / LANES);
    return new Shape(dims);
  }

  /** The memory of an example as it comes, in rows of lanes. */
  public static Shape raw(Shape of) {
    return Shape.of((of.size() + LANES - 1) / LANES);
  }

  @Override
  public String name() {
    return "each lane";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(raw ? raw(of) : fewer(of)));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(of));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    throw new IllegalStateException("what goes across lanes has no formula of a lane by itself");
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.none(this);
  }
}
