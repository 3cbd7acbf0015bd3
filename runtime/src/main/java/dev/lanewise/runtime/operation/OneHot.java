package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * A label as the target of a network's outputs: 1 at the class and 0 elsewhere; of a single output the label itself.
 *
 * @param right in place of 1, and {@code wrong} in place of 0: a smoothed target
 * @param weights what each class counts, by which its value is multiplied; empty where all count alike
 */
public record OneHot(int count, double right, double wrong, List<Double> weights) implements Operation {
  public OneHot {
    weights = List.copyOf(weights);
    if (!weights.isEmpty() && weights.size() != count) {
      throw new IllegalArgumentException("onehot of " + count + " classes with " + weights.size() + " weights");
    }
  }

  public OneHot(int count) {
    this(count, 1, 0, List.of());
  }

  public double weight(int i) {
    return weights.isEmpty() ? 1 : weights.get(i);
  }

  @Override
  public String name() {
    return "onehot";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(Shape.of(1)));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(Shape.of(count)));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    double label = in[0][0];
    for (int i = 0; i < count; i++) {
      out[0][i] += count == 1 ? label : weight(i) * (i == (int) label ? right : wrong);
    }
  }

  /** A label has none. */
  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients((Value) null);
  }
}
