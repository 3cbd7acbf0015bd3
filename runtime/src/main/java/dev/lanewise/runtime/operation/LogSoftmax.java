package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** Logarithms of probabilities: y_i = x_i - log Σ_j e^{x_j}. */
public record LogSoftmax(int classes) implements Operation {
  public static final Layer LAYER =
      new Layer(
          Signature.of("log_softmax", "x - log Σ e^x: logarithms of probabilities"),
          (arguments, in) -> new LogSoftmax(Checks.flat("log_softmax", in)));

  @Override
  public String name() {
    return "log_softmax";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(Shape.of(classes)));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(Shape.of(classes)));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    double[] x = in[0];
    double logSum = Softmax.logSumExp(x);
    for (int i = 0; i < classes; i++) {
      out[0][i] += x[i] - logSum;
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(emitter.emit("d" + in.getFirst().name(), new Gradient(classes), out.getFirst(), dOut));
  }

  /** From the output y and dy: dx_i = dy_i - e^{y_i} Σ_j dy_j. */
  public record Gradient(int classes) implements Operation {
    @Override
    public String name() {
      return "log_softmax.dx";
    }

    @Override
    public List<Type> inputs() {
      return List.of(Type.example(Shape.of(classes)), Type.example(Shape.of(classes)));
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.example(Shape.of(classes)));
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      double[] y = in[0];
      double[] dy = in[1];
      double sum = 0;
      for (int i = 0; i < classes; i++) {
        sum += dy[i];
      }
      for (int i = 0; i < classes; i++) {
        out[0][i] += dy[i] - Math.exp(y[i]) * sum;
      }
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
