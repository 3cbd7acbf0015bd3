package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.Step;
import dev.lanewise.exchange.form.Pooled;
import dev.lanewise.runtime.tensor.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * So many windows that cover all values, {@code maxpool(to = 5)}: of different sizes, so their values were picked one window after the other before an operator took the largest.
 *
 * @param picks which steps picked them
 */
record Covering(Draft draft, Map<Step, Pieces.Picked> picks) {
  private static final String MEANS = "avgpool(to = ";

  /** The same with means: a product with a matrix of windows, for rows and for columns. */
  Optional<Live> means(Node node) {
    boolean columns = node.isFixed(1);
    if (node.in().size() != 2 || node.isAllFixed() || !columns && !node.isFixed(0)) {
      return Optional.empty();
    }
    Fixed given = node.fixed(columns ? 1 : 0, "matrix");
    Live x = node.live(columns ? 0 : 1);
    if (given.rank() != 2 || x.rank() < 3 || x.rank() > 4 || !x.isBatch(0) || !columns && x.rank() != 4) {
      return Optional.empty();
    }
    Fixed matrix = columns ? given.transposed(1, 0) : given;
    int axis = x.rank() - (columns ? 1 : 2);
    return Pooled.means(matrix.dim(0), matrix.dim(1), matrix.numbers()).filter(_ -> x.size(axis) == matrix.dim(1)).map(out -> {
      int[] sides = IntStream.range(2, x.rank()).map(i -> i == axis ? out : (int) x.size(i)).toArray();
      Step at = draft.arranged(x, IntStream.range(1, x.rank()).mapToObj(x::own).toList());
      boolean again = at.call().startsWith(MEANS);
      return pooled("avgpool", x, again ? at.inputs().getFirst() : at, sides);
    });
  }

  private Live pooled(String word, Live x, Step at, int[] sides) {
    int[] dims = IntStream.concat(IntStream.of(at.dims()[0]), IntStream.of(sides)).toArray();
    Step step = draft.once(word, word + "(to = " + Draft.sides(IntStream.of(sides).asLongStream().toArray()) + ")", dims, at);
    List<List<Atom>> axes = new ArrayList<>(List.of(x.axes().getFirst()));
    IntStream.of(dims).forEach(d -> axes.add(d == 1 ? List.of() : List.of(Atom.of(d))));
    return Live.natural(step, axes);
  }

  Optional<Live> of(Node node) {
    Live x = node.live(0);
    Map<Integer, int[]> places = new HashMap<>();
    while (picks.containsKey(x.step()) && places.putIfAbsent(picks.get(x.step()).axis(), picks.get(x.step()).places()) == null) {
      x = picks.get(x.step()).from();
    }
    long[] size = node.wholes("kernel_shape"), strides = node.wholes("strides"), pads = node.wholes("pads");
    boolean usual = !places.isEmpty() && x.isBatch(0) && size != null && size.length == x.rank() - 2 && size.length <= 2 && strides != null && strides.length == size.length
        && (pads == null || Arrays.stream(pads).allMatch(p -> p == 0)) && node.wholes("dilations") == null;
    if (!usual) {
      return Optional.empty();
    }
    int[] out = new int[size.length];
    for (int i = 0; i < size.length; i++) {
      int in = (int) x.size(i + 2);
      int[] own = places.get(i + 2);
      out[i] = ((own == null ? in : own.length) - (int) size[i]) / (int) strides[i] + 1;
      Windows windows = Windows.bins(in, out[i]);
      Optional<Windows.Sliding> wanted = own == null ? Pooled.sliding(windows) : Optional.of(Pooled.apart(windows));
      boolean picked = own == null || Arrays.equals(Arrays.stream(own).asLongStream().toArray(), Pooled.places(windows));
      if (!picked || wanted.isEmpty() || wanted.get().size() != size[i] || wanted.get().stride() != strides[i]) {
        return Optional.empty();
      }
    }
    return Optional.of(pooled("maxpool", x, draft.arranged(x, IntStream.range(1, x.rank()).mapToObj(x::own).toList()), out));
  }
}
