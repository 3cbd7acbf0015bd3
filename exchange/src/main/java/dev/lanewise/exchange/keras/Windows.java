package dev.lanewise.exchange.keras;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.keras.Layers.Layer;
import dev.lanewise.exchange.keras.Sketch.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Layers that move windows over images and sequences, or change their sizes. Keras has channels last, ONNX first: what is turned round is turned back. */
record Windows(Sketch sketch, Activations activations, Map<String, Padded> paddings) {
  /** What zeros were put around. @param pads before and after each axis, as ONNX has them */
  record Padded(Value of, long[] pads) {}

  private static int count(Layer l) {
    if (l.x().rank() < 3 || l.x().rank() > 4) {
      throw new RefusedException("it is given " + (l.x().rank() - 1) + " axes");
    }
    return l.x().rank() - 2;
  }

  private Value first(Layer l) {
    return l.isChannelsFirst() ? l.x() : sketch.channelsFirst(l.x());
  }

  private Value back(Layer l, Value made) {
    return l.isChannelsFirst() ? made : sketch.channelsLast(made);
  }

  /** Kernels of Keras have in and out last; ONNX first, out before in. */
  private static Fixed outFirst(Fixed kernel) {
    int rank = kernel.rank();
    return kernel.transposed(IntStream.range(0, rank).map(i -> i < 2 ? rank - 1 - i : i - 2).toArray());
  }

  private static List<AttributeProto> moves(Layer l, int count, long[] kernel) {
    long[] strides = l.config().wholes("strides", count, 1), dilations = l.config().wholes("dilation_rate", count, 1);
    List<AttributeProto> made = new ArrayList<>(List.of(Sketch.wholes("strides", strides), Sketch.wholes("dilations", dilations)));
    switch (l.config().text("padding", "valid")) {
      case "valid" -> { }
      case "same" -> made.add(Sketch.text("auto_pad", "SAME_UPPER"));
      case "causal" -> made.add(Sketch.wholes("pads", (kernel[0] - 1) * dilations[0], 0));
      default -> throw new RefusedException("its padding is `" + l.config().text("padding", "") + "`");
    }
    return made;
  }

  private static long[] sides(Fixed kernel, int count) {
    expect(kernel.rank() == count + 2, "its kernel " + kernel + " does not go with " + count + " axes");
    return IntStream.range(0, count).mapToLong(kernel::dim).toArray();
  }

  private static void expect(boolean holds, String reason) {
    if (!holds) {
      throw new RefusedException(reason);
    }
  }

  private Value convolved(Layer l, Value x, Fixed kernel, Fixed weight, String name, Fixed bias, long groups, boolean moves) {
    int count = count(l);
    List<AttributeProto> attributes = new ArrayList<>(moves ? moves(l, count, sides(kernel, count)) : List.of());
    attributes.add(Sketch.whole("group", groups));
    // Zeros that a layer before has put around are this one's padding.
    Padded padded = moves && l.config().text("padding", "valid").equals("valid") ? paddings.get(l.x().name()) : null;
    if (padded != null) {
      attributes.add(Sketch.wholes("pads", padded.pads()));
    }
    List<String> in = new ArrayList<>(List.of(padded != null ? padded.of().name() : x.name(), sketch.fixed(l.parameter(name + "weight"), weight)));
    if (bias != null) {
      in.add(sketch.fixed(l.parameter(name + "bias"), bias));
    }
    return sketch.node("Conv", x.rank(), in, attributes.toArray(AttributeProto[]::new));
  }

  private static Fixed bias(Layer l, int number) throws IOException {
    return l.config().flag("use_bias", true) ? l.read(number, "bias") : null;
  }

  Value conv(Layer l) throws IOException {
    Fixed kernel = l.read(0, "kernel");
    Value made = convolved(l, first(l), kernel, outFirst(kernel), "", bias(l, 1), l.config().whole("groups", 1), true);
    return activations.of(back(l, made), l.config().get("activation"));
  }

  /** A kernel for each channel: {@code [H, W, in, multiplier]} is {@code [in * multiplier, 1, H, W]}. */
  private static Fixed each(Fixed kernel, int count) {
    int rank = kernel.rank();
    Fixed turned = kernel.transposed(IntStream.range(0, rank).map(i -> i < 2 ? rank - 2 + i : i - 2).toArray());
    int[] dims = IntStream.concat(IntStream.of(kernel.dim(count) * kernel.dim(count + 1), 1), IntStream.range(0, count).map(kernel::dim)).toArray();
    return turned.shaped(dims);
  }

  Value depthwise(Layer l) throws IOException {
    Fixed kernel = l.read(0, "depthwise_kernel", "kernel");
    sides(kernel, count(l));
    Value made = convolved(l, first(l), kernel, each(kernel, count(l)), "", bias(l, 1), kernel.dim(count(l)), true);
    return activations.of(back(l, made), l.config().get("activation"));
  }

  Value separable(Layer l) throws IOException {
    Fixed kernel = l.read(0, "depthwise_kernel"), point = l.read(1, "pointwise_kernel");
    sides(kernel, count(l));
    sides(point, count(l));
    Value depth = convolved(l, first(l), kernel, each(kernel, count(l)), "depthwise.", null, kernel.dim(count(l)), true);
    Value made = convolved(l, depth, point, outFirst(point), "pointwise.", bias(l, 2), 1, false);
    return activations.of(back(l, made), l.config().get("activation"));
  }

