package dev.lanewise.exchange.onnx;

import static dev.lanewise.exchange.onnx.GraphWriter.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lanewise.runtime.operation.AtPlaces;
import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.Excerpt;
import dev.lanewise.runtime.operation.LastOf;
import dev.lanewise.runtime.operation.LayerNorm;
import dev.lanewise.runtime.operation.LogSoftmax;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.OneHot;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Repeat;
import dev.lanewise.runtime.operation.Resample;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.operation.Softmax;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.operation.Waves;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What each operation of a network that predicts is in ONNX. A value of an example has a dimension before its own, that of the batch, whose size is known when the file is used.
 *
 * @param batch the name of that size, as a list of one number
 */
record Operations(GraphWriter to, String batch) {
  /** @param in what it reads, in its order @return what it makes; further outputs that only a training needs are left out */
  List<Exported> of(String name, Operation operation, List<Exported> in) {
    return switch (operation) {
      case Pointwise p -> List.of(pointwise(name, p, in));
      case Conv c -> List.of(new Planes(this).conv(name, c, in));
      case Dense d -> List.of(dense(name, d, in));
      case Conv.InputGradient g -> List.of(new Planes(this).transposedConv(name, g.of(), in));
      case Dense.InputGradient g -> List.of(product(name, g, in));
      case MaxPool p -> List.of(new Planes(this).maxPool(name, p, each(name, in.getFirst())));
      case Reduce r -> List.of(reduce(name, r, each(name, in.getFirst())));
      case Reshape r -> List.of(shaped(name, in.getFirst(), r.to().dims()));
      case Transpose t -> List.of(turned(name, in.getFirst(), 0, 2, 1));
      case Slice s -> List.of(cut(name, in.getFirst(), 1, s.from(), s.to()));
      case Concat c -> List.of(joined(name, in.stream().map(i -> each(name, i)).toList(), c));
      case Resample r -> List.of(new Planes(this).resample(name, r, each(name, in.getFirst())));
      case Repeat r -> List.of(repeat(name, r, in.getFirst()));
      case Spread s -> List.of(spread(name, s, in.getFirst()));
      case Softmax s -> List.of(same(name, "Softmax", in.getFirst(), attribute("axis", 1)));
      case LogSoftmax l -> List.of(same(name, "LogSoftmax", in.getFirst(), attribute("axis", 1)));
      case LayerNorm n -> List.of(layerNorm(name, n, in));
      case Embed e -> List.of(embed(name, e, in));
      case OneHot o -> List.of(oneHot(name, o, in.getFirst()));
      case Attend a -> new Attending(this).of(name, a, in);
      case AtPlaces a -> atPlaces(name, a, in);
      case LastOf l -> List.of(lastOf(name, l, in.getFirst()));
      case Waves w -> List.of(waves(w));
      case Noise n -> List.of(noise(name, in.getFirst()));
      case Scan s -> new Loops(this).of(name, s, in);
      case Excerpt e -> List.of(rows(name, e, in.getFirst()));
      default -> throw new IllegalArgumentException(name + ": " + operation.name() + " is no part of a network that predicts");
    };
  }

  private static long[] dims(int first, List<Integer> rest) {
    return LongStream.concat(LongStream.of(first), rest.stream().mapToLong(d -> d)).toArray();
  }

  static List<Integer> list(int... dims) {
    return Arrays.stream(dims).boxed().toList();
  }

  /** With a value for every example. */
  Exported each(String name, Exported value) {
    if (value.each()) {
      return value;
    }
    String shape = to.node("Concat", name + ".shape", List.of(batch, to.wholes(value.dims().stream().mapToLong(d -> d).toArray())), attribute("axis", 0));
    return Exported.numbers(to.node("Expand", name + ".each", List.of(value.name(), shape)), value.dims());
  }

  Exported numbers(String name, Exported value) {
    return value.whole() ? new Exported(Formulas.asNumbers(to, name + ".numbers", value.name()), value.dims(), value.each(), false) : value;
  }

