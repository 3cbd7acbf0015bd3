package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** Probabilities from scores: y_i = e^{x_i} / Σ_j e^{x_j}. */
public record Softmax(int classes) implements Operation {
  public static final Layer LAYER =
      new Layer(
          Signature.of("softmax", "e^x / Σ e^x: scores become probabilities"),
          (arguments, in) -> new Softmax(Checks.flat("softmax", in)));

  @Override
  public String name() {
    return "softmax";
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
    double max = largest(x);
    double sum = 0;
    for (double v : x) {
      sum += Math.exp(v - max);
    }
    for (int i = 0; i < classes; i++) {
      out[0][i] += Math.exp(x[i] - max) / sum;
    }
  }

  /** log Σ e^x, with the maximum taken out so that nothing overflows. */
  static double logSumExp(double[] x) {
    double max = largest(x);
    double sum = 0;
    for (double v : x) {
      sum += Math.exp(v - max);
    }
    return max + Math.log(sum);
  }

  /** What is taken out, so that nothing overflows. */
  private static double largest(double[] x) {
    double max = x[0];
    for (double v : x) {
      max = Math.max(max, v);
    }
    return max;
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(emitter.emit("d" + in.getFirst().name(), new Gradient(classes), out.getFirst(), dOut));
  }

  /** From the output y and dy: dx_i = y_i (dy_i - Σ_j dy_j y_j). */
  public record Gradient(int classes) implements Operation {
    @Override
    public String name() {
      return "softmax.dx";
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
        sum += dy[i] * y[i];
      }
      for (int i = 0; i < classes; i++) {
        out[0][i] += y[i] * (dy[i] - sum);
      }
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
