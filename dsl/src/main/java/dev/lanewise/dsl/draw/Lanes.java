package dev.lanewise.dsl.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * In which row and lane each box of a drawing stands, and by which lane each arrow goes. Rows go down: a box is one below the lowest that it reads. Lanes
 * stand side by side: boxes that follow each other are a chain and keep to one; of two that would meet, the shorter is nearer to what it leaves.
 * In a gap between two rows a lane has one arrow, or several from the same box.
 *
 * <p>An arrow goes down in the lane of the box that it leaves if that ends its chain, or in that of the box that it comes to if that begins one; one that
 * skips boxes of its own chain has a lane for itself.
 */
final class Lanes {
  /** Of each box. */
  final int[] row;
  final int[] lane;
  /** Of each arrow. */
  final int[] by;
  final int rows;

  private final Drawing drawing;
  private final List<List<Integer>> leaving = new ArrayList<>();
  private final List<List<Integer>> arriving = new ArrayList<>();
  /** The box that a box follows in its chain, and the one that follows it; or none, -1. */
  private final int[] before;
  private final int[] next;
  /** The gaps in which a lane is taken. */
  private final Map<Integer, BitSet> taken = new HashMap<>();

  /** What wants a lane: a chain of boxes, or arrows that skip. @param box the first of the chain, or which the arrows leave */
  private record Wish(boolean chain, int box, int from, int to) {
    int length() {
      return to - from;
    }
  }

  Lanes(Drawing drawing) {
    this.drawing = drawing;
    int boxes = drawing.boxes().size();
    this.row = new int[boxes];
    this.lane = new int[boxes];
    this.by = new int[drawing.arrows().size()];
    this.before = new int[boxes];
    this.next = new int[boxes];
    Arrays.fill(before, -1);
    Arrays.fill(next, -1);
    for (int b = 0; b < boxes; b++) {
      leaving.add(new ArrayList<>());
      arriving.add(new ArrayList<>());
    }
    for (int a = 0; a < by.length; a++) {
      leaving.get(arrow(a).from()).add(a);
      arriving.get(arrow(a).to()).add(a);
    }
    rows();
    this.rows = Arrays.stream(row).max().orElse(0) + 1;
    chains();
    place();
  }

  /** The arrows that leave a box. */
  List<Integer> leaving(int box) {
    return leaving.get(box);
  }

  /** The arrows that come to a box. */
  List<Integer> arriving(int box) {
    return arriving.get(box);
  }

  private Drawing.Arrow arrow(int a) {
    return drawing.arrows().get(a);
  }

  private void rows() {
    boolean[] reads = new boolean[row.length];
    // In the order of the boxes, so that a row is known before it is read.
    for (int b = 0; b < row.length; b++) {
      for (int a : leaving.get(b)) {
        reads[arrow(a).to()] = true;
        row[arrow(a).to()] = Math.max(row[arrow(a).to()], row[b] + 1);
      }
    }
    // An input that is needed late stands where it is needed.
    for (int b = 0; b < row.length; b++) {
      if (!reads[b]) {
        row[b] = Math.max(0, leaving.get(b).stream().mapToInt(a -> row[arrow(a).to()]).min().orElse(1) - 1);
      }
    }
  }

  /** A box goes on with the first chain that it reads and that nobody has gone on with. */
  private void chains() {
    for (int a : IntStream.range(0, by.length).boxed().sorted(Comparator.comparingInt(a -> arrow(a).to())).toList()) {
      int from = arrow(a).from();
      int to = arrow(a).to();
      if (before[to] < 0 && next[from] < 0) {
        before[to] = from;
        next[from] = to;
      }
    }
  }

  private void place() {
    int[] main = chain();
    Map<Integer, List<Wish>> wishes = wishes();
    mark(0, 0, rows);
    placeAll(wishes, main[0], 0);
    // Chains that begin with inputs of their own.
    for (int b = 0; b < row.length; b++) {
      if (before[b] < 0 && b != main[0] && parent(b) < 0) {
        int lane = free(0, b < main[0] ? -1 : 1, row[b] - 1, end(b));
        settle(b, lane);
        mark(lane, row[b] - 1, end(b));
        placeAll(wishes, b, lane);
      }
    }
    for (int a = 0; a < by.length; a++) {
      Drawing.Arrow arrow = arrow(a);
      by[a] = next[arrow.from()] == arrow.to() || parent(arrow.to()) == arrow.from() ? lane[arrow.to()] : skips(a) ? by[a] : lane[arrow.from()];
    }
  }

