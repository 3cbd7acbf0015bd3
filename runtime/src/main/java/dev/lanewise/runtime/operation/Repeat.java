package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Values that count along an axis which they do not have: y[g][r][i] = x[g][i]. A plane for all channels is one group that is repeated; a
 * column for all columns has a group for each of its values. Its gradient is a {@link Reduce}, and it is the gradient of one.
 *
 * @param in what is repeated
 * @param shape of the result
 * @param groups that are repeated, each by itself
 */
public record Repeat(Shape in, Shape shape, int groups) implements Operation {
  public Repeat {
    if (groups < 1 || in.size() % groups != 0 || shape.size() % in.size() != 0) {
      throw new IllegalArgumentException("repeat: " + groups + " groups of " + in + " do not make up " + shape);
    }
  }

  @Override
  public String name() {
    return "repeat";
  }

  /** Values of a group. */
  public int perGroup() {
    return in.size() / groups;
  }

  /** How often each is there. */
  public int count() {
    return shape.size() / in.size();
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(in));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public void evaluate(Draw draw, double[][] x, double[][] y) {
    for (int i = 0; i < shape.size(); i++) {
      y[0][i] += x[0][i / (count() * perGroup()) * perGroup() + i % perGroup()];
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    String name = "d" + in.getFirst().name();
    Value sum = emitter.emit(name, new Reduce(shape, groups, perGroup(), 1), dOut);
    Value fitted = sum.shape().equals(this.in) ? sum : emitter.emit(name, new Reshape(sum.shape(), this.in), sum);
    return Operation.gradients(fitted);
  }
}
