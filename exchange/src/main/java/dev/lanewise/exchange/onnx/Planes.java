package dev.lanewise.exchange.onnx;

import static dev.lanewise.exchange.onnx.GraphWriter.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.lanewise.exchange.form.Pooled;
import dev.lanewise.exchange.form.Resampling;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Resample;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.tensor.Blend;
import dev.lanewise.runtime.tensor.Windows;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.tensor.Taps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Convolutions, pooling and planes of another size. */
record Planes(Operations all) {
  Exported conv(String name, Conv c, List<Exported> in) {
    return Exported.numbers(to().node("Conv", name, all.names(name, in, 1), taps(c).toArray(AttributeProto[]::new)), c.outputs().getFirst().shape().dims());
  }

  /** @param of the convolution that leads from the result to what comes in */
  Exported transposedConv(String name, Conv of, List<Exported> in) {
    List<AttributeProto> attributes = new ArrayList<>(taps(of));
    Shape small = of.outputs().getFirst().shape();
    boolean flat = of.in().isSequence();
    int columns = missed(of.columns(), of.in().width(), small.width());
    attributes.add(attribute("output_padding", flat ? new long[] {columns} : new long[] {missed(of.rows(), of.in().height(), small.height()), columns}));
    return Exported.numbers(to().node("ConvTranspose", name, all.names(name, in, 1), attributes.toArray(AttributeProto[]::new)), of.in().dims());
  }

  /** How many of the values at the end no tap reaches. */
  private static int missed(Taps taps, int large, int small) {
    return large - ((small - 1) * taps.stride() - 2 * taps.padding() + (taps.count() - 1) * taps.dilation() + 1);
  }

  private static List<AttributeProto> taps(Conv c) {
    List<Taps> sides = c.in().isSequence() ? List.of(c.columns()) : List.of(c.rows(), c.columns());
    long[] pads = sides.stream().mapToLong(Taps::padding).toArray();
    return List.of(
        attribute("kernel_shape", sides.stream().mapToLong(Taps::count).toArray()), attribute("strides", sides.stream().mapToLong(Taps::stride).toArray()),
        attribute("dilations", sides.stream().mapToLong(Taps::dilation).toArray()),
        attribute("pads", LongStream.concat(LongStream.of(pads), LongStream.of(pads)).toArray()), attribute("group", c.groups()));
  }

  Exported maxPool(String name, MaxPool p, Exported x) {
    var window = p.window();
    List<Integer> dims = p.outputs().getFirst().shape().dims();
    if (window.coversAll() && window.rows().out() == 1 && window.columns().out() == 1) {
      return all.shaped(name, Exported.numbers(to().node("GlobalMaxPool", name, List.of(x.name())), dims), dims);
    }
    List<Windows> sides = window.in().isSequence() ? List.of(window.columns()) : List.of(window.rows(), window.columns());
    List<Windows.Sliding> alike = new ArrayList<>();
    String now = x.name();
    for (int i = 0; i < sides.size(); i++) {
      Windows side = sides.get(i);
      Optional<Windows.Sliding> equal = Pooled.sliding(side);
      if (equal.isEmpty()) {
        now = to().node("Gather", name + (i < sides.size() - 1 ? ".rows" : ".columns"), List.of(now, to().wholes(Pooled.places(side))), attribute("axis", 2 + i));
      }
      alike.add(equal.orElseGet(() -> Pooled.apart(side)));
    }
    long[] pads = alike.stream().mapToLong(Windows.Sliding::padding).toArray();
    return Exported.numbers(
        to().node("MaxPool", name, List.of(now), attribute("kernel_shape", alike.stream().mapToLong(Windows.Sliding::size).toArray()),
            attribute("strides", alike.stream().mapToLong(Windows.Sliding::stride).toArray()), attribute("pads", LongStream.concat(LongStream.of(pads), LongStream.of(pads)).toArray())),
        dims);
  }

  Exported resample(String name, Resample r, Exported x) {
    List<Integer> dims = r.out().dims();
    return switch (Resampling.of(r)) {
      case Resampling.Means(List<Windows.Sliding> windows) -> {
        long[] pads = windows.stream().mapToLong(Windows.Sliding::padding).toArray();
        yield Exported.numbers(
            to().node("AveragePool", name, List.of(x.name()), attribute("kernel_shape", windows.stream().mapToLong(Windows.Sliding::size).toArray()),
                attribute("strides", windows.stream().mapToLong(Windows.Sliding::stride).toArray()),
                attribute("pads", LongStream.concat(LongStream.of(pads), LongStream.of(pads)).toArray()), attribute("count_include_pad", 1)),
            dims);
      }
      case Resampling.Enlarged(int factor, boolean onLines) -> {
        float[] scales = new float[1 + dims.size()];
        Arrays.fill(scales, 2, scales.length, factor);
        Arrays.fill(scales, 0, 2, 1);
        yield Exported.numbers(
            to().node("Resize", name, List.of(x.name(), "", to().numbers(new long[] {scales.length}, scales)), attribute("mode", onLines ? "linear" : "nearest"),
                attribute("coordinate_transformation_mode", onLines ? "half_pixel" : "asymmetric"), attribute("nearest_mode", "floor")),
            dims);
      }
      // Negative ones take values away.
      case Resampling.Moved(List<Integer> before, List<Integer> behind) -> Exported.numbers(
          to().node("Pad", name, List.of(x.name(), to().wholes(Stream.of(List.of(0, 0), before, List.of(0, 0), behind).flatMap(List::stream).mapToLong(p -> p).toArray()))), dims);
      case Resampling.Covered _ -> weighted(name, r, x);
      case Resampling.Weighted _ -> weighted(name, r, x);
    };
  }

  /** Weights of rows and of columns: two products. */
  private Exported weighted(String name, Resample r, Exported x) {
    Exported now = x;
    if (!r.in().isSequence() && !isSame(r.rows())) {
      String rows = to().numbers(new long[] {r.rows().out(), r.rows().in()}, flat(Resampling.matrix(r.rows())));
      now = Exported.numbers(to().node("MatMul", name + ".rows", List.of(rows, now.name())), r.in().plane(r.in().channels(), r.rows().out(), r.columns().in()).dims());
    }
    if (isSame(r.columns())) {
      return now;
    }
    String columns = to().numbers(new long[] {r.columns().out(), r.columns().in()}, flat(Resampling.matrix(r.columns())));
    String turned = to().node("Transpose", name + ".columns", List.of(columns), attribute("perm", 1, 0));
    return Exported.numbers(to().node("MatMul", name, List.of(now.name(), turned)), r.out().dims());
  }

  private static boolean isSame(Blend side) {
    return side.in() == side.out() && Blend.mean(Windows.bins(side.in(), side.in())).equals(side);
  }

  private static float[] flat(float[][] matrix) {
    float[] flat = new float[matrix.length * matrix[0].length];
    for (int i = 0; i < matrix.length; i++) {
      System.arraycopy(matrix[i], 0, flat, i * matrix[0].length, matrix[0].length);
    }
    return flat;
  }

  private GraphWriter to() {
    return all.to();
  }
}
