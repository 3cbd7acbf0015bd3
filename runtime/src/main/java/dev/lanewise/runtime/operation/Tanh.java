package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** The hyperbolic tangent: y = tanh x. */
public record Tanh(Shape shape) implements Operation {
  static final Layer LAYER =
      new Layer(Signature.of("tanh", "hyperbolic tangent, elementwise"), (arguments, in) -> new Tanh(in));

  @Override
  public String name() {
    return "tanh";
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
      out[0][i] += Math.tanh(x);
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

  /** From the output y and dy: dx = dy (1 - y²). */
  public record Gradient(Shape shape) implements Operation {
    @Override
    public String name() {
      return "tanh.dx";
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
        out[0][i] += dy * (1 - y * y);
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
