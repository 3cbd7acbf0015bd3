package dev.lanewise.exchange.onnx.read;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Elements;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Formula;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.row.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What each operator is that looks at more than one element, or at shapes. */
final class Operators {
  private final Draft draft;
  private final Elements elements;
  private final Tensors tensors;
  private final Planes planes;
  private final Products products;
  private final Norms norms;
  private final Views views;
  private final Pieces pieces;
  private final Along along;

  Operators(Draft draft, Elements elements, Tensors tensors) {
    this.draft = draft;
    this.elements = elements;
    this.tensors = tensors;
    this.planes = new Planes(draft);
    this.products = new Products(draft);
    this.norms = new Norms(draft, elements);
    this.views = new Views(draft);
    this.pieces = new Pieces(draft);
    this.along = new Along(new Rows(draft));
  }

  /** @param read which outputs somebody reads @return a {@link Fixed}, {@link Live}, {@link Formula} or {@link Scores} for each output */
  List<?> of(Node node, List<Boolean> read) throws IOException {
    return switch (node.operator()) {
      case "Constant" -> List.of(constant(node));
      case "ConstantOfShape" -> List.of(filled(node));
      case "Shape" -> List.of(shape(node));
      case "Size" -> List.of(Fixed.wholes(new int[0], Arrays.stream(sizes(node)).reduce(1, (a, b) -> a * b)));
      case "Range" -> List.of(range(node));
      case "Reshape" -> List.of(reshape(node));
      case "Flatten" -> List.of(flatten(node));
      case "Squeeze" -> List.of(node.isFixed(0) ? squeezed(node.fixed(0, "value"), node.wholes("axes", 1)) : Views.squeezed(node.live(0), node.wholes("axes", 1)));
      case "Unsqueeze" -> List.of(node.isFixed(0) ? unsqueezed(node.fixed(0, "value"), node.needed("axes", 1)) : Views.unsqueezed(node.live(0), node.needed("axes", 1)));
      case "Transpose" -> List.of(transpose(node));
      case "Expand" -> List.of(expand(node));
      case "Tile" -> List.of(tile(node));
      case "Slice" -> List.of(slice(node));
      case "Split" -> split(node);
      case "Concat" -> List.of(concat(node));
      case "Gather" -> List.of(gather(node));
      case "Trilu" -> List.of(node.isFixed(0) ? triangle(node) : along.triangle(node));
      case "Compress" -> List.of(compressed(node));
      case "CumSum" -> List.of(along.running(node));
      case "ReduceProd" -> List.of(along.product(node));
      case "ArgMax", "ArgMin" -> List.of(along.best(node));
      case "Hardmax" -> List.of(along.hardmax(node));
      case "OneHot" -> List.of(along.oneHot(node));
      case "Pad" -> List.of(pad(node));
      case "DepthToSpace", "SpaceToDepth" -> List.of(space(node));
      case "Conv" -> List.of(planes.conv(node));
      case "ConvTranspose" -> List.of(planes.transposedConv(node));
      case "MaxPool" -> List.of(new Covering(draft, pieces.picks()).of(node).orElseGet(() -> planes.pool(node, "maxpool")));
      case "AveragePool" -> List.of(planes.pool(node, "avgpool"));
      case "GlobalMaxPool" -> List.of(planes.global(node, "maxpool"));
      case "GlobalAveragePool" -> List.of(planes.global(node, "avgpool"));
      case "Resize", "Upsample" -> List.of(resize(node));
      case "Gemm" -> List.of(products.gemm(node));
      case "MatMul" -> List.of(matmul(node));
      case "BatchNormalization" -> List.of(norms.batch(node));
      case "InstanceNormalization" -> List.of(norms.instance(node));
      case "GroupNormalization" -> List.of(norms.group(node));
      case "LayerNormalization" -> norms.layer(node, read);
      case "RMSNormalization" -> List.of(norms.rms(node));
      case "LpNormalization" -> List.of(norms.unit(node));
      case "Attention" -> List.of(attention(node));
      case "LRN" -> List.of(norms.local(node));
      case "MeanVarianceNormalization" -> List.of(norms.standard(node));
      case "Softmax" -> List.of(norms.softmax(node, "softmax"));
      case "LogSoftmax" -> List.of(norms.softmax(node, "log_softmax"));
      case "Dropout" -> List.of(dropout(node));
      case "RandomNormalLike" -> List.of(noise(node));
      case "LSTM", "GRU", "RNN" -> recurrence(node, read);
      case "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceSumSquare", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp" -> List.of(reduce(node));
      case "If", "Loop" -> throw new RefusedException("a network here has no control flow that depends on values; export the model so that it is unrolled");
      default -> throw new RefusedException("the language has no counterpart");
    };
  }

