package dev.lanewise.runtime.data.format;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An array of words, {@code <U5} or {@code |S5}, as numbers: which of the different words, in their order, each is. */
final class NpyWords {
  /** More than anybody tells apart: texts that are no names. */
  private static final int MOST = 100_000;

  /** Numbers by their size, and before words, which go by the alphabet. */
  private static final Comparator<String> ORDER = Comparator.comparingDouble(NpyWords::size).thenComparing(Comparator.naturalOrder());

  private final NpyType type;
  private final MemorySegment data;
  private final Map<String, Integer> numbers = new HashMap<>();

  /** @param data the elements alone */
  NpyWords(NpyType type, MemorySegment data) {
    this.type = type;
    this.data = data;
  }

  private static double size(String word) {
    return word.matches("-?\\d{1,15}") ? Double.parseDouble(word) : Double.POSITIVE_INFINITY;
  }

  static int bytes(NpyType type) {
    return type.letters() * (type.isUnicode() ? 4 : 1);
  }

  /**
   * @param offset of the elements in the file
   * @throws IOException if there are too many different words
   */
  NumberArray array(String name, List<Integer> dims, boolean fortran, int count, long offset) throws IOException {
    int[] found = new int[count];
    for (int i = 0; i < count; i++) {
      found[i] = number(word(i));
      if (numbers.size() > MOST) {
        throw new IOException(name + ": offset " + offset + ": more than " + MOST + " different words: no names of classes");
      }
    }
    List<String> sorted = new ArrayList<>(numbers.keySet());
    sorted.sort(ORDER);
    int[] places = new int[sorted.size()];
    for (int i = 0; i < places.length; i++) {
      places[numbers.get(sorted.get(i))] = i;
    }
    for (int i = 0; i < count; i++) {
      found[i] = places[found[i]];
    }
    return new NumberArray(name, Element.I4, ByteOrder.nativeOrder(), dims, fortran, MemorySegment.ofArray(found), offset, sorted);
  }

  private int number(String word) {
    Integer known = numbers.putIfAbsent(word, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }

  /** Zeros at the end fill it up. */
  private String word(int index) {
    StringBuilder word = new StringBuilder();
    int step = type.isUnicode() ? 4 : 1;
    long at = (long) index * bytes(type);
    for (int i = 0; i < type.letters(); i++) {
      int letter = type.isUnicode()
          ? data.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(type.order()), at + (long) i * step)
          : data.get(ValueLayout.JAVA_BYTE, at + i) & 255;
      if (letter == 0) {
        break;
      }
      word.appendCodePoint(Character.isValidCodePoint(letter) ? letter : '?');
    }
    return word.toString();
  }
}
