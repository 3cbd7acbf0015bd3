package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Values one after the other along their channels: 8x28x28 and 16x28x28 give 24x28x28, 3 and 4 features give 7. */
public record Concat(List<Shape> parts) implements Operation {
  public Concat {
    parts = List.copyOf(parts);
    for (Shape part : parts) {
      if (part.rank() != parts.getFirst().rank() || !rest(part).equals(rest(parts.getFirst()))) {
        throw new ShapeException(
            Problem.BRANCHES,
            "concat joins values that differ in their channels alone, not " + parts.getFirst() + " and " + part,
            "");
      }
    }
    Checks.affordable("concat", parts.stream().mapToDouble(Shape::size).sum());
  }

  private static List<Integer> rest(Shape shape) {
    return shape.dims().subList(1, shape.rank());
  }

  @Override
  public String name() {
    return "concat";
  }

  private Shape out() {
    List<Integer> dims = new ArrayList<>(parts.getFirst().dims());
    dims.set(0, parts.stream().mapToInt(Shape::channels).sum());
    return new Shape(dims);
  }

  /** What takes one of the values out of the result again. */
  public Slice part(int index) {
    int from = parts.subList(0, index).stream().mapToInt(Shape::channels).sum();
    return new Slice(out(), from, from + parts.get(index).channels());
  }

  @Override
  public List<Type> inputs() {
    return parts.stream().map(Type::example).toList();
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(out()));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    int at = 0;
    for (double[] part : in) {
      for (double value : part) {
        out[0][at++] += value;
      }
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    List<Value> gradients = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      gradients.add(needed[i] ? emitter.emit("d" + in.get(i).name(), part(i), dOut) : null);
    }
    return gradients;
  }
}
