package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** The two axes of a value change places: y[l][c] = x[c][l]. */
public record Transpose(Shape in) implements Operation {
  public static final Layer LAYER =
      new Layer(
          Signature.of("transpose", "channels x length becomes length x channels"), (_, in) -> new Transpose(in));

  public Transpose {
    if (!in.isSequence()) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, "transpose swaps two axes, channels x length, but gets " + in,
          "bring it to two axes with reshape");
    }
  }

  @Override
  public String name() {
    return "transpose";
  }

  private Shape out() {
    return Shape.of(in.dim(1), in.dim(0));
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(in));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(out()));
  }

  @Override
  public void evaluate(Draw draw, double[][] x, double[][] y) {
    for (int i = 0; i < in.size(); i++) {
      y[0][i % in.dim(1) * in.dim(0) + i / in.dim(1)] += x[0][i];
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(emitter.emit("d" + in.getFirst().name(), new Transpose(out()), dOut));
  }
}
