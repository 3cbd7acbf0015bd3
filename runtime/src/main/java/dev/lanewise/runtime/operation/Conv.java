package dev.lanewise.runtime.operation;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Initialization;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.tensor.Sides;
import dev.lanewise.runtime.tensor.Taps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Convolution (cross-correlation, as in PyTorch's Conv2d):
 *
 * <pre>y[o][r][s] = b[o] + Σ_c Σ_ky Σ_kx W[o][c][ky][kx] x[g in/groups + c][r stride + ky dilation - pad][s stride + kx dilation - pad]</pre>
 *
 * where x is zero outside the image, and g = o groups/out the group of o: each group of outputs sees its own channels alone. With as many
 * groups as channels the convolution is depthwise. Parameters: weight [out, in/groups, kernel height, kernel width], bias [out].
 *
 * <p>Stride, dilation and pad may differ down and across. Of a sequence, channels x length, it is PyTorch's Conv1d: the sequence is an
 * image of one row, the kernel has one row too, and the weight is [out, in/groups, kernel].
 *
 * @param in the input's shape, channels x height x width or channels x length
 * @param rows the kernel from top to bottom, {@code columns} from left to right
 */
public record Conv(Shape in, int channels, Taps rows, Taps columns, int groups, boolean bias) implements Operation {
  static final Argument STRIDE = optional("stride", Argument.Type.SIDES, 1, "step of the kernel");
  public static final Argument KERNEL = required("kernel", Argument.Type.SIDES, "height and width of the kernel");
  public static final Argument DILATION = optional("dilation", Argument.Type.SIDES, 1, "distance between taps of the kernel");
  public static final Argument BIAS = optional("bias", Argument.Type.FLAG, true, "whether a bias is added");
  public static final Argument GROUPS =
      optional("groups", Argument.Type.INTEGER, 1, "parts of the channels that do not see each other; in.channels is depthwise");

  public static final Layer LAYER =
      new Layer(
          Signature.of(
              "conv",
              "slides channels kernels over an image or a sequence",
              required("channels", Argument.Type.INTEGER, "number of output channels"),
              KERNEL,
              STRIDE,
              optional("pad", Argument.Type.PADDING, 0, "rows and columns of zeros around the image, or same"),
              BIAS,
              GROUPS,
              DILATION,
              Initialization.ARGUMENT),
          Conv::bind);

  /** A square kernel of neighbouring taps that sees all channels. */
  public Conv(Shape in, int channels, int kernel, int stride, int padding, boolean bias) {
    this(in, channels, new Taps(kernel, stride, padding, 1), 1, bias);
  }

  /** A square kernel. */
  public Conv(Shape in, int channels, Taps taps, int groups, boolean bias) {
    this(in, channels, in.isSequence() ? Taps.ONE : taps, taps, groups, bias);
  }

  private static Conv bind(Arguments a, Shape in) {
    String call = "conv(" + a.integer("channels") + ", " + a.sides("kernel") + ")";
    Checks.planes(call, in);
    int channels = Checks.positive(call, "channels", a.integer("channels"));
    Sides kernel = Checks.positive(call, "kernel", a.sides("kernel"), in);
    Sides stride = Checks.positive(call, "stride", a.sides("stride"), in);
    Sides dilation = Checks.positive(call, "dilation", a.sides("dilation"), in);
    int groups = Checks.groups(call, a.integer("groups"), in.channels(), channels);
    Sides padding = a.isSame("pad") ? same(call, kernel, dilation) : Checks.sides(call, "pad", a.sides("pad"), in);
    Taps rows =
        in.isSequence() ? Taps.ONE : taps(call, in, in.height(), kernel.height(), stride.height(), padding.height(), dilation.height());
    Taps columns = taps(call, in, in.width(), kernel.width(), stride.width(), padding.width(), dilation.width());
    Conv conv = new Conv(in, channels, rows, columns, groups, a.flag("bias"));
    Checks.affordable(call, (double) channels * rows.out(in.height()) * columns.out(in.width()));
    Checks.storable(call, (double) channels * conv.groupIn() * rows.count() * columns.count());
    return conv;
  }

  /** What keeps height and width, with a stride of 1. */
  private static Sides same(String call, Sides kernel, Sides dilation) {
    double down = (kernel.height() - 1.0) * dilation.height();
    double across = (kernel.width() - 1.0) * dilation.width();
    if (down % 2 != 0 || across % 2 != 0) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": pad = same needs an odd kernel, not " + kernel,
          "use " + new Sides(kernel.height() | 1, kernel.width() | 1));
    }
    return new Sides((int) (down / 2), (int) (across / 2));
  }

  private static Taps taps(String call, Shape in, int size, int count, int stride, int padding, int dilation) {
    Checks.slide(call, in, size, (count - 1.0) * dilation + 1, stride, padding);
    return new Taps(count, stride, padding, dilation);
  }

  @Override
  public String name() {
    return "conv";
  }

  /** The output's shape. */
  public Shape out() {
    return in.plane(channels, rows.out(in.height()), columns.out(in.width()));
  }

  /** Positions of the kernel's window. */
  private int taps() {
    return rows.count() * columns.count();
  }

  /** Input channels of a group. */
  public int groupIn() {
    return in.channels() / groups;
  }

  /** Output channels of a group. */
  public int groupOut() {
    return channels / groups;
  }

  /** How many values a value of the output is the sum of. */
  public int fanIn() {
    return groupIn() * taps();
  }

  private Shape weight() {
    return in.isSequence() ? Shape.of(channels, groupIn(), columns.count()) : Shape.of(channels, groupIn(), rows.count(), columns.count());
  }

  @Override
  public List<ParameterSpec> parameters() {
    ParameterSpec weight = ParameterSpec.fanIn("weight", fanIn(), weight());
    return bias ? List.of(weight, ParameterSpec.fanIn("bias", fanIn(), Shape.of(channels))) : List.of(weight);
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
    int height = out().height();
    int width = out().width();
    for (int o = 0, y = 0; o < channels; o++) {
      for (int r = 0; r < height; r++) {
        for (int s = 0; s < width; s++, y++) {
          forEachTap(tap, o, r, s, y);
        }
      }
    }
  }

  /** Those of the output y, at row r and column s of channel o. */
  private void forEachTap(Tap tap, int o, int r, int s, int y) {
    int height = in.height();
    int width = in.width();
    int group = o / groupOut();
    for (int c = 0; c < groupIn(); c++) {
      int channel = group * groupIn() + c;
      int kernel = o * groupIn() + c;
      for (int ky = 0; ky < rows.count(); ky++) {
        int row = r * rows.stride() + ky * rows.dilation() - rows.padding();
        for (int kx = 0; row >= 0 && row < height && kx < columns.count(); kx++) {
          int column = s * columns.stride() + kx * columns.dilation() - columns.padding();
          if (column >= 0 && column < width) {
            tap.at((channel * height + row) * width + column, (kernel * rows.count() + ky) * columns.count() + kx, y);
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
    Value dWeight = needed[1] ? emitter.emit("d" + weight.name(), new WeightGradient(this), x, dOut) : null;
    Value dBias = bias && needed[2] ? emitter.emit("d" + inputs.get(2).name(), new ChannelSum(out()), dOut) : null;
    return bias ? Operation.gradients(dX, dWeight, dBias) : Operation.gradients(dX, dWeight);
  }

  @Override
  public Optional<LinearMap> linearMap() {
    return Optional.of(new LinearMap(1, groups, true));
  }

  @Override
  public long multiplyAdds() {
    return (long) out().size() * fanIn();
  }

  /** From dy and W: every product of the forward sum, read backwards to x; as a layer of its own the transposed convolution. */
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
    public Optional<LinearMap> linearMap() {
      return Optional.of(new LinearMap(1, of.groups, false));
    }

    /** The same rules with the roles changed: what was dx is now the output. */
    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      Value dy = in.get(0);
      Value weight = in.get(1);
      Conv forward = of.withoutBias();
      return Operation.gradients(
          needed[0] ? emitter.emit("d" + dy.name(), forward, dOut, weight) : null,
          needed[1] ? emitter.emit("d" + weight.name(), new WeightGradient(forward), dOut, dy) : null);
    }
  }

  private Conv withoutBias() {
    return new Conv(in, channels, rows, columns, groups, false);
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