  Value transposed(Layer l) throws IOException {
    int count = count(l);
    Fixed kernel = l.read(0, "kernel");
    long[] sides = sides(kernel, count);
    long[] strides = l.config().wholes("strides", count, 1), dilations = l.config().wholes("dilation_rate", count, 1);
    l.config().expect(!l.config().has("output_padding"), "it has an output_padding of its own");
    boolean same = l.config().text("padding", "valid").equals("same");
    long[] pads = new long[2 * count], more = new long[count];
    for (int i = 0; i < count; i++) {
      // As large as the image times the stride; without padding as far as the kernel reaches, or the stride.
      long left = (sides[i] - 1) * dilations[i] + 1 - strides[i];
      pads[i] = same ? Math.max(0, left) / 2 : 0;
      pads[count + i] = same ? Math.max(0, left) - pads[i] : 0;
      more[i] = Math.max(0, -left);
    }
    // [H, W, out, in] is [in, out, H, W].
    Fixed weight = outFirst(kernel);
    for (int i = 0; i < count; i++) {
      long apart = pads[count + i] - pads[i];
      if (apart % dilations[i] == 0) {
        // As much is taken off on both sides if taps of 0 stand in front.
        weight = longer(weight, i + 2, Math.toIntExact(apart / dilations[i]));
        pads[i] = pads[count + i];
      }
    }
    List<String> in = new ArrayList<>(List.of(first(l).name(), sketch.fixed(l.parameter("weight"), weight)));
    Fixed bias = bias(l, 1);
    if (bias != null) {
      in.add(sketch.fixed(l.parameter("bias"), bias));
    }
    Value made = sketch.node(
        "ConvTranspose", l.x().rank(), in, Sketch.wholes("strides", strides), Sketch.wholes("dilations", dilations), Sketch.wholes("pads", pads), Sketch.wholes("output_padding", more));
    return activations.of(back(l, made), l.config().get("activation"));
  }

  /** With taps of 0 in front along an axis. */
  private static Fixed longer(Fixed weight, int axis, int more) {
    int[] to = weight.dims();
    int old = to[axis];
    to[axis] += more;
    int inner = IntStream.range(axis + 1, to.length).map(i -> to[i]).reduce(1, (a, b) -> a * b);
    int[] from = IntStream.range(0, Fixed.size(to)).map(i -> {
      int place = i / inner % to[axis] - more;
      return place < 0 ? -1 : (i / inner / to[axis] * old + place) * inner + i % inner;
    }).toArray();
    return weight.picked(to, from);
  }

  Value pool(Layer l, String operator) {
    int count = count(l);
    long[] size = l.config().wholes("pool_size", count, 2);
    long[] strides = l.config().has("strides") ? l.config().wholes("strides", count, 1) : size;
    boolean same = l.config().text("padding", "valid").equals("same");
    Value made = sketch.node(
        operator, l.x().rank(), List.of(first(l).name()), Sketch.wholes("kernel_shape", size), Sketch.wholes("strides", strides), Sketch.text("auto_pad", same ? "SAME_UPPER" : "VALID"));
    return back(l, made);
  }

  Value global(Layer l, String operator) {
    int count = count(l), from = l.isChannelsFirst() ? 2 : 1;
    boolean keeps = l.config().flag("keepdims", false);
    return sketch.node(
        operator, keeps ? l.x().rank() : 2, List.of(l.x().name()), Sketch.wholes("axes", LongStream.range(from, from + count).toArray()), Sketch.whole("keepdims", keeps ? 1 : 0));
  }

  /** @param sign 1 if it is made larger, -1 if smaller */
  Value padded(Layer l, String name, int sign) {
    int count = count(l);
    long[] all = l.config().flat(name).stream().mapToLong(d -> d).toArray();
    // One for all, one for each axis, or two for each.
    long[] each = all.length == 1 ? LongStream.generate(() -> all[0]).limit(2L * count).toArray()
        : all.length == count && count > 1 ? Arrays.stream(all).flatMap(p -> LongStream.of(p, p)).toArray() : all;
    l.config().expect(each.length == 2 * count && Arrays.stream(each).allMatch(p -> p >= 0), "its " + name + " does not go with " + count + " axes");
    long[] pads = new long[2 * (count + 2)];
    for (int i = 0; i < count; i++) {
      pads[i + 2] = sign * each[2 * i];
      pads[count + 4 + i] = sign * each[2 * i + 1];
    }
    Value x = first(l);
    Value made = back(l, sketch.node("Pad", l.x().rank(), List.of(x.name(), sketch.list(pads))));
    if (sign > 0) {
      paddings.put(made.name(), new Padded(x, LongStream.concat(Arrays.stream(pads, 2, count + 2), Arrays.stream(pads, count + 4, 2 * count + 4)).toArray()));
    }
    return made;
  }

  Value upsampled(Layer l) {
    int count = count(l);
    long[] size = l.config().wholes("size", count, 2);
    String by = l.config().text("interpolation", "nearest");
    l.config().expect(by.equals("nearest") || by.equals("bilinear"), "it interpolates by `" + by + "`");
    float[] scales = new float[count + 2];
    Arrays.fill(scales, 1);
    IntStream.range(0, count).forEach(i -> scales[i + 2] = size[i]);
    boolean linear = by.equals("bilinear");
    Value made = sketch.node(
        "Resize", l.x().rank(), List.of(first(l).name(), "", sketch.numbers(Fixed.of(new int[] {count + 2}, scales))), Sketch.text("mode", linear ? "linear" : "nearest"),
        Sketch.text("coordinate_transformation_mode", linear ? "half_pixel" : "asymmetric"), Sketch.text("nearest_mode", "floor"));
    return back(l, made);
  }
}
