package dev.lanewise.runtime.operation;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** Every pixel becomes a square of equal ones: y[c][r][k] = x[c][r / factor][k / factor], PyTorch's nearest. */
public record Upsample(Shape shape, int factor) implements Operation {
  static final Layer LAYER =
      new Layer(
          Signature.of(
              "upsample",
              "an image larger by a whole factor: every pixel becomes a square",
              required("factor", Argument.Type.INTEGER, "how many times as high and as wide")),
          Upsample::bind);

  private static Upsample bind(Arguments arguments, Shape in) {
    String call = "upsample(" + arguments.integer("factor") + ")";
    Checks.planes(call, in);
    int factor = Checks.positive(call, "factor", arguments.integer("factor"));
    Checks.affordable(call, (double) in.size() * factor * factor);
    return new Upsample(in, factor);
  }

  @Override
  public String name() {
    return "upsample";
  }

  private Shape out() {
    return Shape.of(shape.channels(), shape.height() * factor, shape.width() * factor);
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(out()));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    int width = shape.width() * factor;
    for (int i = 0; i < out[0].length; i++) {
      int row = i / width / factor;
      out[0][i] += in[0][row * shape.width() + i % width / factor];
    }
  }

  /** The sum over the square, which is its mean times its size. */
  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    String name = "d" + in.getFirst().name();
    Value mean = emitter.emit(name, new AvgPool(new Window(out(), factor, factor, 0)), dOut);
    Term sum = Term.variable("x").times(Term.number((double) factor * factor));
    return Operation.gradients(emitter.emit(name, Pointwise.of("upsample.dx", shape, sum), mean));
  }
}
