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

/**
 * The transposed convolution, as in PyTorch's ConvTranspose2d: every value of the input is spread over the output by the kernel. It is the
 * gradient of a convolution by its input, {@link Conv.InputGradient}, of a convolution that would lead from this output to this input:
 *
 * <pre>y[o][r stride + ky dilation - pad][s stride + kx dilation - pad] += W[c][o][ky][kx] x[c][r][s]</pre>
 *
 * An output is (in - 1) stride - 2 pad + (kernel - 1) dilation + output_pad + 1 high and wide. Parameters: weight [in, out/groups, kernel,
 * kernel], bias [out]; their first values are PyTorch's, whose fan-in is out/groups kernel². Of a sequence it is ConvTranspose1d.
 */
final class TransposedConv {
  static final Layer LAYER =
      new Layer(
          Signature.of(
              "transposed_conv",
              "spreads every value by a kernel: the way back of a convolution, to larger images",
              required("channels", Argument.Type.INTEGER, "number of output channels"),
              required("kernel", Argument.Type.INTEGER, "height and width of the kernel"),
              optional("stride", Argument.Type.INTEGER, 1, "distance between the places of neighbouring values"),
              optional("pad", Argument.Type.INTEGER, 0, "rows and columns that are taken off around the result"),
              optional("output_pad", Argument.Type.INTEGER, 0, "rows below and columns on the right that are taken off less; below stride"),
              Conv.BIAS,
              Conv.GROUPS,
              Conv.DILATION,
              Initialization.ARGUMENT),
          TransposedConv::bind);

  private TransposedConv() {}

  private static Recipe bind(Arguments a, Shape in) {
    String call = "transposed_conv(" + a.integer("channels") + ", " + a.integer("kernel") + ")";
    Checks.planes(call, in);
    int channels = Checks.positive(call, "channels", a.integer("channels"));
    int kernel = Checks.positive(call, "kernel", a.integer("kernel"));
    int stride = Checks.positive(call, "stride", a.integer("stride"));
    int dilation = Checks.positive(call, "dilation", a.integer("dilation"));
    int groups = Checks.groups(call, a.integer("groups"), in.channels(), channels);
    int padding = a.integer("pad");
    int more = a.integer("output_pad");
    if (more >= stride) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": output_pad must be below stride, " + stride + ", not " + more, "use " + (stride - 1));
    }
    double span = (kernel - 1.0) * dilation + 1;
    double height = in.isSequence() ? 1 : extent(call, in, in.height(), stride, span, padding, more);
    double width = extent(call, in, in.width(), stride, span, padding, more);
    Checks.affordable(call, channels * height * width);
    Checks.storable(call, (double) in.channels() * channels / groups * kernel * (in.isSequence() ? 1 : kernel));
    Shape out = in.plane(channels, (int) height, (int) width);
    return recipe(in, new Conv(out, in.channels(), kernel, stride, padding, dilation, groups, false), a.flag("bias"));
  }

  private static double extent(String call, Shape in, int size, int stride, double span, int padding, int more) {
    double extent = (size - 1.0) * stride - 2.0 * padding + span + more;
    if (extent < 1) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": pad = " + padding + " leaves nothing of the result of " + in, "use a smaller pad");
    }
    return extent;
  }

  /** @param of the convolution that leads from the result to the input */
  private static Recipe recipe(Shape in, Conv of, boolean biased) {
    int fanIn = of.groupIn() * of.kernelHeight() * of.kernel();
    Shape out = of.in();
    Shape each = Shape.of(out.channels());
    Recipe.Builder r = new Recipe.Builder("transposed_conv");
    int x = r.input(in);
    int weight = r.parameter(ParameterSpec.fanIn("weight", fanIn, of.parameters().getFirst().shape()));
    if (!biased) {
      return r.build(r.step("spread", new Conv.InputGradient(of), x, weight));
    }
    int bias = r.parameter(ParameterSpec.fanIn("bias", fanIn, each));
    int sum = r.step("spread", new Conv.InputGradient(of), x, weight);
    int b = r.step("bias", new Spread(each), bias);
    return r.build(r.formula("sum", out, Term.variable("a").plus(Term.variable("b")), sum, b));
  }
}
