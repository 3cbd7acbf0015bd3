package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** The logistic function: y = 1 / (1 + e^-x). */
public record Sigmoid(Shape shape) implements Operation {
  static final Layer LAYER =
      new Layer(Signature.of("sigmoid", "1 / (1 + e^-x), elementwise"), (arguments, in) -> new Sigmoid(in));

  @Override
  public String name() {
    return "sigmoid";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int i = 0; i < shape.size(); i++) {
      double x = in[0][i];
      out[0][i] += 1 / (1 + Math.exp(-x));
    }
  }

  @Override
  public int overwrites() {
    return 0;
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(emitter.emit("d" + in.getFirst().name(), new Gradient(shape), out.getFirst(), dOut));
  }

  /** From the output y and dy: dx = dy y (1 - y). */
  public record Gradient(Shape shape) implements Operation {
    @Override
    public String name() {
      return "sigmoid.dx";
    }

    @Override
    public List<Type> inputs() {
      return List.of(Type.example(shape), Type.example(shape));
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.example(shape));
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      for (int i = 0; i < shape.size(); i++) {
        double y = in[0][i];
        double dy = in[1][i];
        out[0][i] += dy * y * (1 - y);
      }
    }

    @Override
    public int overwrites() {
      return 1;
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