  private static long[] sizes(Node node) {
    return node.isFixed(0) ? IntStream.of(node.fixed(0, "value").dims()).asLongStream().toArray() : node.live(0).shape();
  }

  private Fixed constant(Node node) throws IOException {
    AttributeProto value = node.given("value");
    if (value != null) {
      return tensors.read(value.getT());
    }
    if (node.hasAttribute("value_float")) {
      return Fixed.of(new int[0], node.given("value_float").getF());
    }
    if (node.hasAttribute("value_int")) {
      return Fixed.wholes(new int[0], node.whole("value_int", 0));
    }
    if (node.wholes("value_ints") != null) {
      return Fixed.list(node.wholes("value_ints"));
    }
    if (node.numbers("value_floats") != null) {
      float[] numbers = node.numbers("value_floats");
      return Fixed.of(new int[] {numbers.length}, numbers);
    }
    throw new RefusedException("a constant of texts, or a sparse one");
  }

  /** Sizes with the batch in them are 1: what is the same for all examples has no batch. */
  private static int[] single(long[] dims) {
    return Arrays.stream(dims).mapToInt(d -> Math.toIntExact(d == Views.BATCH ? 1 : d)).toArray();
  }

  private Fixed filled(Node node) throws IOException {
    int[] dims = single(node.fixed(0, "shape").wholes());
    AttributeProto value = node.given("value");
    Fixed of = value == null ? Fixed.of(new int[] {1}, 0) : tensors.read(value.getT());
    return of.shaped(new int[0]).spread(dims);
  }

  private Fixed shape(Node node) {
    long[] all = sizes(node);
    int from = place(node.whole("start", 0), all.length), to = place(node.whole("end", all.length), all.length);
    return Fixed.list(Arrays.copyOfRange(all, from, Math.max(from, to)));
  }

  private static int place(long number, int size) {
    return (int) Math.max(0, Math.min(size, number < 0 ? number + size : number));
  }

  private Fixed range(Node node) {
    Fixed start = node.fixed(0, "start"), limit = node.fixed(1, "limit"), delta = node.fixed(2, "delta");
    int count = (int) Math.max(0, Math.min(1 << 24, Math.ceil((limit.at(0) - start.at(0)) / delta.at(0))));
    if (start.isWhole()) {
      return Fixed.list(LongStream.range(0, count).map(i -> start.whole(0) + i * delta.whole(0)).toArray());
    }
    float[] made = new float[count];
    for (int i = 0; i < count; i++) {
      made[i] = (float) (start.at(0) + i * delta.at(0));
    }
    return Fixed.of(new int[] {count}, made);
  }

  private Object reshape(Node node) {
    long[] to = node.needed("shape", 1);
    if (!node.isFixed(0)) {
      return views.reshaped(node.live(0), to, node.whole("allowzero", 0) == 1);
    }
    Fixed f = node.fixed(0, "value");
    int[] dims = new int[to.length];
    long known = 1;
    for (int i = 0; i < to.length; i++) {
      long size = to[i] == 0 && node.whole("allowzero", 0) == 0 ? f.dim(i) : to[i] == Views.BATCH ? 1 : to[i];
      dims[i] = Math.toIntExact(size);
      known *= size == -1 ? 1 : size;
    }
    for (int i = 0; i < dims.length; i++) {
      dims[i] = dims[i] == -1 ? Math.toIntExact(f.size() / Math.max(1, known)) : dims[i];
    }
    return f.shaped(dims);
  }

