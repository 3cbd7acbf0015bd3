package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** Logarithms of probabilities: y_i = x_i - log Σ_j e^{x_j}; of scores of classes at each place, {@code classes x height x width}, at each of them. */
public record LogSoftmax(Shape scores) implements Operation {
  public static final Layer LAYER =
      new Layer(
          Signature.of("log_softmax", "x - log Σ e^x: logarithms of probabilities; of an image or a sequence over the channels, at each place"),
          (_, in) -> new LogSoftmax(in));

  /** Of so many classes of an example. */
  public LogSoftmax(int classes) {
    this(Shape.of(classes));
  }

  public int classes() {
    return scores.channels();
  }

  public int places() {
    return scores.size() / classes();
  }

  @Override
  public String name() {
    return "log_softmax";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(scores));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(scores));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    double[] x = new double[classes()];
    for (int p = 0; p < places(); p++) {
      for (int i = 0; i < x.length; i++) {
        x[i] = in[0][i * places() + p];
      }
      double logSum = Softmax.logSumExp(x);
      for (int i = 0; i < x.length; i++) {
        out[0][i * places() + p] += x[i] - logSum;
      }
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(emitter.emit("d" + in.getFirst().name(), new Gradient(this), out.getFirst(), dOut));
  }

  /** From the output y and dy: dx_i = dy_i - e^{y_i} Σ_j dy_j, at each place. */
  public record Gradient(LogSoftmax of) implements Operation {
    @Override
    public String name() {
      return "log_softmax.dx";
    }

    @Override
    public List<Type> inputs() {
      return List.of(Type.example(of.scores), Type.example(of.scores));
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.example(of.scores));
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      double[] y = in[0];
      double[] dy = in[1];
      int places = of.places();
      for (int p = 0; p < places; p++) {
        double sum = 0;
        for (int i = p; i < dy.length; i += places) {
          sum += dy[i];
        }
        for (int i = p; i < dy.length; i += places) {
          out[0][i] += dy[i] - Math.exp(y[i]) * sum;
        }
      }
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
