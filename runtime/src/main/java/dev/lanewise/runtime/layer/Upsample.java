package dev.lanewise.runtime.layer;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Resample;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.tensor.Blend;
import dev.lanewise.runtime.tensor.Shape;

/**
 * Larger planes: every value becomes a square of equal ones, PyTorch's nearest; or what lies between is interpolated along rows and
 * columns, PyTorch's bilinear with align_corners = false, of a sequence its linear.
 */
final class Upsample {
  static final Layer LAYER =
      new Layer(
          Signature.of(
              "upsample",
              "an image larger by a whole factor",
              required("factor", Argument.Type.INTEGER, "how many times as high and as wide"),
              optional(
                  "mode", Argument.Type.INTERPOLATION, "nearest",
                  "`nearest`: every pixel becomes a square; `bilinear`: what lies between is interpolated")),
          Upsample::bind);

  private Upsample() {}

  private static Resample bind(Arguments arguments, Shape in) {
    String call = "upsample(" + arguments.integer("factor") + ")";
    Checks.planes(call, in);
    int factor = Checks.positive(call, "factor", arguments.integer("factor"));
    Checks.affordable(call, (double) in.size() * factor * (in.isSequence() ? 1 : factor));
    int rowFactor = in.isSequence() ? 1 : factor;
    return arguments.text("mode").equals("bilinear")
        ? new Resample("upsample", in, Blend.linear(in.height(), rowFactor), Blend.linear(in.width(), factor))
        : new Resample("upsample", in, Blend.nearest(in.height(), rowFactor), Blend.nearest(in.width(), factor));
  }
}
