package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.draft.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
        node.expect(total >= 0, "it makes more values than there are");
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

  Live pool(Node node, String word) {
    Plane p = plane(node.live(0));
    int count = p.count();
    int[] size = ints(node.wholes("kernel_shape"), count, 1), strides = ints(node.wholes("strides"), count, 1), dilations = ints(node.wholes("dilations"), count, 1);
    node.expect(IntStream.of(dilations).allMatch(d -> d == 1), "the language has no pooling with dilation");
    int[][] pads = pads(node, p.sides(), size, strides);
    node.expect(Arrays.equals(pads[0], pads[1]), "its padding differs on both sides");
    for (int i = 0; i < count; i++) {
      node.expect(2 * pads[0][i] <= size[i], "its padding is more than half of its window");
    }
    boolean padded = IntStream.of(pads[0]).anyMatch(v -> v > 0);
    node.expect(!padded || word.equals("maxpool") || node.whole("count_include_pad", 0) == 1, "its mean leaves padding out; the language counts it (count_include_pad = 1)");
    int[] out = new int[count + 1];
    out[0] = p.channels();
    for (int i = 0; i < count; i++) {
      int room = p.sides()[i] + 2 * pads[0][i] - size[i];
      node.expect(room >= 0, "its window is larger than the image");
      out[i + 1] = room / strides[i] + 1;
      node.expect(node.whole("ceil_mode", 0) == 0 || room % strides[i] == 0, "its last window reaches over the edge (ceil_mode)");
    }
    if (Arrays.equals(size, p.sides()) && !padded) {
      return made(p, draft.once(word, word + "(global)", out, p.step()));
    }
    String call = word + "(" + sides(size) + (Arrays.equals(size, strides) ? "" : ", stride = " + sides(strides)) + option("pad", pads[0], 0) + ")";
    return made(p, draft.once(word, call, out, p.step()));
  }

  Live global(Node node, String word) {
    Plane p = plane(node.live(0));
    int[] out = new int[p.count() + 1];
    Arrays.fill(out, 1);
    out[0] = p.channels();
    return made(p, draft.once(word, word + "(global)", out, p.step()));
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

  /** @param factors of each axis behind the channels */
  Live resized(Node node, Live x, double[] factors) {
    Plane p = plane(x);
    node.expect(factors.length == x.rank() && factors[0] == 1 && factors[1] == 1, "it changes the size of the batch or the channels");
    double factor = factors[2];
    node.expect(Arrays.stream(factors).skip(2).allMatch(f -> f == factor) && factor == Math.rint(factor) && factor >= 1, "the language makes images larger by a whole factor, the same down and across");
    if (factor == 1) {
      return x;
    }
    String mode = node.text("mode", "nearest");
    String places = node.text("coordinate_transformation_mode", node.operator().equals("Upsample") || node.opset() < 11 ? "asymmetric" : "half_pixel");
    boolean nearest = mode.equals("nearest") && (places.equals("asymmetric") && node.text("nearest_mode", node.opset() < 11 ? "floor" : "round_prefer_floor").equals("floor")
        || (places.equals("half_pixel") || places.equals("pytorch_half_pixel")) && node.text("nearest_mode", "round_prefer_floor").startsWith("round"));
    boolean linear = mode.equals("linear") && (places.equals("half_pixel") || places.equals("pytorch_half_pixel"));
    node.expect(nearest || linear, "it resizes by `" + mode + "` with `" + places + "`");
    int[] out = p.step().dims();
    for (int i = 1; i < out.length; i++) {
      out[i] *= (int) factor;
    }
    return made(p, draft.once("upsample", "upsample(" + (int) factor + (linear ? ", bilinear" : "") + ")", out, p.step()));
  }
}
