package dev.lanewise.dsl.draw;

import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.language.TextWidth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How large boxes are, and how much room rows and the gaps between them need, in pixels. From above, a gap has the lower edges of frames, the shapes that
 * leave boxes, arrows that go sideways to their lane (forks), arrows that come sideways from their lane (merges), the titles of frames, and tips.
 */
final class Rows {
  static final int TRACK = 8;
  static final int CLOSING = 10;
  static final int HEADER = 22;
  static final int TITLE_SIZE = 13;
  static final int DETAIL_SIZE = 11;
  static final int BEHIND = 4;
  private static final int TIP = 13;
  private static final int APART = 4;
  private static final int SHAPE = 15;
  private static final int LOW = 24;
  private static final int HIGH = 40;
  private static final int BETWEEN_PORTS = 14;

  final Drawing drawing;
  final Lanes lanes;
  private final Phrases phrases;
  /** Around a box: how many frames. */
  final int[] nested;
  /** In a frame, with itself: so many frames inside each other. */
  final int[] inner;
  /** Where an arrow ends, from the middle of its box. */
  final double[] port;
  /** The shape that leaves a box. */
  final String[] shape;
  private final int[] first;
  private final int[] last;
  private final int[] height;
  /** How wide the titles of frames are that begin with a box. */
  private final double[] title;
  private final Map<Integer, List<Integer>> into = new HashMap<>();
  private final Map<Integer, List<Integer>> opening = new HashMap<>();
  private final Map<Integer, List<Integer>> closing = new HashMap<>();
  /** The boxes whose arrows go sideways below a row, and the arrows that come sideways above the next one. */
  private final Map<Integer, List<Integer>> forks = new HashMap<>();
  private final Map<Integer, List<Integer>> merges = new HashMap<>();

  Rows(Drawing drawing, Phrases phrases) {
    this.drawing = drawing;
    this.phrases = phrases;
    this.lanes = new Lanes(drawing);
    this.nested = new int[drawing.boxes().size()];
    this.shape = new String[nested.length];
    this.port = new double[drawing.arrows().size()];
    this.first = drawing.frames().stream().mapToInt(f -> IntStream.rangeClosed(f.first(), f.last()).map(b -> lanes.row[b]).min().orElse(0)).toArray();
    this.last = drawing.frames().stream().mapToInt(f -> IntStream.rangeClosed(f.first(), f.last()).map(b -> lanes.row[b]).max().orElse(0)).toArray();
    this.height = new int[lanes.rows];
    this.inner = new int[first.length];
    drawing.frames().forEach(f -> IntStream.rangeClosed(f.first(), f.last()).forEach(b -> nested[b]++));
    inner();
    for (int b = 0; b < nested.length; b++) {
      // Of several boxes the one behind is seen below.
      int behind = drawing.boxes().get(b).kind() == Drawing.Kind.SEVERAL ? 2 * BEHIND : 0;
      height[lanes.row[b]] = Math.max(height[lanes.row[b]], height(b) + behind);
    }
    this.title = new double[nested.length];
    for (int f = 0; f < first.length; f++) {
      Drawing.Frame frame = drawing.frames().get(f);
      title[frame.first()] = Math.max(title[frame.first()], width(frame.title(), TITLE_SIZE) + 12);
      opening.computeIfAbsent(first[f], _ -> new ArrayList<>()).add(f);
      closing.computeIfAbsent(last[f], _ -> new ArrayList<>()).add(f);
    }
    for (int b = 0; b < shape.length; b++) {
      shape[b] = lanes.leaving(b).stream().map(a -> drawing.arrows().get(a).shape()).distinct().collect(Collectors.joining(", "));
    }
    into();
    forks();
    merges();
  }

  private void into() {
    for (int f = 0; f < first.length; f++) {
      Drawing.Frame frame = drawing.frames().get(f);
      for (int b = frame.first(); b <= frame.last(); b++) {
        for (int a : lanes.arriving(b)) {
          if (drawing.arrows().get(a).from() < frame.first() && lanes.skips(a)) {
            into.computeIfAbsent(f, _ -> new ArrayList<>()).add(a);
          }
        }
      }
    }
  }

  private void inner() {
    Deque<Integer> around = new ArrayDeque<>();
    for (int f = 0; f < inner.length; f++) {
      while (!around.isEmpty() && drawing.frames().get(around.peek()).last() < drawing.frames().get(f).first()) {
        around.pop();
      }
      around.push(f);
      int deep = 0;
      for (int g : around) {
        inner[g] = Math.max(inner[g], ++deep);
      }
    }
  }

  private void forks() {
    for (int a = 0; a < port.length; a++) {
      Drawing.Arrow arrow = drawing.arrows().get(a);
      List<Integer> below = forks.computeIfAbsent(lanes.row[arrow.from()], _ -> new ArrayList<>());
      if (lanes.by[a] != lanes.lane[arrow.from()] && !below.contains(arrow.from())) {
        below.add(arrow.from());
      }
    }
  }

