package dev.lanewise.dsl.draw;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedNet.Layer;
import dev.lanewise.dsl.meaning.CheckedNet.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The layers of a network in the blocks and turns that they stand in. What follows itself without a change, as the turns of
 * {@code repeat 4 { transformer(8) }}, is one part that counts so many times.
 */
final class Parts {
  /** @see CheckedNet for the numbers of values */
  sealed interface Part {
    /** The number of the first value that it makes. */
    int first();

    /** The number of the last one. */
    int last();
  }

  record Single(int value) implements Part {
    @Override
    public int first() {
      return value;
    }

    @Override
    public int last() {
      return value;
    }
  }

  /**
   * @param parts of the first time
   * @param times how often it follows itself
   * @param size the values of each time
   */
  record Group(Use use, List<Part> parts, int first, int size, int times) implements Part {
    @Override
    public int last() {
      return first + size * times - 1;
    }
  }

  private final CheckedNet net;
  /** The last value that is made of each value. */
  private final int[] lastReader;

  private Parts(CheckedNet net) {
    this.net = net;
    this.lastReader = new int[net.layers().size() + 1];
    for (int v = 1; v < lastReader.length; v++) {
      for (int read : net.layers().get(v - 1).inputs()) {
        lastReader[read] = v;
      }
    }
    net.heads().forEach(h -> lastReader[h.value()] = Integer.MAX_VALUE);
    lastReader[net.result()] = Integer.MAX_VALUE;
  }

  static List<Part> of(CheckedNet net) {
    return new Parts(net).parts(1, net.layers().size(), 0);
  }

  /** Those of some values, so deep inside of uses. */
  private List<Part> parts(int from, int to, int depth) {
    List<Part> parts = new ArrayList<>();
    for (int v = from; v <= to; ) {
      List<Use> within = layer(v).within();
      int end = v;
      if (within.size() > depth) {
        Use use = within.get(depth);
        while (end < to && isIn(use, end + 1, depth)) {
          end++;
        }
        List<Part> inside = parts(v, end, depth + 1);
        // A turn of one step is that step.
        parts.add(use.isTurn() && inside.size() == 1 ? inside.getFirst() : new Group(use, inside, v, end - v + 1, 1));
      } else {
        parts.add(new Single(v));
      }
      v = end + 1;
    }
    return opened(merged(parts));
  }

  private boolean isIn(Use use, int value, int depth) {
    List<Use> within = layer(value).within();
    return within.size() > depth && within.get(depth).equals(use);
  }

  private Layer layer(int value) {
    return net.layers().get(value - 1);
  }

  private List<Part> merged(List<Part> parts) {
    List<Part> merged = new ArrayList<>();
    for (Part next : parts) {
      Part before = merged.isEmpty() ? null : merged.getLast();
      if (before instanceof Group a && next instanceof Group b && follows(a, b)) {
        merged.set(merged.size() - 1, new Group(a.use(), a.parts(), a.first(), a.size(), a.times() + b.times()));
      } else {
        merged.add(next);
      }
    }
    return merged;
  }

  /** Turns that differ are no parts of their own. */
  private static List<Part> opened(List<Part> parts) {
    return parts.stream()
        .flatMap(p -> p instanceof Group g && g.use().isTurn() && g.times() == 1 ? g.parts().stream() : java.util.stream.Stream.of(p))
        .toList();
  }

  /** Whether a group does once more what the one before does, and with its result alone. */
  private boolean follows(Group a, Group b) {
    boolean alone = IntStream.rangeClosed(a.first(), a.last()).allMatch(v -> lastReader[v] <= b.last() && (v == a.last() || lastReader[v] <= a.last()))
        && IntStream.rangeClosed(b.first(), b.last()).flatMap(v -> read(v)).allMatch(v -> v >= a.last());
    return alone && a.size() == b.size() && a.use().isTurn() == b.use().isTurn() && look(a).equals(look(b));
  }

  private IntStream read(int value) {
    return layer(value).inputs().stream().mapToInt(Integer::intValue);
  }

  /** What two groups that are alike have in common: calls, shapes, and how their layers read each other. */
  private String look(Group group) {
    return group.use().call() + IntStream.range(group.first(), group.first() + group.size()).mapToObj(v -> {
      int[] reads = read(v).map(r -> Math.max(r, group.first() - 1) - group.first()).toArray();
      return layer(v).call() + layer(v).computation().inputs() + layer(v).output() + layer(v).parameters() + Arrays.toString(reads);
    }).collect(Collectors.joining(";"));
  }
}
