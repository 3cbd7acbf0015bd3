package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.draft.Step;
import dev.lanewise.exchange.row.Rows;
import dev.lanewise.exchange.row.Samples;
import dev.lanewise.exchange.row.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Convolutions, pooling, other sizes: of images and of sequences, channels first. */
record Planes(Draft draft) {
  /** A value as channels and one or two axes behind them. */
  private record Plane(Live x, Step step, int channels, int[] sides) {
    int count() {
      return sides.length;
    }
  }

  private Plane plane(Live x) {
    int count = x.rank() - 2;
    if (count < 1 || count > 2) {
      throw new RefusedException("the language has images, channels x height x width, and sequences, but this has " + Math.max(0, count) + " axes behind the channels");
    }
    if (!x.isBatch(0)) {
      throw new RefusedException("its first axis is not the batch");
    }
    List<List<Atom>> groups = IntStream.range(1, x.rank()).mapToObj(x::own).toList();
    int[] sides = IntStream.range(2, x.rank()).map(i -> (int) x.size(i)).toArray();
    return new Plane(x, draft.arranged(x, groups), (int) x.size(1), sides);
  }

  private static Live made(Plane p, Step step) {
    List<List<Atom>> axes = new ArrayList<>(List.of(p.x().axes().getFirst()));
    for (int d : step.dims()) {
      axes.add(d == 1 ? List.of() : List.of(Atom.of(d)));
    }
    return Live.natural(step, axes);
  }

  private static int[] ints(long[] given, int count, int fallback) {
    int[] made = new int[count];
    Arrays.fill(made, fallback);
    for (int i = 0; given != null && i < count; i++) {
      if (given.length < count || given[i] < 0 || given[i] > 1 << 20) {
        throw new RefusedException("its attributes do not go with " + count + " axes");
      }
      made[i] = (int) given[i];
    }
    return made;
  }

  /** What is added before and after each axis. @param over how much a window covers */
  private static int[][] pads(Node node, int[] sides, int[] over, int[] strides) {
    int count = sides.length;
    String auto = node.text("auto_pad", "NOTSET");
    int[] begin = new int[count], end = new int[count];
    long[] given = node.wholes("pads");
    for (int i = 0; i < count; i++) {
      if (auto.startsWith("SAME")) {
        int out = (sides[i] + strides[i] - 1) / strides[i];
        int total = Math.max(0, (out - 1) * strides[i] + over[i] - sides[i]);
        begin[i] = auto.equals("SAME_LOWER") ? (total + 1) / 2 : total / 2;
        end[i] = total - begin[i];
      } else if (given != null) {
        if (given.length != 2 * count) {
          throw new RefusedException("its pads do not go with " + count + " axes");
        }
        begin[i] = Math.toIntExact(given[i]);
        end[i] = Math.toIntExact(given[count + i]);
      }
    }
    return new int[][] {begin, end};
  }

  private static String sides(int[] values) {
    return Draft.sides(IntStream.of(values).asLongStream().toArray());
  }

  private static String option(String name, int[] values, int fallback) {
    return IntStream.of(values).allMatch(v -> v == fallback) ? "" : ", " + name + " = " + sides(values);
  }