  /** The nearer the lane, the nearer the port to the middle, and the higher the track: so arrows to one box do not cross. */
  private void merges() {
    for (int b = 0; b < nested.length; b++) {
      merges(b);
    }
  }

  private void merges(int to) {
    List<Integer> all = lanes.arriving(to);
    int own = lanes.lane[to];
    List<Integer> beside = all.stream().filter(a -> lanes.by[a] != own).sorted(Comparator.comparingInt(a -> Math.abs(lanes.by[a] - own))).toList();
    boolean straight = beside.size() < all.size();
    boolean bothSides = beside.stream().anyMatch(a -> lanes.by[a] < own) && beside.stream().anyMatch(a -> lanes.by[a] > own);
    double step = Math.min(BETWEEN_PORTS, (width(to) / 2.0 - 8) / Math.max(1, beside.size()));
    int left = straight || bothSides ? 1 : 0;
    int right = left;
    for (int a : beside) {
      port[a] = lanes.by[a] < own ? -step * left++ : step * right++;
      merges.computeIfAbsent(lanes.row[to] - 1, _ -> new ArrayList<>()).add(a);
    }
  }

  /** At most: letters of the fonts that are used differ. */
  double width(String english, int size) {
    return Math.max(TextWidth.of(english), TextWidth.of(phrases.say(english))) * size * 0.62;
  }

  double width(int box) {
    Drawing.Box b = drawing.boxes().get(box);
    return Math.max(width(b.title(), TITLE_SIZE), width(b.detail(), DETAIL_SIZE)) + 20;
  }

  int height(int box) {
    return drawing.boxes().get(box).detail().isEmpty() ? LOW : HIGH;
  }

  /** What a box needs in its lane: with its shape beside the arrow, the title of a frame that begins with it, and the frames around. */
  double room(int box) {
    double content = Math.max(width(box), 2 * (width(shape[box], DETAIL_SIZE) + 8));
    return Math.max(content, title[box]) + 2 * CLOSING * nested[box];
  }

  /** The arrows from outside to a frame's boxes that have a lane for themselves. */
  List<Integer> skippingInto(int frame) {
    return into.getOrDefault(frame, List.of());
  }

  int rowHeight(int row) {
    return height[row];
  }

  /** The first row of a frame. */
  int first(int frame) {
    return first[frame];
  }

  /** The last one. */
  int last(int frame) {
    return last[frame];
  }

  /** Frames that begin with a row. */
  private List<Integer> opening(int row) {
    return opening.getOrDefault(row, List.of());
  }

  /** Frames that end with a row. */
  private List<Integer> closing(int row) {
    return closing.getOrDefault(row, List.of());
  }

  /** What of the gap below a row stays with it. */
  int below(int row) {
    return deepest(closing(row)) * CLOSING + (row == lanes.rows - 1 ? 0 : SHAPE + forks.getOrDefault(row, List.of()).size() * TRACK);
  }

  /** What of the gap above a row stays with it. */
  int above(int row) {
    return row == 0 ? 0 : merges.getOrDefault(row - 1, List.of()).size() * TRACK + deepest(opening(row)) * HEADER + TIP + (opening(row).isEmpty() ? 0 : APART);
  }

  /** Where the shape is written, below the row. */
  int shapeAt(int row) {
    return deepest(closing(row)) * CLOSING + SHAPE - 3;
  }

  /** How far below its row the arrows of a box go sideways. */
  int forkAt(int box) {
    int row = lanes.row[box];
    return deepest(closing(row)) * CLOSING + SHAPE + forks.get(row).indexOf(box) * TRACK + TRACK / 2;
  }

  /** How far above the row of its end an arrow comes sideways. */
  int mergeAt(int arrow) {
    int row = lanes.row[drawing.arrows().get(arrow).to()];
    return above(row) - merges.get(row - 1).indexOf(arrow) * TRACK - TRACK / 2;
  }

  /** How far above its first row a frame's title begins. */
  int headerAt(int frame) {
    return TIP + inside(frame, opening(first[frame])) * HEADER;
  }

  /** How far below its last row a frame ends. */
  int closingAt(int frame) {
    return inside(frame, closing(last[frame])) * CLOSING - 3;
  }

  /** So many of some frames stand inside each other. */
  private int deepest(List<Integer> some) {
    return some.stream().mapToInt(f -> inside(f, some)).max().orElse(0);
  }

  /** The same within a frame, with itself. */
  private int inside(int frame, List<Integer> some) {
    int deepest = 0;
    for (int f : some) {
      boolean within = drawing.frames().get(f).first() >= drawing.frames().get(frame).first() && drawing.frames().get(f).last() <= drawing.frames().get(frame).last();
      deepest = within && f > frame ? Math.max(deepest, inside(f, some)) : deepest;
    }
    return deepest + 1;
  }
}
