package dev.lanewise.runtime.layer;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Resample;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.tensor.Blend;
import dev.lanewise.runtime.tensor.Shape;

/** Zeros around an image, {@code pad}, or its edges taken off, {@code crop}; each is the other's gradient. A sequence has two ends alone. */
final class Pad {
  static final Layer LAYER =
      new Layer(
          Signature.of(
              "pad", "zeros around an image",
              required("size", Argument.Type.INTEGER, "rows above and below, columns left and right")),
          Pad::pad);

  static final Layer CROP =
      new Layer(
          Signature.of(
              "crop", "an image without its edges",
              required("size", Argument.Type.INTEGER, "rows taken off above and below, columns left and right")),
          Pad::crop);

  private Pad() {}

  private static Resample pad(Arguments arguments, Shape in) {
    int size = arguments.integer("size");
    String call = "pad(" + size + ")";
    Checks.planes(call, in);
    double rows = in.isSequence() ? 1 : in.height() + 2.0 * size;
    Checks.affordable(call, in.channels() * rows * (in.width() + 2.0 * size));
    return around("pad", in, size);
  }

  private static Resample crop(Arguments arguments, Shape in) {
    int size = arguments.integer("size");
    String call = "crop(" + size + ")";
    Checks.planes(call, in);
    int least = in.isSequence() ? in.width() : Math.min(in.height(), in.width());
    if (2L * size >= least) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + " leaves nothing of " + in, "crop(" + (least - 1) / 2 + ") at most");
    }
    return around("crop", in, -size);
  }

  private static Resample around(String name, Shape in, int zeros) {
    Blend rows = in.isSequence() ? Blend.same(1) : Blend.padded(in.height(), zeros);
    return new Resample(name, in, rows, Blend.padded(in.width(), zeros));
  }
}
