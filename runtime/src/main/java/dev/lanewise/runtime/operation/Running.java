package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * A statistic of the batch, of which a running mean is kept: r = (1 - momentum) r + momentum factor(n) y, where n is the
 * number of values behind each statistic and the factor 1, or n / (n - 1) for a variance, as in PyTorch. In training the
 * output is the batch's own statistic; outside it is the running mean, which the inference graph reads instead.
 *
 * @param positions values of an example behind each statistic
 */
public record Running(int size, double momentum, int positions, boolean variance) implements Operation {
  @Override
  public String name() {
    return "running";
  }

  /** The statistic, and the parameter that holds its running mean. */
  @Override
  public List<Type> inputs() {
    return List.of(Type.shared(Shape.of(size)), Type.shared(Shape.of(size)));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.shared(Shape.of(size)));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int i = 0; i < size; i++) {
      out[0][i] += in[0][i];
    }
  }

  /** What a statistic is multiplied by before it enters the running mean. */
  public double factor(int examples) {
    double n = (double) examples * positions;
    return variance && n > 1 ? n / (n - 1) : 1;
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(dOut, null);
  }
}