  private Object flatten(Node node) {
    Live x = node.live(0);
    int axis = (int) node.whole("axis", 1);
    axis = axis < 0 ? axis + x.rank() : axis;
    List<List<Atom>> axes = List.of(
        x.axes().subList(0, axis).stream().flatMap(List::stream).toList(), x.axes().subList(axis, x.rank()).stream().flatMap(List::stream).toList());
    return x.as(axes);
  }

  private static Fixed squeezed(Fixed f, long[] axes) {
    List<Integer> gone = axes == null ? null : Arrays.stream(axes).mapToObj(a -> (int) (a < 0 ? a + f.rank() : a)).toList();
    return f.shaped(IntStream.range(0, f.rank()).filter(i -> gone == null ? f.dim(i) != 1 : !gone.contains(i)).map(f::dim).toArray());
  }

  private static Fixed unsqueezed(Fixed f, long[] axes) {
    List<Integer> dims = new ArrayList<>(IntStream.of(f.dims()).boxed().toList());
    int rank = f.rank() + axes.length;
    Arrays.stream(axes).map(a -> a < 0 ? a + rank : a).sorted().forEach(a -> dims.add((int) a, 1));
    return f.shaped(dims.stream().mapToInt(d -> d).toArray());
  }

  private Object transpose(Node node) {
    long[] axes = node.wholes("perm");
    if (!node.isFixed(0)) {
      return Views.transposed(node.live(0), axes);
    }
    Fixed f = node.fixed(0, "value");
    return f.transposed(IntStream.range(0, f.rank()).map(i -> axes == null ? f.rank() - 1 - i : (int) axes[i]).toArray());
  }

  private Object expand(Node node) {
    long[] to = node.fixed(1, "shape").wholes();
    if (node.isFixed(0)) {
      Fixed f = node.fixed(0, "value");
      return f.spread(Pointwise.together(f.dims(), single(to)));
    }
    Live x = node.live(0);
    while (x.rank() < to.length) {
      x = Views.unsqueezed(x, new long[] {0});
    }
    long[] times = new long[x.rank()];
    for (int i = 0; i < times.length; i++) {
      long wanted = i - (x.rank() - to.length) < 0 ? 1 : to[i - (x.rank() - to.length)];
      node.expect(!x.isBatch(i) || wanted == 1 || wanted == Views.BATCH, "it repeats examples");
      times[i] = x.size(i) == 1 ? wanted : 1;
    }
    return tiled(x, times);
  }

  private Object tile(Node node) {
    long[] times = node.fixed(1, "repeats").wholes();
    if (node.isFixed(0)) {
      throw new RefusedException("it repeats numbers that are known");
    }
    return tiled(node.live(0), times);
  }

  private Live tiled(Live x, long[] times) {
    Optional<Live> mask = elements.padding().repeated(x, times);
    if (mask.isPresent()) {
      return mask.get();
    }
    Live now = x;
    for (int i = 0; i < times.length; i++) {
      if (times[i] != 1) {
        if (times[i] < 1 || times[i] > 512) {
          throw new RefusedException("it repeats a value " + (times[i] % Views.BATCH == 0 ? "for each example" : times[i] + " times"));
        }
        now = pieces.joined(java.util.Collections.nCopies((int) times[i], now), i);
      }
    }
    return now;
  }