  Live conv(Node node) {
    Plane p = plane(node.live(0));
    Fixed weight = node.fixed(1, "weight");
    int count = p.count();
    int groups = (int) node.whole("group", 1);
    node.expect(weight.rank() == count + 2 && groups > 0 && weight.dim(1) * groups == p.channels() && weight.dim(0) % groups == 0, "its weight " + weight + " does not go with " + p.channels() + " channels");
    int[] kernel = Arrays.copyOfRange(weight.dims(), 2, count + 2);
    int[] strides = ints(node.wholes("strides"), count, 1), dilations = ints(node.wholes("dilations"), count, 1);
    int[] over = IntStream.range(0, count).map(i -> (kernel[i] - 1) * dilations[i] + 1).toArray();
    int[][] pads = pads(node, p.sides(), over, strides);
    int[] pad = new int[count];
    Fixed taps = weight;
    String note = "";
    for (int i = 0; i < count; i++) {
      pad[i] = Math.max(pads[0][i], pads[1][i]);
      int more = Math.abs(pads[0][i] - pads[1][i]);
      if (more > 0 && pads[0][i] + pads[1][i] + p.sides()[i] >= over[i]) {
        // Zeros on one side alone: taps of 0 at the other end of the kernel.
        node.expect(more % dilations[i] == 0, "its padding differs on both sides by what the dilation does not divide");
        taps = longer(taps, i + 2, more / dilations[i], pads[0][i] < pads[1][i]);
        kernel[i] += more / dilations[i];
        note = "taps of 0 in place of zeros on one side alone";
      }
    }
    int[] out = new int[count + 1];
    out[0] = weight.dim(0);
    for (int i = 0; i < count; i++) {
      int reach = (kernel[i] - 1) * dilations[i] + 1;
      out[i + 1] = Math.floorDiv(p.sides()[i] + 2 * pad[i] - reach, strides[i]) + 1;
    }
    String call = "conv(" + out[0] + ", " + sides(kernel) + option("stride", strides, 1) + option("pad", pad, 0) + (node.has(2) ? "" : ", bias = false")
        + (groups == 1 ? "" : ", groups = " + groups) + option("dilation", dilations, 1) + ")";
    return made(p, weighted(draft.add("conv", call, out, p.step()), node, taps, 2, weight.dim(0)).note(note));
  }

  private static Step weighted(Step step, Node node, Fixed weight, int bias, int channels) {
    step.with("weight", weight.dims(), weight.numbers()).wish(Products.wish(node.fixed(1, "weight").name()));
    if (node.has(bias)) {
      Fixed b = node.fixed(bias, "bias");
      node.expect(b.size() == channels, "its bias " + b + " is not one number for each channel");
      step.with("bias", new int[] {channels}, b.numbers());
    }
    return step;
  }

  private static Fixed longer(Fixed weight, int axis, int more, boolean front) {
    int[] to = weight.dims();
    int old = to[axis];
    to[axis] += more;
    int inner = 1;
    for (int i = axis + 1; i < to.length; i++) {
      inner *= to[i];
    }
    int[] from = new int[Fixed.size(to)];
    for (int i = 0; i < from.length; i++) {
      int place = i / inner % to[axis] - (front ? more : 0);
      from[i] = place < 0 || place >= old ? -1 : (i / inner / to[axis] * old + place) * inner + i % inner;
    }
    return weight.picked(to, from);
  }

  Live transposedConv(Node node) {
    Plane p = plane(node.live(0));
    Fixed weight = node.fixed(1, "weight");
    int count = p.count();
    int groups = (int) node.whole("group", 1);
    node.expect(weight.rank() == count + 2 && groups > 0 && weight.dim(0) == p.channels(), "its weight " + weight + " does not go with " + p.channels() + " channels");
    int[] kernel = Arrays.copyOfRange(weight.dims(), 2, count + 2);
    int[] strides = ints(node.wholes("strides"), count, 1), dilations = ints(node.wholes("dilations"), count, 1), more = ints(node.wholes("output_padding"), count, 0);
    int[] full = IntStream.range(0, count).map(i -> strides[i] * (p.sides()[i] - 1) + (kernel[i] - 1) * dilations[i] + 1).toArray();
    int[] begin = new int[count], end = new int[count];
    long[] wanted = node.wholes("output_shape"), given = node.wholes("pads");
    String auto = node.text("auto_pad", "NOTSET");
    for (int i = 0; i < count; i++) {
      if (wanted != null || auto.startsWith("SAME")) {
        int out = wanted == null ? p.sides()[i] * strides[i] : Math.toIntExact(wanted[wanted.length - count + i]);
        int total = full[i] + more[i] - out;
        if (total < 0) {
          more[i] -= total;
          total = 0;
        }
        begin[i] = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
        end[i] = total - begin[i];
        if (wanted != null && auto.equals("NOTSET")) {
          begin[i] = total - total / 2;
          end[i] = total / 2;
        }
      } else if (given != null) {
        begin[i] = Math.toIntExact(given[i]);
        end[i] = Math.toIntExact(given[count + i]);
      }
    }
    int[] pad = IntStream.range(0, count).map(i -> Math.min(begin[i], end[i])).toArray();
    int[] kept = new int[count];
    int[] out = new int[count + 1];
    out[0] = weight.dim(1) * groups;
    for (int i = 0; i < count; i++) {
      // Values behind that no tap reaches: more than the language adds are zeros, which it cannot know.
      kept[i] = Math.min(more[i], strides[i] - 1);
      node.expect(kept[i] == more[i], "its output_padding is as large as its stride");
      out[i + 1] = full[i] + more[i] - 2 * pad[i];
    }
    String call = "transposed_conv(" + out[0] + ", " + sides(kernel) + option("stride", strides, 1) + option("pad", pad, 0) + option("output_pad", more, 0) + (node.has(2) ? "" : ", bias = false")
        + (groups == 1 ? "" : ", groups = " + groups) + option("dilation", dilations, 1) + ")";
    Live result = made(p, weighted(draft.add("transposed_conv", call, out, p.step()), node, weight, 2, out[0]));
    for (int i = 0; i < count; i++) {
      result = new Pieces(draft).slice(result, i + 2, begin[i] - pad[i], out[i + 1] - (begin[i] - pad[i]) - (end[i] - pad[i]));
    }
    return result;
  }

