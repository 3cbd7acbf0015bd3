package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.row.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Operators that go along an axis and are written out: running sums, products, places of the largest. */
record Along(Rows rows) {
  private static final int MOST = 512;

  Live running(Node node) {
    Live x = node.live(0);
    return rows.running(x, x.axis(node.fixed(1, "axis").whole(0)), node.whole("exclusive", 0) == 1, node.whole("reverse", 0) == 1);
  }

  Live product(Node node) {
    Live x = node.live(0), now = x;
    long[] given = node.wholes("axes", 1);
    List<Integer> axes = given == null ? IntStream.range(0, x.rank()).boxed().toList() : Arrays.stream(given).mapToObj(x::axis).toList();
    for (int axis : axes) {
      now = rows.along(now, axis, "product", List.of(IntStream.range(0, places(node, now, axis)).mapToObj(Rows::row).collect(Collectors.joining(" * "))));
    }
    return node.whole("keepdims", 1) == 1 ? now : Views.squeezed(now, axes.stream().mapToLong(a -> a).toArray());
  }

  private static int places(Node node, Live x, int axis) {
    node.expect(x.size(axis) <= MOST || x.isBatch(axis), "the language has no counterpart, and written out it is too long");
    return x.isBatch(axis) ? 1 : (int) x.size(axis);
  }

  /** The place of the largest, or the smallest. */
  Live best(Node node) {
    Live x = node.live(0);
    int axis = x.axis(node.whole("axis", 0));
    List<String> bindings = new ArrayList<>();
    String place = Rows.best(places(node, x, axis), node.operator().equals("ArgMin"), node.whole("select_last_index", 0) == 1, bindings);
    Live made = rows.along(x, axis, "place", bindings, List.of(place));
    return node.whole("keepdims", 1) == 1 ? made : Views.squeezed(made, new long[] {axis});
  }

  /** 1 at the place of the largest, 0 elsewhere. */
  Live hardmax(Node node) {
    Live x = node.live(0);
    boolean old = node.opset() < 13;
    int axis = x.axis(node.whole("axis", old ? 1 : -1));
    List<Atom> own = new ArrayList<>();
    for (int i = axis; i < (old ? x.rank() : axis + 1); i++) {
      own.addAll(x.own(i));
    }
    node.expect(Atom.size(own) <= MOST, "the language has no counterpart, and written out it is too long");
    int count = (int) Atom.size(own);
    List<String> bindings = new ArrayList<>();
    String best = Rows.best(count, false, false, bindings);
    return rows.along(x, own, "hardmax", bindings, IntStream.range(0, count).mapToObj(i -> "where(" + best + " == " + i + ", 1, 0)").toList(), own, x.axes());
  }

  /** For each whole number one value at its place, and another at all others. */
  Live oneHot(Node node) {
    Live x = node.live(0);
    Fixed values = node.fixed(2, "values");
    int depth = (int) node.fixed(1, "depth").whole(0);
    node.expect(depth > 0 && depth <= MOST && values.size() == 2, "the language has no counterpart, and written out it is too long");
    long given = node.whole("axis", -1);
    int axis = (int) (given < 0 ? given + x.rank() + 1 : given);
    String off = Rows.literal(values.at(0)), on = Rows.literal(values.at(1));
    // Numbers below 0 count from the end.
    List<String> all = IntStream.range(0, depth).mapToObj(i -> "where(x[0] == " + i + ", " + on + ", where(x[0] == " + (i - depth) + ", " + on + ", " + off + "))").toList();
    return rows.along(Views.unsqueezed(x, new long[] {axis}), axis, "one_hot", all);
  }

  /** The upper or lower triangle of matrices, the rest 0. */
  Live triangle(Node node) {
    Live x = node.live(0);
    node.expect(x.rank() >= 2, "it has no rows");
    long shift = node.has(1) ? node.fixed(1, "k").whole(0) : 0;
    boolean upper = node.whole("upper", 1) == 1;
    List<Atom> own = new ArrayList<>(x.own(x.rank() - 2));
    own.addAll(x.own(x.rank() - 1));
    node.expect(Atom.size(own) <= MOST, "the language has no counterpart, and written out it is too long");
    int columns = (int) x.size(x.rank() - 1);
    List<String> all = IntStream.range(0, (int) Atom.size(own)).mapToObj(i -> {
      long place = i % columns - i / columns;
      return (upper ? place >= shift : place <= shift) ? Rows.row(i) : "0 * x[0]";
    }).toList();
    return rows.along(x, own, "triangle", List.of(), all, own, x.axes());
  }
}
