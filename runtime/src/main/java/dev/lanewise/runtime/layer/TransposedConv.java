package dev.lanewise.runtime.layer;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Initialization;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.tensor.Sides;
import dev.lanewise.runtime.tensor.Taps;

/**
 * The transposed convolution, as in PyTorch's ConvTranspose2d: every value of the input is spread over the output by the kernel. It is the
 * gradient of a convolution by its input, {@link Conv.InputGradient}, of a convolution that would lead from this output to this input:
 *
 * <pre>y[o][r stride + ky dilation - pad][s stride + kx dilation - pad] += W[c][o][ky][kx] x[c][r][s]</pre>
 *
 * An output is (in - 1) stride - 2 pad + (kernel - 1) dilation + output_pad + 1 high and wide. Parameters: weight [in, out/groups, kernel
 * height, kernel width], bias [out]; their first values are PyTorch's, whose fan-in is out/groups times the kernel's taps. Of a sequence it is ConvTranspose1d.
 */
final class TransposedConv {
  static final Layer LAYER =
      new Layer(
          Signature.of(
              "transposed_conv",
              "spreads every value by a kernel: the way back of a convolution, to larger images",
              required("channels", Argument.Type.INTEGER, "number of output channels"),
              Conv.KERNEL,
              optional("stride", Argument.Type.SIDES, 1, "distance between the places of neighbouring values"),
              optional("pad", Argument.Type.SIDES, 0, "rows and columns that are taken off around the result"),
              optional("output_pad", Argument.Type.SIDES, 0, "rows below and columns on the right that are taken off less; below stride"),
              Conv.BIAS,
              Conv.GROUPS,
              Conv.DILATION,
              Initialization.ARGUMENT),
          TransposedConv::bind);

  private TransposedConv() {}

  private static Recipe bind(Arguments a, Shape in) {
    String call = "transposed_conv(" + a.integer("channels") + ", " + a.sides("kernel") + ")";
    Checks.planes(call, in);
    int channels = Checks.positive(call, "channels", a.integer("channels"));
    Sides kernel = Checks.positive(call, "kernel", a.sides("kernel"), in);
    Sides stride = Checks.positive(call, "stride", a.sides("stride"), in);
    Sides dilation = Checks.positive(call, "dilation", a.sides("dilation"), in);
    int groups = Checks.groups(call, a.integer("groups"), in.channels(), channels);
    Sides padding = Checks.sides(call, "pad", a.sides("pad"), in);
    Sides more = Checks.sides(call, "output_pad", a.sides("output_pad"), in);
    if (more.height() >= stride.height() || more.width() >= stride.width()) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": output_pad must be below stride, " + stride + ", not " + more,
          "use " + new Sides(stride.height() - 1, stride.width() - 1));
    }
    Taps rows = in.isSequence() ? Taps.ONE : new Taps(kernel.height(), stride.height(), padding.height(), dilation.height());
    Taps columns = new Taps(kernel.width(), stride.width(), padding.width(), dilation.width());
    double height = in.isSequence() ? 1 : extent(call, in, in.height(), rows, more.height());
    double width = extent(call, in, in.width(), columns, more.width());
    Checks.affordable(call, channels * height * width);
    Checks.storable(call, (double) in.channels() * channels / groups * rows.count() * columns.count());
    Shape out = in.plane(channels, (int) height, (int) width);
    return recipe(in, new Conv(out, in.channels(), rows, columns, groups, false), a.flag("bias"));
  }

  private static double extent(String call, Shape in, int size, Taps kernel, int more) {
    double span = (kernel.count() - 1.0) * kernel.dilation() + 1;
    double extent = (size - 1.0) * kernel.stride() - 2.0 * kernel.padding() + span + more;
    if (extent < 1) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": pad = " + kernel.padding() + " leaves nothing of the result of " + in, "use a smaller pad");
    }
    return extent;
  }

  /** @param of the convolution that leads from the result to the input */
  private static Recipe recipe(Shape in, Conv of, boolean biased) {
    Shape out = of.in();
    Shape each = Shape.of(out.channels());
    Recipe.Builder r = new Recipe.Builder("transposed_conv");
    int x = r.input(in);
    int weight = r.parameter(ParameterSpec.fanIn("weight", of.fanIn(), of.parameters().getFirst().shape()));
    if (!biased) {
      return r.build(r.step("spread", new Conv.InputGradient(of), x, weight));
    }
    int bias = r.parameter(ParameterSpec.fanIn("bias", of.fanIn(), each));
    int sum = r.step("spread", new Conv.InputGradient(of), x, weight);
    int b = r.step("bias", new Spread(each), bias);
    return r.build(r.formula("sum", out, Term.variable("a").plus(Term.variable("b")), sum, b));
  }
}