  /** Windows of an operator, of each axis behind the channels. */
  private static Windows[] windows(Node node, Live x) {
    int count = x.rank() - 2;
    node.expect(count > 0, "it has no axes behind the channels");
    int[] sides = IntStream.range(2, x.rank()).map(i -> (int) x.size(i)).toArray();
    int[] size = ints(node.wholes("kernel_shape"), count, 1), strides = ints(node.wholes("strides"), count, 1), dilations = ints(node.wholes("dilations"), count, 1);
    int[] over = IntStream.range(0, count).map(i -> (size[i] - 1) * dilations[i] + 1).toArray();
    int[][] pads = pads(node, sides, over, strides);
    boolean ceil = node.whole("ceil_mode", 0) == 1;
    return IntStream.range(0, count).mapToObj(i -> {
      node.expect(size[i] > 0 && strides[i] > 0 && dilations[i] > 0 && pads[0][i] >= 0 && pads[1][i] >= 0, "its attributes do not go with " + count + " axes");
      return new Windows(sides[i], size[i], strides[i], dilations[i], pads[0][i], pads[1][i], ceil);
    }).toArray(Windows[]::new);
  }

  Live pool(Node node, String word) {
    Live x = node.live(0);
    Windows[] all = windows(node, x);
    for (int i = 0; i < all.length; i++) {
      if (all[i].isSparse()) {
        x = every(x, i + 2, all[i].dilation());
        all[i] = all[i].dense();
      }
    }
    return pooled(x, all, word, node.whole("count_include_pad", 0) == 1);
  }

  private static String call(String word, Windows... all) {
    int[] sizes = Arrays.stream(all).mapToInt(Windows::size).toArray(), strides = Arrays.stream(all).mapToInt(Windows::stride).toArray(), pads = Arrays.stream(all).mapToInt(Windows::begin).toArray();
    return word + "(" + sides(sizes) + (Arrays.equals(sizes, strides) ? "" : ", stride = " + sides(strides)) + option("pad", pads, 0) + ")";
  }

  /** Every so many values along an axis, from the first one on. */
  private Live every(Live x, int axis, int step) {
    long[] shape = x.shape();
    long[] apart = LongStream.concat(LongStream.concat(Arrays.stream(shape, 0, axis), LongStream.of(shape[axis] / step, step)), Arrays.stream(shape, axis + 1, shape.length)).toArray();
    return Views.squeezed(new Pieces(draft).slice(new Views(draft).reshaped(x, apart, true), axis + 1, 0, 1), new long[] {axis + 1});
  }

  private Live pooled(Live x, Windows[] all, String word, boolean counts) {
    boolean mean = word.equals("avgpool"), padded = Arrays.stream(all).anyMatch(w -> w.begin() > 0);
    if (all.length > 2 || !Arrays.stream(all).allMatch(Windows::isPlain) || mean && padded && !counts) {
      Live now = x;
      for (int i = all.length - 1; i >= 0; i--) {
        now = all[i].isOne() ? now : all[i].pooled(new Rows(draft), now, i + 2, mean, counts);
      }
      return now;
    }
    Plane p = plane(x);
    int[] out = IntStream.concat(IntStream.of(p.channels()), Arrays.stream(all).mapToInt(Windows::count)).toArray();
    boolean whole = Arrays.stream(all).allMatch(w -> w.size() == w.sides()) && !padded;
    return made(p, draft.once(word, whole ? word + "(global)" : call(word, all), out, p.step()));
  }

