package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Formula;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.draft.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Products with matrices that are known: dense layers, tables. */
record Products(Draft draft) {
  private static final int MOST_MATRICES = 64;

  /** A layer's name, of that of its weight; empty if it has none. */
  static String wish(String weight) {
    int dot = weight.lastIndexOf('.');
    return dot > 0 ? weight.substring(0, dot) : "";
  }

  Object gemm(Node node) {
    Live x = node.whole("transA", 0) == 0 ? node.live(0) : Views.transposed(node.live(0), null);
    Fixed b = node.fixed(1, "weight");
    node.expect(b.rank() == 2 && x.rank() == 2, "it has more than two dimensions");
    Fixed weight = node.whole("transB", 0) == 1 ? b : b.transposed(1, 0);
    double alpha = node.number("alpha", 1), beta = node.number("beta", 1);
    if (node.has(2) && !node.isFixed(2)) {
      Formula more = beta == 1 ? node.formula(2) : Formula.number(beta).times(node.formula(2));
      return new Formula.Leaf(dense(x, 1, scaled(weight, alpha), null, b.name())).plus(more);
    }
    Fixed bias = node.has(2) ? node.fixed(2, "bias") : null;
    if (bias != null && bias.rank() == 2 && bias.dim(0) > 1) {
      return new Formula.Leaf(dense(x, 1, scaled(weight, alpha), null, b.name())).plus(new Formula.Leaf(scaled(bias, beta)));
    }
    if (bias != null) {
      bias = scaled(bias.spread(bias.rank() < 2 ? new int[] {weight.dim(0)} : new int[] {1, weight.dim(0)}).shaped(weight.dim(0)), beta);
    }
    return dense(x, 1, scaled(weight, alpha), bias, b.name());
  }

  private static Fixed scaled(Fixed values, double factor) {
    if (factor == 1) {
      return values;
    }
    float[] made = values.numbers().clone();
    for (int i = 0; i < made.length; i++) {
      made[i] *= (float) factor;
    }
    return Fixed.of(values.dims(), made);
  }

  Live matmul(Node node) {
    if (node.isFixed(1)) {
      Fixed b = node.fixed(1, "weight");
      Live x = node.live(0);
      if (b.rank() == 1) {
        Live made = dense(x, x.rank() - 1, b.shaped(1, b.dim(0)), null, b.name());
        return made.as(made.axes().subList(0, made.rank() - 1));
      }
      for (int i = 0; i < b.rank() - 2; i++) {
        if (b.dim(i) > 1) {
          return several(x, b, i);
        }
      }
      Fixed matrix = flat(b);
      return widened(dense(x, x.rank() - 1, matrix.transposed(1, 0), null, b.name()), b);
    }
    if (node.isFixed(0)) {
      Fixed a = node.fixed(0, "weight");
      Live x = node.live(1);
      node.expect(a.rank() >= 2 && x.rank() >= 2, "a row of numbers meets a matrix that depends on the example");
      return widened(dense(x, x.rank() - 2, flat(a), null, a.name()), a);
    }
    throw new RefusedException("the language has no product of two matrices that depend on the example, but for attention");
  }

  /** A matrix for each of several values along an axis: each by itself, then one after the other. */
  private Live several(Live x, Fixed b, int axis) {
    int there = axis + x.rank() - b.rank(), count = b.dim(axis);
    if (there < 0 || x.size(there) != count || count > MOST_MATRICES) {
      throw new RefusedException("its weight " + b + " has a matrix for each of several");
    }
    Pieces pieces = new Pieces(draft);
    List<Live> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(dense(pieces.slice(x, there, i, 1), x.rank() - 1, flat(b.slice(axis, i, 1, 1)).transposed(1, 0), null, b.name()));
    }
    return pieces.joined(made, there);
  }

  private static Fixed flat(Fixed matrix) {
    int rank = matrix.rank();
    for (int i = 0; i < rank - 2; i++) {
      if (matrix.dim(i) != 1) {
        throw new RefusedException("its weight " + matrix + " has a matrix for each of several");
      }
    }
    return matrix.shaped(matrix.dim(rank - 2), matrix.dim(rank - 1));
  }

  private static Live widened(Live x, Fixed by) {
    return by.rank() <= x.rank() ? x : Views.unsqueezed(x, java.util.stream.LongStream.range(0, by.rank() - x.rank()).toArray());
  }

  /** @param weight [out, in] @param axis along which the inputs lie */
  Live dense(Live x, int axis, Fixed weight, Fixed bias, String name) {
    int in = weight.dim(1), out = weight.dim(0);
    if (x.size(axis) != in) {
      throw new RefusedException("its weight takes " + in + " values, but gets " + x.size(axis));
    }
    List<Atom> inOrder = x.own(axis);
    // Where the inputs lie otherwise than the file has them, it is the weight's columns that are put in their order.
    List<Atom> own = x.order().stream().filter(inOrder::contains).toList();
    Fixed turned = own.equals(inOrder) ? weight : columns(weight, inOrder, own);
    List<Atom> rest = x.rest(own);
    String call = "dense(" + out + (bias == null ? ", bias = false)" : ")");
    Step step = rest.isEmpty()
        ? draft.add("dense", call, new int[] {out}, draft.arranged(x, List.of(own)))
        : draft.add("dense", "each { " + call + " }", new int[] {out, (int) Atom.size(rest)}, draft.arranged(x, List.of(own, rest)));
    step.with("weight", turned.dims(), turned.numbers()).wish(wish(name));
    if (bias != null) {
      step.with("bias", new int[] {out}, bias.numbers());
    }
    List<List<Atom>> axes = new ArrayList<>(x.axes());
    List<Atom> made = out == 1 ? List.of() : List.of(Atom.of(out));
    axes.set(axis, made);
    List<Atom> order = new ArrayList<>(made);
    order.addAll(rest);
    return new Live(step, axes, order);
  }

  private static Fixed columns(Fixed weight, List<Atom> from, List<Atom> to) {
    int[] apart = IntStream.concat(IntStream.of(weight.dim(0)), from.stream().mapToInt(a -> Math.toIntExact(a.size()))).toArray();
    int[] axes = IntStream.concat(IntStream.of(0), to.stream().mapToInt(a -> 1 + from.indexOf(a))).toArray();
    return weight.shaped(apart).transposed(axes).shaped(weight.dims());
  }

  /** Rows of a table that is known, by whole numbers that depend on the example. */
  Live embed(Fixed table, Live tokens) {
    if (tokens.bound() == 0) {
      throw new RefusedException("it takes rows of a table by numbers of which nothing says how many there are");
    }
    if (table.rank() != 2) {
      throw new RefusedException("it takes parts of " + table + " by numbers that depend on the example");
    }
    int size = table.dim(1);
    List<Atom> own = tokens.order();
    Step at = tokens.step();
    int[] dims = IntStream.concat(IntStream.of(size), IntStream.of(own.isEmpty() ? new int[0] : at.dims())).toArray();
    Step step = draft.add("embed", "embed(" + size + ")", dims, at).with("weight", table.dims(), table.numbers()).wish(wish(table.name()));
    List<Atom> made = size == 1 ? List.of() : List.of(Atom.of(size));
    List<List<Atom>> axes = new ArrayList<>(tokens.axes());
    axes.add(made);
    List<Atom> order = new ArrayList<>(made);
    order.addAll(own);
    return new Live(step, axes, order);
  }
}
