package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Elements;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Formula;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.draft.Step;
import dev.lanewise.exchange.row.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Normalisation, softmax, and what is made of all values along an axis. */
record Norms(Draft draft, Elements elements) {
  private static String eps(double eps, String before) {
    return eps == 1e-5 ? "" : before + "eps = " + Double.toString(eps).replace("E", "e");
  }

  private static String call(String word, String... arguments) {
    String given = Arrays.stream(arguments).filter(a -> !a.isEmpty()).collect(Collectors.joining(", "));
    return given.isEmpty() ? word : word + "(" + given + ")";
  }

  Live batch(Node node) {
    node.expect(node.whole("training_mode", 0) == 0 && (node.opset() > 6 || node.whole("is_test", 0) == 1), "it is in training mode: export the model for inference (model.eval())");
    node.expect(node.whole("spatial", 1) == 1, "it has numbers for each place, not for each channel");
    Live x = node.live(0);
    node.expect(x.rank() > 1, "it has no channels");
    List<Atom> channels = x.own(1);
    List<Atom> rest = x.rest(channels);
    Step at = channelsFirst(x, channels, rest);
    Step step = draft.add("batchnorm", call("batchnorm", eps(node.number("epsilon", 1e-5), "")), at.dims(), at).wish(Products.wish(node.fixed(1, "scale").name()));
    String[] names = {"weight", "bias", "running_mean", "running_var"};
    for (int i = 0; i < names.length; i++) {
      Fixed values = node.fixed(i + 1, names[i]);
      node.expect(values.size() == x.size(1), "its " + names[i] + " has not one number for each channel");
      step.with(names[i], new int[] {values.size()}, values.numbers());
    }
    return lying(x, step, channels, rest);
  }

  /** As it lies if its channels lie outermost. */
  private Step channelsFirst(Live x, List<Atom> channels, List<Atom> rest) {
    boolean lies = x.order().subList(0, Math.min(channels.size(), x.order().size())).equals(channels) && x.step().dims()[0] == Atom.size(channels);
    return lies ? x.step() : draft.arranged(x, rest.isEmpty() ? List.of(channels) : List.of(channels, rest));
  }

  private static Live lying(Live x, Step step, List<Atom> first, List<Atom> rest) {
    List<Atom> order = new ArrayList<>(first);
    order.addAll(rest);
    return new Live(step, x.axes(), order);
  }

  Live instance(Node node) {
    Live x = node.live(0);
    return group(x, (int) x.size(1), node.fixed(1, "scale"), node.fixed(2, "bias"), node.number("epsilon", 1e-5));
  }

  Live group(Node node) {
    Live x = node.live(0);
    int groups = (int) node.whole("num_groups", 1);
    Fixed scale = node.fixed(1, "scale"), bias = node.fixed(2, "bias");
    int channels = (int) x.size(1);
    node.expect(groups > 0 && channels % groups == 0, "its groups do not divide the channels");
    int[] each = IntStream.range(0, channels).map(i -> scale.size() == channels ? i : i / (channels / groups)).toArray();
    return group(x, groups, scale.picked(new int[] {channels}, each), bias.picked(new int[] {channels}, each), node.number("epsilon", 1e-5));
  }

  private Live group(Live x, int groups, Fixed scale, Fixed bias, double eps) {
    List<Atom> channels = x.own(1);
    List<Atom> rest = x.rest(channels);
    if (scale.size() != Atom.size(channels) || bias.size() != scale.size()) {
      throw new RefusedException("its scale has not one number for each channel");
    }
    Step at = channelsFirst(x, channels, rest);
    Step step = draft.add("groupnorm", call("groupnorm", Integer.toString(groups), eps(eps, "")), at.dims(), at).wish(Products.wish(scale.name()));
    step.with("weight", new int[] {scale.size()}, scale.numbers()).with("bias", new int[] {bias.size()}, bias.numbers());
    return lying(x, step, channels, rest);
  }

  /** @param read which outputs somebody reads: behind what is made, the mean and 1 / the deviation */
  List<Object> layer(Node node, List<Boolean> read) {
    Live x = node.live(0);
    int first = x.axis(node.whole("axis", -1));
    Fixed scale = node.fixed(1, "scale");
    float[] zeros = new float[scale.size()];
    List<Object> made = new ArrayList<>(List.of(layer(x, first, scale, node.has(2) ? node.fixed(2, "bias") : Fixed.of(scale.dims(), zeros), node.number("epsilon", 1e-5))));
    if (read.size() > 1 && read.subList(1, read.size()).contains(true)) {
      long[] axes = LongStream.range(first, x.rank()).toArray();
      Formula mean = new Formula.Leaf(reduced(x, axes, true, "avgpool")), variance = variance(x, mean, axes);
      made.add(mean);
      made.add(Formula.number(1).over(Formula.call("sqrt", variance.plus(Formula.number(node.number("epsilon", 1e-5))))));
    }
    return made;
  }

  private Formula variance(Live x, Formula mean, long[] axes) {
    Formula apart = new Formula.Leaf(x).minus(mean);
    return new Formula.Leaf(reduced(elements.of(apart.times(apart)), axes, true, "avgpool"));
  }

  /** Divided by the root of the mean of the squares. */
  Formula rms(Node node) {
    Live x = node.live(0);
    long[] axes = LongStream.range(x.axis(node.whole("axis", -1)), x.rank()).toArray();
    return new Formula.Leaf(x).over(Formula.call("sqrt", squares(x, axes).plus(Formula.number(node.number("epsilon", 1e-5))))).times(node.formula(1));
  }

