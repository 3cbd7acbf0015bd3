package dev.lanewise.runtime.tensor;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Gives buffers their places in an arena: one after the other, each the lowest place that is free for as long as it is in use. What is free
 * is kept as a list of holes; so the time grows with the number of buffers and of holes at a time, not with the pairs of buffers.
 */
public final class FirstFit {
  /** The length of each hole by its place; behind the last one, which has no end, nothing lies. */
  private final TreeMap<Integer, Integer> holes = new TreeMap<>(Map.of(Memory.BASE, Integer.MAX_VALUE - Memory.BASE));
  private final PriorityQueue<Buffer> inUse = new PriorityQueue<>(Comparator.comparingInt((Buffer b) -> b.last));

  private FirstFit() {}

  /**
   * Places all.
   *
   * @param buffers in the order of their first use
   * @return the end of the arena
   * @throws ArithmeticException if an array cannot be as long
   */
  public static int place(List<Buffer> buffers) {
    FirstFit fit = new FirstFit();
    int end = 0;
    for (Buffer buffer : buffers) {
      fit.freeBefore(buffer.first);
      fit.put(buffer);
      end = Math.max(end, buffer.end());
    }
    return end;
  }

  private void freeBefore(int step) {
    while (!inUse.isEmpty() && inUse.peek().last < step) {
      free(inUse.remove());
    }
  }

  private void free(Buffer buffer) {
    int from = buffer.offset;
    int length = buffer.size;
    Map.Entry<Integer, Integer> below = holes.floorEntry(from);
    if (below != null && below.getKey() + below.getValue() == from) {
      from = below.getKey();
      length += below.getValue();
    }
    Integer above = holes.remove(buffer.end());
    holes.put(from, above == null ? length : length + above);
  }

  private void put(Buffer buffer) {
    for (Map.Entry<Integer, Integer> hole : holes.entrySet()) {
      int place = hole.getKey();
      int left = hole.getValue() - buffer.size;
      if (left >= 0) {
        buffer.offset = place;
        holes.remove(place);
        if (left > 0) {
          holes.put(buffer.end(), left);
        }
        inUse.add(buffer);
        return;
      }
    }
    throw new ArithmeticException("integer overflow");
  }
}