  private Exported wholes(String name, Exported value) {
    return value.whole() ? value
        : new Exported(to.node("Cast", name + ".whole", List.of(value.name()), attribute("to", TensorProto.DataType.INT64.getNumber())), value.dims(), value.each(), true);
  }

  private Exported same(String name, String operator, Exported x, AttributeProto... attributes) {
    return new Exported(to.node(operator, name, List.of(x.name()), attributes), x.dims(), x.each(), false);
  }

  Exported shaped(String name, Exported x, List<Integer> dims) {
    return x.dims().equals(dims) ? x : new Exported(to.node("Reshape", name, List.of(x.name(), to.wholes(dims(x.each() ? -1 : 1, dims)))), dims, x.each(), x.whole());
  }

  /** @param axes with that of the batch */
  Exported turned(String name, Exported x, long... axes) {
    List<Integer> dims = Arrays.stream(axes).skip(1).mapToObj(a -> x.dims().get((int) a - 1)).toList();
    return new Exported(to.node("Transpose", name, List.of(x.name()), attribute("perm", axes)), dims, x.each(), x.whole());
  }

  Exported cut(String name, Exported x, int axis, int from, int until) {
    List<Integer> dims = new ArrayList<>(x.dims());
    dims.set(axis - 1, until - from);
    String cut = to.node("Slice", name, List.of(x.name(), to.wholes(from), to.wholes(until), to.wholes(axis)));
    return new Exported(cut, dims, x.each(), x.whole());
  }

  private Exported pointwise(String name, Pointwise p, List<Exported> in) {
    boolean each = in.stream().anyMatch(Exported::each);
    Map<String, String> arguments = new LinkedHashMap<>();
    List<Integer> dims = p.shape().dims();
    for (int i = 0; i < in.size(); i++) {
      arguments.put(p.arguments().get(i).name(), beside(name, numbers(name, in.get(i)), dims).name());
    }
    String made = new Formulas(to, name, arguments).of(p.formula());
    Exported result = new Exported(made, dims, each, false);
    boolean whole = IntStream.range(0, in.size()).anyMatch(i -> in.get(i).size() == p.shape().size() && p.formula().has(p.arguments().get(i).name()));
    return whole ? result : filled(name, result);
  }

  /** One number everywhere. */
  private Exported filled(String name, Exported x) {
    String shape = to.node("Concat", name + ".shape", List.of(batch, to.wholes(x.dims().stream().mapToLong(d -> d).toArray())), attribute("axis", 0));
    return Exported.numbers(to.node("Expand", name, List.of(x.name(), shape)), x.dims());
  }

  /** In a form that counts for each element: one number for each group has dimensions of 1 behind. */
  private Exported beside(String name, Exported x, List<Integer> dims) {
    if (x.size() == dims.stream().reduce(1, (a, b) -> a * b)) {
      return shaped(name + ".in", x, dims);
    }
    List<Integer> wanted = new ArrayList<>();
    int size = 1;
    for (int d : dims) {
      wanted.add(size < x.size() ? d : 1);
      size *= wanted.getLast();
    }
    if (size == x.size()) {
      return shaped(name + ".in", x, wanted);
    }
    // Groups within a dimension: each number as often as its group has elements.
    int count = dims.stream().reduce(1, (a, b) -> a * b) / x.size();
    Exported column = shaped(name + ".column", x, list(x.size(), 1));
    Exported rows = new Exported(
        to.node("Expand", name + ".groups", List.of(column.name(), to.wholes(1, x.size(), count))), list(x.size(), count), x.each(), false);
    return shaped(name + ".in", rows, dims);
  }

  /** @param data so many come before parameters */
  List<String> names(String name, List<Exported> in, int data) {
    return IntStream.range(0, in.size()).mapToObj(i -> i < data ? each(name, numbers(name, in.get(i))).name() : in.get(i).name()).toList();
  }