  /** The first and last box of the longest chain. */
  private int[] chain() {
    int[] best = {0, 0};
    int most = 0;
    for (int b = 0; b < row.length; b++) {
      if (before[b] < 0) {
        int length = 0;
        for (int c = b; c >= 0; c = next[c]) {
          length++;
        }
        if (length > most) {
          most = length;
          best = new int[] {b, last(b)};
        }
      }
    }
    return best;
  }

  private int last(int box) {
    int last = box;
    while (next[last] >= 0) {
      last = next[last];
    }
    return last;
  }

  /** Of the first box of a chain, what it branches off from; -1 if it reads nothing, or is no first box. */
  private int parent(int box) {
    return before[box] >= 0 ? -1 : parents()[box];
  }

  private int[] parents;

  private int[] parents() {
    if (parents == null) {
      parents = new int[row.length];
      Arrays.fill(parents, -1);
      for (Drawing.Arrow a : drawing.arrows()) {
        parents[a.to()] = parents[a.to()] < 0 ? a.from() : parents[a.to()];
      }
    }
    return parents;
  }

  /** Whether an arrow passes boxes of the chain that it leaves, and needs a lane for itself. */
  boolean skips(int a) {
    Drawing.Arrow arrow = arrow(a);
    return next[arrow.from()] >= 0 && next[arrow.from()] != arrow.to() && parent(arrow.to()) != arrow.from() && row[arrow.to()] - row[arrow.from()] > 1;
  }

  /** The gap behind the last one that a chain takes. */
  private int end(int first) {
    int last = last(first);
    return Math.max(row[last] + 1, leaving.get(last).stream().mapToInt(a -> row[arrow(a).to()]).max().orElse(0));
  }

  /** What branches off from each chain, by its first box. */
  private Map<Integer, List<Wish>> wishes() {
    int[] first = new int[row.length];
    for (int b = 0; b < row.length; b++) {
      first[b] = before[b] < 0 ? b : first[before[b]];
    }
    Map<Integer, List<Wish>> wishes = new TreeMap<>();
    for (int b = 0; b < row.length; b++) {
      if (parent(b) >= 0) {
        wishes.computeIfAbsent(first[parent(b)], _ -> new ArrayList<>()).add(new Wish(true, b, row[parent(b)], end(b)));
      }
      int to = leaving.get(b).stream().filter(this::skips).mapToInt(a -> row[arrow(a).to()]).max().orElse(-1);
      if (to >= 0) {
        wishes.computeIfAbsent(first[b], _ -> new ArrayList<>()).add(new Wish(false, b, row[b], to));
      }
    }
    return wishes;
  }

  /** Places what branches off from a chain, and from that in turn. */
  private void placeAll(Map<Integer, List<Wish>> wishes, int chain, int at) {
    for (Wish wish : wishes.getOrDefault(chain, List.of()).stream().sorted(Comparator.comparingInt(Wish::length)).toList()) {
      int lane = free(at, at < 0 ? -1 : 1, wish.from(), wish.to());
      mark(lane, wish.from(), wish.to());
      if (wish.chain()) {
        settle(wish.box(), lane);
        placeAll(wishes, wish.box(), lane);
      } else {
        leaving.get(wish.box()).stream().filter(this::skips).forEach(a -> by[a] = lane);
      }
    }
  }

  private void settle(int first, int at) {
    for (int b = first; b >= 0; b = next[b]) {
      lane[b] = at;
    }
  }

  /** The next lane beside another in which gaps are free. */
  private int free(int beside, int step, int from, int to) {
    int lane = beside + step;
    while (taken.containsKey(lane) && taken.get(lane).nextSetBit(Math.max(0, from)) >= 0 && taken.get(lane).nextSetBit(Math.max(0, from)) < to) {
      lane += step;
    }
    return lane;
  }

  private void mark(int lane, int from, int to) {
    taken.computeIfAbsent(lane, _ -> new BitSet()).set(Math.max(0, from), Math.max(0, to));
  }
}
