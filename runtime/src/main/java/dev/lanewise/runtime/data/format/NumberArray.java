package dev.lanewise.runtime.data.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An array of numbers with a shape, in memory or in a file that is mapped into it. Its first axis counts examples.
 *
 * @param name of the file, and the place in it, for messages
 * @param fortran whether the first axis is the one that runs fastest
 * @param data the elements alone, from offset on of the file
 */
public record NumberArray(String name, Element element, ByteOrder order, List<Integer> dims, boolean fortran,
    MemorySegment data, long offset) {
  /** The smallest page that a machine has. */
  private static final int PAGE = 4096;

  public NumberArray {
    dims = List.copyOf(dims);
  }

  public int count() {
    return dims.getFirst();
  }

  /** Values of one example. */
  public int size() {
    int size = 1;
    for (int i = 1; i < dims.size(); i++) {
      size *= dims.get(i);
    }
    return size;
  }

  /** How many elements lie between neighbours along an axis. */
  public long step(int axis) {
    long step = 1;
    int from = fortran ? 0 : axis + 1;
    int to = fortran ? axis : dims.size();
    for (int i = from; i < to; i++) {
      step *= dims.get(i);
    }
    return step;
  }

  /** Reads a byte of each page that an example lies in, where the examples lie one after the other. */
  public long touch(int index) {
    long size = (long) size() * element.bytes();
    long begin = index * size;
    long sum = data.get(ValueLayout.JAVA_BYTE, begin + size - 1);
    for (long at = begin; at < begin + size; at += PAGE) {
      sum += data.get(ValueLayout.JAVA_BYTE, at);
    }
    return sum;
  }

  /** The element at a place counted in elements. */
  public double at(long place) {
    return element.at(data, order, place * element.bytes());
  }
}