  private Exported dense(String name, Dense d, List<Exported> in) {
    List<String> read = names(name, in, 1);
    List<Integer> dims = d.outputs().getFirst().shape().dims();
    if (d.places() == 0) {
      return Exported.numbers(to.node("Gemm", name, read, attribute("transB", 1)), dims);
    }
    String turned = to.node("Transpose", name + ".weight", List.of(read.get(1)), attribute("perm", 1, 0));
    String product = to.node("MatMul", d.bias() ? name + ".product" : name, List.of(read.getFirst(), turned));
    return Exported.numbers(d.bias() ? to.node("Add", name, List.of(product, read.get(2))) : product, dims);
  }

  /** x times a matrix whose rows are its inputs: {@code in @ W}. */
  private Exported product(String name, Dense.InputGradient g, List<Exported> in) {
    return Exported.numbers(to.node("MatMul", name, names(name, in, 1)), g.outputs().getFirst().shape().dims());
  }

  private Exported reduce(String name, Reduce r, Exported x) {
    boolean planes = r.shape().rank() > 1 && r.inner() == 1 && r.groups() == r.shape().channels() && r.factor() == Reduce.mean(r.shape(), r.groups()).factor();
    if (planes) {
      List<Integer> ones = IntStream.range(0, r.shape().rank()).mapToObj(i -> i == 0 ? r.groups() : 1).toList();
      return shaped(name + ".flat", Exported.numbers(to.node("GlobalAveragePool", name, List.of(numbers(name, x).name())), ones), list(r.groups()));
    }
    Exported groups = shaped(name + ".groups", numbers(name, x), list(r.groups(), r.count(), r.inner()));
    String sum = to.node("ReduceSum", r.factor() == 1 ? name : name + ".sum", List.of(groups.name(), to.wholes(2)), attribute("keepdims", 0));
    String scaled = r.factor() == 1 ? sum : to.node("Mul", name, List.of(sum, to.number(r.factor())));
    return shaped(name + ".flat", Exported.numbers(scaled, list(r.groups(), r.inner())), list(r.groups() * r.inner()));
  }

  private Exported joined(String name, List<Exported> in, Concat c) {
    List<String> read = in.stream().map(i -> numbers(name, i).name()).toList();
    return Exported.numbers(to.node("Concat", name, read, attribute("axis", 1)), c.outputs().getFirst().shape().dims());
  }

  private Exported repeat(String name, Repeat r, Exported x) {
    int inner = r.in().size() / r.groups();
    int count = r.shape().size() / r.in().size();
    Exported groups = shaped(name + ".groups", numbers(name, x), list(r.groups(), 1, inner));
    Exported many = new Exported(
        to.node("Expand", name + ".many", List.of(groups.name(), to.wholes(1, r.groups(), count, inner))), list(r.groups(), count, inner), x.each(), false);
    return shaped(name, many, r.shape().dims());
  }

  private Exported spread(String name, Spread s, Exported parameter) {
    return new Exported(to.node("Reshape", name, List.of(parameter.name(), to.wholes(dims(1, s.shape().dims())))), s.shape().dims(), false, false);
  }

  private Exported rows(String name, Excerpt e, Exported parameter) {
    List<Integer> dims = new ArrayList<>(parameter.dims());
    dims.set(0, e.to() - e.from());
    return new Exported(to.node("Slice", name, List.of(parameter.name(), to.wholes(e.from()), to.wholes(e.to()), to.wholes(0))), dims, false, false);
  }

  private Exported layerNorm(String name, LayerNorm n, List<Exported> in) {
    Exported x = each(name, numbers(name, in.getFirst()));
    int size = n.in().size() / n.places();
    Exported places = shaped(name + ".places", x, list(n.places(), size));
    String weight = to.node("Reshape", name + ".weight", List.of(in.get(1).name(), to.wholes(size)));
    String bias = to.node("Reshape", name + ".bias", List.of(in.get(2).name(), to.wholes(size)));
    String normal = to.node("LayerNormalization", name, List.of(places.name(), weight, bias), attribute("axis", -1), attribute("epsilon", n.eps()));
    return shaped(name + ".out", Exported.numbers(normal, places.dims()), n.in().dims());
  }