  private Formula squares(Live x, long[] axes) {
    Formula leaf = new Formula.Leaf(x);
    return new Formula.Leaf(reduced(elements.of(leaf.times(leaf)), axes, true, "avgpool"));
  }

  /** Divided by its length along an axis. */
  Formula unit(Node node) {
    Live x = node.live(0);
    long[] axes = {x.axis(node.whole("axis", -1))};
    Formula leaf = new Formula.Leaf(x), count = Formula.number(x.size((int) axes[0]));
    Formula length = node.whole("p", 2) == 2 ? Formula.call("sqrt", count.times(squares(x, axes))) : count.times(new Formula.Leaf(reduced(elements.of(Formula.call("abs", leaf)), axes, true, "avgpool")));
    return Formula.where(length, "==", Formula.number(0), leaf, leaf.over(length));
  }

  /** Less the mean, divided by the deviation. */
  Formula standard(Node node) {
    long[] axes = node.wholes("axes") == null ? new long[] {0, 2, 3} : node.wholes("axes");
    Live x = node.live(0);
    Formula mean = new Formula.Leaf(reduced(x, axes, true, "avgpool"));
    return new Formula.Leaf(x).minus(mean).over(Formula.call("sqrt", variance(x, mean, axes)).plus(Formula.number(1e-9)));
  }

  /** x / (bias + alpha / n * (the squares of n neighbouring channels)) ^ beta. */
  Formula local(Node node) {
    Live x = node.live(0);
    int size = (int) node.whole("size", 0), channels = (int) x.size(1);
    node.expect(size > 0, "it has no size");
    Formula leaf = new Formula.Leaf(x);
    List<String> rows = IntStream.range(0, channels)
        .mapToObj(c -> IntStream.rangeClosed(Math.max(0, c - (size - 1) / 2), Math.min(channels - 1, c + size / 2)).mapToObj(Rows::row).collect(Collectors.joining(" + "))).toList();
    Live sums = new Rows(draft).along(elements.of(leaf.times(leaf)), 1, "sums", rows);
    Formula inner = Formula.number(node.number("bias", 1)).plus(Formula.number(node.number("alpha", 1e-4) / size).times(new Formula.Leaf(sums)));
    return leaf.over(Formula.call("^", inner, Formula.number(node.number("beta", 0.75))));
  }

  Live layer(Live x, int first, Fixed scale, Fixed bias, double eps) {
    List<Atom> own = new ArrayList<>();
    int[] dims = new int[x.rank() - first];
    for (int axis = first; axis < x.rank(); axis++) {
      own.addAll(x.own(axis));
      dims[axis - first] = (int) x.size(axis);
    }
    List<Atom> rest = x.rest(own);
    Fixed w = scale.spread(dims), b = bias.spread(dims);
    Step at = draft.arranged(x, rest.isEmpty() ? List.of(own) : List.of(own, rest));
    String over = rest.isEmpty() ? "" : "over = channels";
    Step step = draft.add("layernorm", call("layernorm", eps(eps, ""), over), at.dims(), at).wish(Products.wish(scale.name()));
    int[] size = {w.size()};
    step.with("weight", size, w.numbers()).with("bias", size, b.numbers());
    return lying(x, step, own, rest);
  }

  Live softmax(Node node, String word) {
    Live x = node.live(0);
    boolean old = node.opset() < 13;
    int axis = x.axis(node.whole("axis", old ? 1 : -1));
    List<Atom> own = new ArrayList<>();
    for (int i = axis; i < (old ? x.rank() : axis + 1); i++) {
      own.addAll(x.own(i));
    }
    List<Atom> rest = x.rest(own);
    Step at = draft.arranged(x, rest.isEmpty() ? List.of(own) : List.of(own, rest));
    Step step = rest.isEmpty() ? draft.once(word, word, at.dims(), at)
        : word.equals("softmax") ? draft.once("softmax", "each { softmax }", at.dims(), at) : draft.once(word, word, at.dims(), at);
    return lying(x, step, own, rest);
  }

  /** What is left of a value. @param gone what is made one, along some of the axes */
  record Left(List<Atom> gone, List<List<Atom>> axes) {}

  static Left left(Live x, long[] axes, boolean keep) {
    List<Integer> gone = axes == null ? IntStream.range(0, x.rank()).boxed().toList() : Arrays.stream(axes).mapToObj(x::axis).toList();
    List<Atom> own = new ArrayList<>();
    List<List<Atom>> left = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (gone.contains(i)) {
        own.addAll(x.own(i));
        if (keep) {
          left.add(List.of());
        }
      } else {
        left.add(x.axes().get(i));
      }
    }
    return new Left(own, left);
  }

  /** The mean or the largest of all values along axes. @param pool the word for it */
  Live reduced(Live x, long[] axes, boolean keep, String pool) {
    List<Atom> own = left(x, axes, keep).gone();
    List<List<Atom>> left = left(x, axes, keep).axes();
    if (own.isEmpty()) {
      return x.as(left);
    }
    List<Atom> rest = x.rest(own);
    int size = (int) Atom.size(own);
    // An image is taken as it is, where its sides are what goes.
    int[] dims = x.step().dims();
    boolean sides = dims.length == 3 && x.order().size() >= own.size() && x.order().subList(x.order().size() - own.size(), x.order().size()).containsAll(own) && dims[1] * dims[2] == size;
    Step at = sides ? x.step() : draft.arranged(x, List.of(rest, own));
    int[] out = at.dims();
    Arrays.fill(out, 1, out.length, 1);
    return new Live(draft.once(pool, pool + "(global)", out, at), left, sides ? x.rest(own) : rest);
  }

}
