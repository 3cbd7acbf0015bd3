package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Mean squared error: loss = (1/n) Σ_i (y_i - t_i)². The label becomes the target: one-hot for several outputs, the number itself for one.
 * The second output is that target, which the gradient needs.
 */
public record MeanSquaredError(int count) implements Operation {
  static final Layer LOSS =
      new Layer(
          Signature.of("mse", "mean squared difference; class labels become one-hot"),
          (arguments, in) -> new MeanSquaredError(Checks.flat("mse", in)));

  @Override
  public String name() {
    return "mse";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(Shape.of(count)), Type.example(Shape.of(1)));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(Shape.of(1)), Type.example(Shape.of(count)));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    double label = in[1][0];
    for (int i = 0; i < count; i++) {
      double target = count == 1 ? label : i == (int) label ? 1 : 0;
      out[1][i] += target;
      out[0][0] += (in[0][i] - target) * (in[0][i] - target) / count;
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(
        emitter.emit("d" + in.get(0).name(), new Gradient(count), in.get(0), out.get(1), dOut), null);
  }

  /** From y, t and dLoss: dy_i = (2/n) (y_i - t_i) dLoss. */
  public record Gradient(int count) implements Operation {
    @Override
    public String name() {
      return "mse.dx";
    }

    @Override
    public List<Type> inputs() {
      return List.of(Type.example(Shape.of(count)), Type.example(Shape.of(count)), Type.example(Shape.of(1)));
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.example(Shape.of(count)));
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      for (int i = 0; i < count; i++) {
        out[0][i] += 2.0 / count * (in[0][i] - in[1][i]) * in[2][0];
      }
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