  private Exported embed(String name, Embed e, List<Exported> in) {
    Exported rows = wholes(name, shaped(name + ".in", in.getFirst(), list(e.in().size())));
    String limits = to.node("Clip", name + ".rows", List.of(rows.name(), single(0), single(e.rows() - 1)));
    Exported found = Exported.numbers(to.node("Gather", name + ".row", List.of(in.get(1).name(), limits)), list(e.in().size(), e.size()));
    return shaped(name, e.turned() ? found : turned(name + ".turned", found, 0, 2, 1), e.outputs().getFirst().shape().dims());
  }

  /** A whole number by itself, not a list of one. */
  private String single(long value) {
    return to.node("Squeeze", "constant", List.of(to.wholes(value)));
  }

  private Exported oneHot(String name, OneHot o, Exported x) {
    if (o.count() == 1) {
      return shaped(name, numbers(name, x), o.outputs().getFirst().shape().dims());
    }
    Exported places = wholes(name, shaped(name + ".in", x, list(1, o.in().size())));
    String numbers = to.node("Reshape", name + ".numbers", List.of(to.wholes(LongStream.range(0, o.count()).toArray()), to.wholes(1, o.count(), 1)));
    String equal = to.node("Equal", name + ".equal", List.of(places.name(), numbers));
    return shaped(name, Exported.numbers(Formulas.asNumbers(to, name, equal), list(o.count(), o.in().size())), o.outputs().getFirst().shape().dims());
  }

  /** The batch of a batch and its places, one example each. */
  private List<Exported> atPlaces(String name, AtPlaces a, List<Exported> in) {
    List<Exported> read = new ArrayList<>();
    for (int i = 0; i < in.size(); i++) {
      Shape own = a.of().inputs().get(i).shape();
      boolean data = i < a.of().inputs().size() - a.of().parameters().size();
      read.add(data ? shaped(name + ".places", each(name, in.get(i)), own.dims()) : in.get(i));
    }
    List<Exported> made = of(name + ".at", a.of(), read);
    return IntStream.range(0, made.size()).mapToObj(i -> shaped(name, made.get(i), a.outputs().get(i).shape().dims())).toList();
  }

  private Exported lastOf(String name, LastOf l, Exported x) {
    Exported numbers = shaped(name + ".in", numbers(name, x), list(l.places()));
    String real = Formulas.asNumbers(to, name + ".real", to.node("Greater", name + ".token", List.of(numbers.name(), to.number(0))));
    float[] order = new float[l.places()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i + 1;
    }
    String place = to.node("Mul", name + ".place", List.of(real, to.numbers(new long[] {1, l.places()}, order)));
    String last = to.node("ReduceMax", name + ".last", List.of(place, to.wholes(1)), attribute("keepdims", 1));
    String is = to.node("And", name + ".is", List.of(to.node("Equal", name + ".equal", List.of(place, last)), to.node("Greater", name + ".any", List.of(last, to.number(0)))));
    return Exported.numbers(Formulas.asNumbers(to, name, is), list(l.places()));
  }

  private Exported waves(Waves w) {
    double[][] made = {new double[w.places() * w.channels()]};
    w.evaluate(null, new double[0][], made);
    float[] values = new float[made[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) made[0][i];
    }
    return new Exported(to.numbers(new long[] {1, w.places(), w.channels()}, values), list(w.places(), w.channels()), false, false);
  }

  private Exported noise(String name, Exported x) {
    Exported all = each(name, x);
    return Exported.numbers(to.node("RandomNormalLike", name, List.of(all.name())), all.dims());
  }

}
