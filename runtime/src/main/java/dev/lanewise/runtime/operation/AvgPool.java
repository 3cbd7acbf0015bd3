package dev.lanewise.runtime.operation;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Average pooling: y = the mean under the window, padding counted as zeros (PyTorch's default).
 */
public record AvgPool(Window window) implements Operation {
  static final Layer LAYER =
      new Layer(
          Signature.of(
              "avgpool",
              "the mean under a sliding window",
              required("size", Argument.Type.WINDOW, "height and width of the window, or `global` for the whole image"),
              optional("stride", Argument.Type.INTEGER, 0, "step of the window; 0 means its size"),
              optional("pad", Argument.Type.INTEGER, 0, "rows and columns around the image")),
          (arguments, in) ->
              arguments.isGlobal("size") ? global(in) : new AvgPool(Window.bind("avgpool", arguments, in)));

  /** The mean of each channel. */
  private static Recipe global(Shape in) {
    Checks.planes("avgpool(global)", in);
    Recipe.Builder r = new Recipe.Builder("avgpool");
    int x = r.input(in);
    int mean = r.step("mean", Reduce.mean(in, in.channels()), x);
    return r.build(r.step("image", new Reshape(Shape.of(in.channels()), Shape.of(in.channels(), 1, 1)), mean));
  }

  @Override
  public String name() {
    return "avgpool";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(window.in()));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(window.out()));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    double area = window.size() * window.size();
    window.forEach((x, position, y) -> out[0][y] += in[0][x] / area);
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(emitter.emit("d" + in.getFirst().name(), new Gradient(window), dOut));
  }

  /** From dy: each element under the window gets an equal part. */
  public record Gradient(Window window) implements Operation {
    @Override
    public String name() {
      return "avgpool.dx";
    }

    @Override
    public List<Type> inputs() {
      return List.of(Type.example(window.out()));
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.example(window.in()));
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      double area = window.size() * window.size();
      window.forEach((x, position, y) -> out[0][x] += in[0][y] / area);
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