  Live global(Node node, String word) {
    Plane p = plane(node.live(0));
    int[] out = new int[p.count() + 1];
    Arrays.fill(out, 1);
    out[0] = p.channels();
    return made(p, draft.once(word, word + "(global)", out, p.step()));
  }

  /** With what stands at an edge, or behind it, repeated, or a number. @param mode {@code edge}, {@code reflect}, {@code wrap} or {@code constant} */
  Live repeated(Live x, long[] pads, long[] axes, String mode, double number) {
    Live now = x;
    int given = pads.length / 2;
    for (int i = given - 1; i >= 0; i--) {
      int axis = axes == null ? i : x.axis(axes[i]), size = (int) x.size(axis);
      long before = pads[i], after = pads[given + i];
      if (before == 0 && after == 0) {
        continue;
      }
      if (x.isBatch(axis)) {
        throw new RefusedException("it adds examples, or takes them away");
      }
      if (size + before + after < 1 || size + before + after > 1 << 16 || before > 1 << 16 || before < -size) {
        throw new RefusedException("its sizes do not fit together");
      }
      List<String> rows = new ArrayList<>();
      for (int place = (int) -before; place < size + after; place++) {
        rows.add(place >= 0 && place < size ? Rows.row(place) : mode.equals("constant") ? Rows.number(number) : Rows.row(beyond(place, size, mode)));
      }
      now = new Rows(draft).along(now, axis, "padded", rows);
    }
    return now;
  }

  private static int beyond(int place, int size, String mode) {
    return switch (mode) {
      case "edge" -> place < 0 ? 0 : size - 1;
      case "wrap" -> Math.floorMod(place, size);
      case "reflect" -> {
        int period = Math.max(1, 2 * (size - 1)), at = Math.floorMod(place, period);
        yield at < size ? at : period - at;
      }
      default -> throw new RefusedException("it pads with `" + mode + "`");
    };
  }

  Live padded(Live x, long[] pads, long[] axes) {
    long[] before = new long[x.rank()], after = new long[x.rank()];
    int given = pads.length / 2;
    for (int i = 0; i < given; i++) {
      int axis = axes == null ? i : x.axis(axes[i]);
      before[axis] = pads[i];
      after[axis] = pads[given + i];
    }
    if (before[0] != 0 || after[0] != 0) {
      throw new RefusedException("it adds examples, or takes them away");
    }
    Live now = x;
    Live cropped = cropped(x, before, after);
    if (cropped != null) {
      return cropped;
    }
    boolean sides = x.rank() >= 3 && x.rank() <= 4 && before[1] == 0 && after[1] == 0;
    long most = Math.max(Arrays.stream(before).max().orElse(0), Arrays.stream(after).max().orElse(0));
    if (most > 0) {
      if (!sides || most > 1 << 12) {
        throw new RefusedException("the language pads images and sequences, but not their channels");
      }
      Plane p = plane(x);
      int[] out = p.step().dims();
      for (int i = 1; i < out.length; i++) {
        out[i] += 2 * (int) most;
      }
      now = made(p, draft.once("pad", "pad(" + most + ")", out, p.step()));
      // The same all around, less what is too much.
      boolean around = true;
      for (int i = 2; i < x.rank(); i++) {
        around &= before[i] == most && after[i] == most;
      }
      if (around) {
        return now;
      }
      for (int i = 2; i < x.rank(); i++) {
        now = new Pieces(draft).slice(now, i, (int) (most - before[i]), (int) (x.size(i) + before[i] + after[i]));
      }
      return now;
    }
    for (int i = 1; i < x.rank(); i++) {
      now = new Pieces(draft).slice(now, i, (int) -before[i], (int) (x.size(i) + before[i] + after[i]));
    }
    return now;
  }

