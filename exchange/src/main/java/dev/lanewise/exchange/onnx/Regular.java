package dev.lanewise.exchange.onnx;

import static dev.lanewise.exchange.onnx.GraphWriter.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import com.google.protobuf.ByteString;
import dev.lanewise.runtime.operation.Resample;
import dev.lanewise.runtime.tensor.Blend;
import dev.lanewise.runtime.tensor.Windows;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Planes of another size that ONNX has an operator for: means under windows, values so many times, zeros around, a part. */
record Regular(GraphWriter to) {
  Optional<Exported> of(String name, Resample r, Exported x) {
    List<Blend> sides = r.in().isSequence() ? List.of(r.columns()) : List.of(r.rows(), r.columns());
    return means(name, sides, r, x).or(() -> repeated(name, sides, r, x)).or(() -> moved(name, sides, r, x));
  }

  private Optional<Exported> means(String name, List<Blend> sides, Resample r, Exported x) {
    List<Windows.Sliding> windows = sides.stream().map(Regular::windows).flatMap(Optional::stream).toList();
    if (windows.size() < sides.size()) {
      return Optional.empty();
    }
    long[] pads = windows.stream().mapToLong(Windows.Sliding::padding).toArray();
    return Optional.of(Exported.numbers(
        to.node("AveragePool", name, List.of(x.name()),
            attribute("kernel_shape", windows.stream().mapToLong(Windows.Sliding::size).toArray()),
            attribute("strides", windows.stream().mapToLong(Windows.Sliding::stride).toArray()),
            attribute("pads", LongStream.concat(LongStream.of(pads), LongStream.of(pads)).toArray()), attribute("count_include_pad", 1)),
        r.out().dims()));
  }

  /** The windows whose means they are. */
  private static Optional<Windows.Sliding> windows(Blend blend) {
    Blend.Part middle = blend.parts().get(blend.out() / 2);
    if (middle.weights().isEmpty()) {
      return Optional.empty();
    }
    int size = (int) Math.round(1 / middle.weights().getFirst());
    int stride = blend.out() > 1 ? blend.parts().getLast().first() - blend.parts().get(blend.out() - 2).first() : size;
    int padding = size - blend.parts().getFirst().weights().size();
    if (size < 2 || stride < 1 || padding < 0 || padding >= size) {
      return Optional.empty();
    }
    Windows.Sliding found = new Windows.Sliding(blend.in(), size, stride, padding);
    return Blend.mean(found).equals(blend) ? Optional.of(found) : Optional.empty();
  }

  private Optional<Exported> repeated(String name, List<Blend> sides, Resample r, Exported x) {
    int factor = sides.getLast().out() / sides.getLast().in();
    boolean nearest = factor > 1 && sides.stream().allMatch(b -> Blend.nearest(b.in(), factor).equals(b));
    boolean linear = factor > 1 && sides.stream().allMatch(b -> Blend.linear(b.in(), factor).equals(b));
    if (!nearest && !linear) {
      return Optional.empty();
    }
    float[] scales = new float[2 + sides.size()];
    java.util.Arrays.fill(scales, factor);
    scales[0] = 1;
    scales[1] = 1;
    String resized = to.node(
        "Resize", name, List.of(x.name(), "", to.numbers(new long[] {scales.length}, scales)), text("mode", nearest ? "nearest" : "linear"),
        text("coordinate_transformation_mode", nearest ? "asymmetric" : "half_pixel"), text("nearest_mode", "floor"));
    return Optional.of(Exported.numbers(resized, r.out().dims()));
  }

  /** Zeros around, or a part: each value is one of before, or 0. */
  private Optional<Exported> moved(String name, List<Blend> sides, Resample r, Exported x) {
    if (!sides.stream().allMatch(Regular::isMoved)) {
      return Optional.empty();
    }
    // Negative pads take values away.
    long[] all = new long[2 * (2 + sides.size())];
    for (int i = 0; i < sides.size(); i++) {
      Blend side = sides.get(i);
      long before = before(side);
      all[2 + i] = before;
      all[4 + sides.size() + i] = side.out() - side.in() - before;
    }
    return Optional.of(Exported.numbers(to.node("Pad", name, List.of(x.name(), to.wholes(all))), r.out().dims()));
  }

  private static boolean isMoved(Blend blend) {
    long before = before(blend);
    for (int i = 0; i < blend.out(); i++) {
      Blend.Part part = blend.parts().get(i);
      boolean inside = i - before >= 0 && i - before < blend.in();
      if (inside != part.weights().equals(List.of(1.0)) || inside && part.first() != i - before || !inside && !part.weights().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static long before(Blend blend) {
    for (int i = 0; i < blend.out(); i++) {
      if (!blend.parts().get(i).weights().isEmpty()) {
        return i - blend.parts().get(i).first();
      }
    }
    return 0;
  }

  private static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }
}
