package dev.lanewise.runtime.operation;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.operation.ShapeException.Problem;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Two-dimensional convolution (cross-correlation, as in PyTorch's Conv2d):
 *
 * <pre>y[o][r][s] = b[o] + Σ_c Σ_ky Σ_kx W[o][c][ky][kx] x[c][r stride + ky - pad][s stride + kx - pad]</pre>
 *
 * where x is zero outside the image. Parameters: weight [out, in, kernel, kernel], bias [out].
 *
 * @param in the input's shape, channels x height x width
 */
public record Conv(Shape in, int channels, int kernel, int stride, int padding, boolean bias) implements Operation {
  static final Layer LAYER =
      new Layer(
          Signature.of(
              "conv",
              "slides channels kernels over an image",
              required("channels", Argument.Type.INTEGER, "number of output channels"),
              required("kernel", Argument.Type.INTEGER, "height and width of the kernel"),
              optional("stride", Argument.Type.INTEGER, 1, "step of the kernel"),
              optional("pad", Argument.Type.PADDING, 0, "rows and columns of zeros around the image, or same"),
              optional("bias", Argument.Type.FLAG, true, "whether a bias is added"),
              Initialization.ARGUMENT),
          Conv::bind);

  private static Conv bind(Arguments a, Shape in) {
    String call = "conv(" + a.integer("channels") + ", " + a.integer("kernel") + ")";
    Checks.image(call, in);
    int kernel = Checks.positive(call, "kernel", a.integer("kernel"));
    int stride = Checks.positive(call, "stride", a.integer("stride"));
    if (a.isSame("pad") && kernel % 2 == 0) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": pad = same needs an odd kernel, not " + kernel, "use " + (kernel + 1));
    }
    int padding = a.isSame("pad") ? kernel / 2 : a.integer("pad");
    Conv conv =
        new Conv(in, Checks.positive(call, "channels", a.integer("channels")), kernel, stride, padding, a.flag("bias"));
    int height = Checks.slide(call, in, in.height(), kernel, stride, padding);
    int width = Checks.slide(call, in, in.width(), kernel, stride, padding);
    Checks.affordable(call, (double) conv.channels * height * width);
    Checks.affordable(call, (double) conv.channels * in.channels() * kernel * kernel);
    return conv;
  }

  @Override
  public String name() {
    return "conv";
  }

  /** The output's shape. */
  public Shape out() {
    return Shape.of(
        channels,
        (in.height() + 2 * padding - kernel) / stride + 1,
        (in.width() + 2 * padding - kernel) / stride + 1);
  }

  private Shape weight() {
    return Shape.of(channels, in.channels(), kernel, kernel);
  }

  @Override
  public List<ParameterSpec> parameters() {
    int fanIn = in.channels() * kernel * kernel;
    ParameterSpec weight = ParameterSpec.fanIn("weight", fanIn, channels, in.channels(), kernel, kernel);
    return bias ? List.of(weight, ParameterSpec.fanIn("bias", fanIn, channels)) : List.of(weight);
  }

  @Override
  public List<Type> inputs() {
    List<Type> types = new ArrayList<>(List.of(Type.example(in)));
    parameters().forEach(p -> types.add(Type.shared(p.shape())));
    return types;
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(out()));
  }

  @Override
  public void evaluate(Draw draw, double[][] input, double[][] output) {
    forEachTap((x, weight, y) -> output[0][y] += input[1][weight] * input[0][x]);
    int plane = out().height() * out().width();
    for (int y = 0; bias && y < output[0].length; y++) {
      output[0][y] += input[2][y / plane];
    }
  }

  /** One product of the sum: the elements of x, W and y that meet. */
  private interface Tap {
    void at(int x, int weight, int y);
  }

  /** Visits every product of the sum in textbook order; what all three passes have in common. */
  private void forEachTap(Tap tap) {
    Shape out = out();
    for (int o = 0; o < channels; o++) {
      for (int r = 0; r < out.height(); r++) {
        for (int s = 0; s < out.width(); s++) {
          for (int c = 0; c < in.channels(); c++) {
            for (int ky = 0; ky < kernel; ky++) {
              for (int kx = 0; kx < kernel; kx++) {
                int row = r * stride + ky - padding;
                int column = s * stride + kx - padding;
                if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
                  tap.at(
                      (c * in.height() + row) * in.width() + column,
                      ((o * in.channels() + c) * kernel + ky) * kernel + kx,
                      (o * out.height() + r) * out.width() + s);
                }
              }
            }
          }
        }
      }
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> inputs, List<Value> outputs, Value dOut, boolean[] needed) {
    Value x = inputs.get(0);
    Value weight = inputs.get(1);
    Value dX = needed[0] ? emitter.emit("d" + x.name(), new InputGradient(this), dOut, weight) : null;
    Value dWeight = emitter.emit("d" + weight.name(), new WeightGradient(this), x, dOut);
    return bias
        ? Operation.gradients(dX, dWeight, emitter.emit("d" + inputs.get(2).name(), new ChannelSum(out()), dOut))
        : Operation.gradients(dX, dWeight);
  }

  @Override
  public long multiplyAdds() {
    return (long) out().size() * in.channels() * kernel * kernel;
  }

  /** From dy and W: every product of the forward sum, read backwards to x. */
  public record InputGradient(Conv of) implements Operation {
    @Override
    public String name() {
      return "conv.dx";
    }

    @Override
    public List<Type> inputs() {
      return List.of(Type.example(of.out()), Type.shared(of.weight()));
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.example(of.in));
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      of.forEachTap((x, weight, y) -> out[0][x] += in[1][weight] * in[0][y]);
    }

    @Override
    public long multiplyAdds() {
      return of.multiplyAdds();
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }

  /** From x and dy: every product of the forward sum, read backwards to W and summed over the examples. */
  public record WeightGradient(Conv of) implements Operation {
    @Override
    public String name() {
      return "conv.dWeight";
    }

    @Override
    public List<Type> inputs() {
      return List.of(Type.example(of.in), Type.example(of.out()));
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.shared(of.weight()));
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      of.forEachTap((x, weight, y) -> out[0][weight] += in[0][x] * in[1][y]);
    }

    @Override
    public long multiplyAdds() {
      return of.multiplyAdds();
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