  /** With as much taken off all around; null if it is not that. */
  Live cropped(Live x, long[] before, long[] after) {
    boolean around = x.rank() >= 3 && x.rank() <= 4 && before[1] == 0 && after[1] == 0 && before[2] < 0;
    for (int i = 2; i < x.rank(); i++) {
      around &= before[i] == before[2] && after[i] == before[2];
    }
    if (!around) {
      return null;
    }
    Plane p = plane(x);
    int[] out = p.step().dims();
    for (int i = 1; i < out.length; i++) {
      out[i] += 2 * (int) before[2];
    }
    return made(p, draft.once("crop", "crop(" + -before[2] + ")", out, p.step()));
  }

  /** @param factors of each axis @param axes those that the node speaks of; null of all */
  Live resized(Node node, Live x, double[] factors, long[] axes) {
    String mode = node.text("mode", "nearest");
    String places = node.text("coordinate_transformation_mode", node.operator().equals("Upsample") || node.opset() < 11 ? "asymmetric" : "half_pixel");
    String rounding = node.text("nearest_mode", node.opset() < 11 ? "floor" : "round_prefer_floor");
    node.expect(factors.length == x.rank() && factors[0] == 1, "it changes the size of the batch or the channels");
    node.expect(node.whole("antialias", 0) == 0, "it smooths what it makes smaller (antialias)");
    return upsampled(x, mode, places, rounding, factors).orElseGet(() -> {
      Live now = x;
      double[] region = node.has(1) && places.equals("tf_crop_and_resize") ? IntStream.range(0, node.fixed(1, "roi").size()).mapToDouble(node.fixed(1, "roi")::at).toArray() : new double[0];
      for (int i = x.rank() - 1; i > 0; i--) {
        int own = place(x, axes, i), all = axes == null ? x.rank() : axes.length;
        boolean crops = own >= 0 && region.length == 2 * all;
        double from = crops ? region[own] : 0, to = crops ? region[all + own] : 1;
        int sides = (int) x.size(i), count = (int) Math.floor(sides * factors[i] + 1e-6);
        node.expect(count > 0 && count <= 1 << 16, "its sizes do not fit together");
        // ONNX itself stretches to a size between two whole ones, ONNX Runtime to the smaller.
        node.expect(!places.equals("align_corners") || Math.abs(sides * factors[i] - count) < 1e-4, "it makes a part of a value, with `align_corners`");
        if (factors[i] != 1 || from != 0 || to != 1) {
          now = new Rows(draft).along(now, i, "resized", new Samples(mode, places, rounding, sides, count, factors[i], from, to, node.number("cubic_coeff_a", -0.75), node.whole("exclude_outside", 0) == 1,
              node.number("extrapolation_value", 0)).rows());
        }
      }
      return now;
    });
  }

  /** Which of some axes one is; -1 if it is none of them. */
  private static int place(Live x, long[] axes, int axis) {
    return axes == null ? axis : IntStream.range(0, axes.length).filter(i -> x.axis(axes[i]) == axis).findFirst().orElse(-1);
  }

  /** Where the language has a layer for it: by a whole factor, the same down and across. */
  private Optional<Live> upsampled(Live x, String mode, String places, String rounding, double[] factors) {
    double factor = factors[factors.length - 1];
    boolean image = x.rank() > 2 && x.rank() < 5 && factors[1] == 1 && Arrays.stream(factors).skip(2).allMatch(f -> f == factor) && factor == Math.rint(factor) && factor >= 1;
    boolean halves = places.equals("half_pixel") || places.equals("pytorch_half_pixel");
    boolean nearest = mode.equals("nearest") && (places.equals("asymmetric") && rounding.equals("floor") || halves && rounding.startsWith("round"));
    if (!image || !nearest && !(mode.equals("linear") && halves)) {
      return Optional.empty();
    }
    if (factor == 1) {
      return Optional.of(x);
    }
    Plane p = plane(x);
    int[] out = p.step().dims();
    for (int i = 1; i < out.length; i++) {
      out[i] *= (int) factor;
    }
    return Optional.of(made(p, draft.once("upsample", "upsample(" + (int) factor + (nearest ? "" : ", bilinear") + ")", out, p.step())));
  }
}