  private Object slice(Node node) {
    long[] starts = node.needed("starts", 1), ends = node.needed("ends", 2), axes = node.wholes("axes", 3), steps = node.wholes("steps", 4);
    Fixed f = node.isFixed(0) ? node.fixed(0, "value") : null;
    Live x = f == null ? node.live(0) : null;
    for (int i = 0; i < starts.length; i++) {
      int rank = f == null ? x.rank() : f.rank();
      int axis = (int) (axes == null ? i : axes[i] < 0 ? axes[i] + rank : axes[i]);
      node.expect(axis >= 0 && axis < rank, "there is no axis " + axis);
      long size = f == null ? x.size(axis) : f.dim(axis), step = steps == null ? 1 : steps[i];
      node.expect(step != 0, "its step is 0");
      long from = bounded(starts[i], size, step), to = ends[i] < 0 && step < 0 && ends[i] < -size ? -1 : bounded(ends[i], size, step);
      long count = Math.max(0, step > 0 ? (to - from + step - 1) / step : (from - to - step - 1) / -step);
      if (f != null) {
        f = f.slice(axis, (int) (count == 0 ? 0 : from), (int) count, (int) step);
      } else if (count != size || step < 0) {
        node.expect(!x.isBatch(axis), "it takes some of the examples");
        x = pieces.picked(x, axis, LongStream.range(0, count).mapToInt(k -> (int) (from + k * step)).toArray());
      }
    }
    return f == null ? x : f;
  }

  private static long bounded(long place, long size, long step) {
    long at = place < 0 ? place + size : place;
    return step > 0 ? Math.max(0, Math.min(size, at)) : Math.max(-1, Math.min(size - 1, at));
  }

  private List<Object> split(Node node) {
    int outputs = node.proto().getOutputCount();
    Live x = node.live(0);
    int axis = x.axis(node.whole("axis", 0));
    long[] sizes = node.wholes("split", 1);
    if (sizes == null) {
      long each = (x.size(axis) + outputs - 1) / outputs;
      sizes = LongStream.range(0, outputs).map(i -> Math.min(each, x.size(axis) - i * each)).toArray();
    }
    node.expect(Arrays.stream(sizes).sum() == x.size(axis), "its parts are not all of it");
    List<Object> made = new ArrayList<>();
    int from = 0;
    for (long size : sizes) {
      made.add(pieces.slice(x, axis, from, (int) size));
      from += (int) size;
    }
    return made;
  }

