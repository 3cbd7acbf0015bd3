package dev.lanewise.runtime.data.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An array of numbers with a shape, in memory or in a file that is mapped into it. Its first axis counts examples.
 *
 * @param name of the file, and the place in it, for messages
 * @param fortran whether the first axis is the one that runs fastest
 * @param data the elements alone, from offset on of the file
 * @param words what whole numbers from 0 on stand for, where the file has words; otherwise empty
 */
public record NumberArray(String name, Element element, ByteOrder order, List<Integer> dims, boolean fortran,
    MemorySegment data, long offset, List<String> words) {
  /** The smallest page that a machine has. */
  private static final int PAGE = 4096;

  public NumberArray {
    dims = List.copyOf(dims);
    words = List.copyOf(words);
  }

  /** Of numbers that are no more than that. */
  public NumberArray(String name, Element element, ByteOrder order, List<Integer> dims, boolean fortran, MemorySegment data, long offset) {
    this(name, element, order, dims, fortran, data, offset, List.of());
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

  /**
   * Where each value of an example lies behind the example's first, counted in {@link #unit}s.
   *
   * @param axes from 1 on, in the order in which an example is to have them
   * @return null where the values lie in that order, one after the other
   */
  public int[] places(int... axes) {
    if (!fortran && IntStream.range(0, axes.length).allMatch(i -> axes[i] == i + 1)) {
      return null;
    }
    int[] places = new int[size()];
    for (int i = 0; i < places.length; i++) {
      int rest = i;
      long place = 0;
      for (int k = axes.length - 1; k >= 0; k--) {
        place += rest % dims.get(axes[k]) * step(axes[k]);
        rest /= dims.get(axes[k]);
      }
      places[i] = (int) (place / unit());
    }
    return places;
  }

  /** In Fortran's order the values of an example lie far apart: a multiple of the count of examples. */
  public long unit() {
    return fortran ? count() : 1;
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