  private Object concat(Node node) {
    node.expect(!node.in().isEmpty(), "an input of it is missing");
    if (!node.isAllFixed()) {
      List<Live> all = new ArrayList<>();
      for (int i = 0; i < node.in().size(); i++) {
        node.expect(!node.isFixed(i), "it puts numbers that are the same for all examples beside others");
        all.add(node.live(i));
      }
      return pieces.joined(all, all.getFirst().axis(node.whole("axis", 1)));
    }
    List<Fixed> all = IntStream.range(0, node.in().size()).mapToObj(i -> node.fixed(i, "value")).toList();
    int axis = (int) node.whole("axis", 0);
    int at = axis < 0 ? axis + all.getFirst().rank() : axis;
    int[] dims = all.getFirst().dims();
    dims[at] = all.stream().mapToInt(f -> f.dim(at)).sum();
    int outer = 1;
    for (int i = 0; i < at; i++) {
      outer *= dims[i];
    }
    boolean whole = all.stream().allMatch(Fixed::isWhole);
    double[] values = new double[Fixed.size(dims)];
    int place = 0;
    for (int o = 0; o < outer; o++) {
      for (Fixed f : all) {
        int run = f.size() / outer;
        for (int i = 0; i < run; i++) {
          values[place++] = f.at(o * run + i);
        }
      }
    }
    if (whole) {
      return Fixed.wholes(dims, Arrays.stream(values).mapToLong(v -> (long) v).toArray());
    }
    float[] numbers = new float[values.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) values[i];
    }
    return Fixed.of(dims, numbers);
  }

  private Object gather(Node node) {
    int rank = node.isFixed(0) ? node.fixed(0, "table").rank() : node.live(0).rank();
    int axis = (int) node.whole("axis", 0);
    axis = axis < 0 ? axis + rank : axis;
    if (node.isFixed(0) && !node.isFixed(1)) {
      node.expect(axis == 0, "it takes columns of a table");
      return products.embed(node.fixed(0, "table"), node.live(1));
    }
    Fixed places = node.fixed(1, "places");
    if (node.isFixed(0)) {
      Fixed f = node.fixed(0, "value");
      return gathered(f, places, axis);
    }
    Live x = node.live(0);
    int[] at = IntStream.range(0, places.size()).map(i -> (int) (places.whole(i) < 0 ? places.whole(i) + x.size(x.axis(node.whole("axis", 0))) : places.whole(i))).toArray();
    Live made = pieces.picked(x, axis, at);
    if (places.rank() > 1) {
      long[] shape = x.shape();
      return views.reshaped(made, LongStream.concat(LongStream.concat(Arrays.stream(shape, 0, axis), IntStream.of(places.dims()).asLongStream()), Arrays.stream(shape, axis + 1, shape.length)).toArray(), true);
    }
    return places.rank() == 1 ? made : Views.squeezed(made, new long[] {axis});
  }

  private static Fixed gathered(Fixed f, Fixed places, int axis) {
    int[] dims = new int[f.rank() - 1 + places.rank()];
    int outer = 1, inner = 1;
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i < axis ? f.dim(i) : i < axis + places.rank() ? places.dim(i - axis) : f.dim(i - places.rank() + 1);
    }
    for (int i = 0; i < f.rank(); i++) {
      outer *= i < axis ? f.dim(i) : 1;
      inner *= i > axis ? f.dim(i) : 1;
    }
    int[] from = new int[Fixed.size(dims)];
    for (int i = 0; i < from.length; i++) {
      int o = i / (inner * places.size()), p = i / inner % places.size();
      long place = places.whole(p) < 0 ? places.whole(p) + f.dim(axis) : places.whole(p);
      if (place < 0 || place >= f.dim(axis)) {
        throw new RefusedException("it takes place " + place + " of " + f.dim(axis));
      }
      from[i] = (o * f.dim(axis) + (int) place) * inner + i % inner;
    }
    return f.picked(dims, from);
  }

  /** What a list of flags says. */
  private Live compressed(Node node) {
    Fixed flags = node.fixed(1, "condition");
    Live x = node.live(0);
    int[] places = IntStream.range(0, flags.size()).filter(i -> flags.at(i) != 0).toArray();
    if (!node.hasAttribute("axis")) {
      return pieces.picked(x.as(List.of(x.axes().stream().flatMap(List::stream).toList())), 0, places);
    }
    return pieces.picked(x, x.axis(node.whole("axis", 0)), places);
  }

  private Fixed triangle(Node node) {
    Fixed f = node.fixed(0, "value");
    long shift = node.has(1) ? node.fixed(1, "k").whole(0) : 0;
    boolean upper = node.whole("upper", 1) == 1;
    node.expect(f.rank() >= 2, "it has no rows");
    int columns = f.dim(f.rank() - 1), rows = f.dim(f.rank() - 2);
    return f.picked(f.dims(), IntStream.range(0, f.size()).map(i -> {
      long place = i % columns - i / columns % rows;
      return upper ? place >= shift ? i : -1 : place <= shift ? i : -1;
    }).toArray());
  }

  private Object pad(Node node) {
    String mode = node.text("mode", "constant");
    double number = node.has(2) ? node.fixed(2, "value").at(0) : node.number("value", 0);
    long[] pads = node.opset() < 2 ? node.needed("paddings", 1) : node.needed("pads", 1), axes = node.has(3) ? node.fixed(3, "axes").wholes() : null;
    return mode.equals("constant") && number == 0 ? planes.padded(node.live(0), pads, axes) : planes.repeated(node.live(0), pads, axes, mode, number);
  }

  private Object space(Node node) {
    Live x = node.live(0);
    long b = node.whole("blocksize", 1);
    node.expect(x.rank() == 4 && b > 0, "it needs images");
    long c = x.size(1), h = x.size(2), w = x.size(3);
    if (node.operator().equals("SpaceToDepth")) {
      node.expect(node.text("mode", "DCR").equals("DCR"), "it orders its channels by `" + node.text("mode", "") + "`");
      Live cut = views.reshaped(x, new long[] {0, c, h / b, b, w / b, b}, false);
      return views.reshaped(Views.transposed(cut, new long[] {0, 3, 5, 1, 2, 4}), new long[] {0, c * b * b, h / b, w / b}, false);
    }
    boolean columns = node.text("mode", "DCR").equals("CRD");
    Live cut = views.reshaped(x, columns ? new long[] {0, c / b / b, b, b, h, w} : new long[] {0, b, b, c / b / b, h, w}, false);
    return views.reshaped(Views.transposed(cut, columns ? new long[] {0, 1, 4, 2, 5, 3} : new long[] {0, 3, 4, 1, 5, 2}), new long[] {0, c / b / b, h * b, w * b}, false);
  }

  private Object resize(Node node) {
    Live x = node.live(0);
    int scales = node.operator().equals("Upsample") || node.opset() < 11 ? 1 : 2;
    float[] given = node.numbers("scales");
    double[] factors = new double[x.rank()];
    long[] axes = node.wholes("axes");
    Arrays.fill(factors, 1);
    if (given != null) {
      IntStream.range(0, Math.min(factors.length, given.length)).forEach(i -> factors[i] = given[i]);
    } else if (node.has(scales) && node.fixed(scales, "scales").size() > 0) {
      Fixed f = node.fixed(scales, "scales");
      for (int i = 0; i < f.size(); i++) {
        factors[axes == null ? i : x.axis(axes[i])] = f.at(i);
      }
    } else {
      Fixed sizes = node.fixed(3, "sizes");
      for (int i = 0; i < sizes.size(); i++) {
        int axis = axes == null ? i : x.axis(axes[i]);
        factors[axis] = axis == 0 ? 1 : sizes.at(i) / x.size(axis);
        // Newer versions may keep the ratio of the sides: the smallest factor, or the largest, for all of them.
        node.expect(node.text("keep_aspect_ratio_policy", "stretch").equals("stretch"), "it keeps the ratio of the sides");
      }
    }
    return planes.resized(node, x, factors, axes);
  }

  private Object matmul(Node node) {
    if (node.in().size() == 2 && node.in().getFirst() instanceof Scores s && node.in().getLast() instanceof Formula v && s.isSoftmax()) {
      return new Attending(draft, elements).of(s, elements.of(v));
    }
    if (node.in().size() == 2 && node.in().getFirst() instanceof Formula q && node.in().getLast() instanceof Formula k) {
      return new Scores(q, k, 1, false, null, false);
    }
    Optional<Live> means = new Covering(draft, pieces.picks()).means(node);
    return means.isPresent() ? means.get() : products.matmul(node);
  }

  /** Queries, keys and values with an axis for the heads, or with the heads in the last one. */
  private Object attention(Node node) {
    node.expectOnly("is_causal", "kv_num_heads", "q_num_heads", "qk_matmul_output_mode", "scale", "softcap", "softmax_precision");
    node.expect(!node.has(4) && !node.has(5) && !node.has(6), "it goes on from keys and values that it is given");
    node.expect(node.number("softcap", 0) == 0, "it bounds its scores (softcap)");
    Live q = heads(node, 0, "q_num_heads"), k = heads(node, 1, "kv_num_heads"), v = heads(node, 2, "kv_num_heads");
    Scores scores = new Scores(leaf(q), leaf(Views.transposed(k, new long[] {0, 1, 3, 2})), node.number("scale", 1 / Math.sqrt(q.size(3))), node.whole("is_causal", 0) == 1, null, false);
    if (node.has(3)) {
      scores = Scores.masked(scores, node.fixed(3, "mask")).orElseThrow(() -> new RefusedException("its mask hides other places than later ones"));
    }
    Live made = new Attending(draft, elements).of(scores.softmax(), v);
    return node.live(0).rank() == 4 ? made : views.reshaped(Views.transposed(made, new long[] {0, 2, 1, 3}), new long[] {0, 0, made.size(1) * made.size(3)}, false);
  }

  private Live heads(Node node, int input, String count) {
    Live x = node.live(input);
    if (x.rank() == 4) {
      return x;
    }
    long heads = node.whole(count, 0);
    node.expect(x.rank() == 3 && heads > 0 && x.size(2) % heads == 0, "its queries, keys and values have different heads");
    return Views.transposed(views.reshaped(x, new long[] {0, 0, heads, x.size(2) / heads}, false), new long[] {0, 2, 1, 3});
  }

  private Object dropout(Node node) {
    if (node.isFixed(0)) {
      return node.in().getFirst();
    }
    double ratio = node.has(1) ? Elements.shortest(node.fixed(1, "ratio").at(0)) : node.number("ratio", 0.5);
    Live x = node.live(0);
    if (!(ratio > 0 && ratio < 1)) {
      return x;
    }
    node.expect(!node.has(2) || node.fixed(2, "training_mode").isAll(0), "it is in training mode: export the model for inference (model.eval())");
    return new Live(draft.add("dropout", ratio == 0.5 ? "dropout" : "dropout(" + ratio + ")", x.step().dims(), x.step()), x.axes(), x.order());
  }

  private Live noise(Node node) {
    node.expect(node.number("mean", 0) == 0 && node.number("scale", 1) == 1, "its numbers have another mean or deviation than 0 and 1");
    Live x = node.live(0);
    return new Live(draft.add("noise", "noise", x.step().dims(), x.step()), x.axes(), x.order());
  }

  private List<?> recurrence(Node node, List<Boolean> read) {
    node.expect(read.size() < 3 || !read.get(2), "somebody reads its last cell, which the language keeps to itself");
    return new Recurrences(draft).of(node, read.size() > 1 && read.get(1));
  }

  private Object reduce(Node node) {
    long[] axes = node.wholes("axes", 1);
    boolean keep = node.whole("keepdims", 1) == 1;
    Formula x = node.formula(0);
    if (axes != null && axes.length == 0 || axes == null && node.whole("noop_with_empty_axes", 0) == 1) {
      axes = node.whole("noop_with_empty_axes", 0) == 1 ? new long[0] : null;
    }
    if (node.isFixed(0)) {
      throw new RefusedException("it takes a sum of numbers that are known");
    }
    return switch (node.operator()) {
      case "ReduceMean" -> leaf(norms.reduced(elements.of(x), axes, keep, "avgpool"));
      case "ReduceMax" -> largest(elements.of(x), axes, keep);
      case "ReduceMin" -> Formula.call("-", leaf(norms.reduced(elements.of(Formula.call("-", x)), axes, keep, "maxpool")));
      case "ReduceSum" -> sum(x, axes, keep);
      case "ReduceL1" -> sum(Formula.call("abs", x), axes, keep);
      case "ReduceSumSquare" -> sum(x.times(x), axes, keep);
      case "ReduceL2" -> Formula.call("sqrt", sum(x.times(x), axes, keep));
      case "ReduceLogSum" -> Formula.call("log", sum(x, axes, keep));
      default -> Formula.call("log", sum(Formula.call("exp", x), axes, keep));
    };
  }

  private Formula largest(Live x, long[] axes, boolean keep) {
    return leaf(elements.padding().largest(x, Norms.left(x, axes, keep).axes()).orElseGet(() -> norms.reduced(x, axes, keep, "maxpool")));
  }

  private static Formula leaf(Live x) {
    return new Formula.Leaf(x);
  }

  private Formula sum(Formula of, long[] axes, boolean keep) {
    Live x = elements.of(of);
    Norms.Left left = Norms.left(x, axes, keep);
    Optional<Live> real = elements.padding().sum(x, left.gone(), left.axes());
    if (real.isPresent()) {
      return leaf(real.get());
    }
    Live mean = norms.reduced(x, axes, keep, "avgpool");
    long count = Atom.size(x.order()) / Math.max(1, Atom.size(mean.order()));
    return count == 1 ? leaf(mean) : Formula.number(count).times(leaf(mean));
  }
}
