package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.Labels;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The classes that labels stand for: whole numbers from 0 on, or from 1 on, or names.
 *
 * @param first label of the first class: 0, or 1
 * @param names what they are called; empty where that is the label itself, from 0 on
 */
record Classes(int first, int count, List<String> names) {
  Classes {
    names = List.copyOf(names);
  }

  /** Of labels between the two. From 1 on they are a count of their own, as EMNIST's letters are; then their numbers are their names. */
  static Classes between(int least, int most) {
    int first = least == 1 && most > 1 ? 1 : 0;
    List<String> names = first == 0 ? List.of() : IntStream.rangeClosed(1, most).mapToObj(Integer::toString).toList();
    return new Classes(first, most + 1 - first, names);
  }

  static Classes named(List<String> names) {
    return new Classes(0, names.size(), names);
  }

  /** The same with names; those that are too many are left out. @param all from the first class on */
  Classes called(List<String> all) {
    return all.size() < count ? this : new Classes(first, count, all.subList(0, count));
  }

  boolean has(double label) {
    return label >= first && label < first + count;
  }

  /** {@code 0 to 9}. */
  String range() {
    return first + " to " + (first + count - 1);
  }

  /** @param values that are all among the classes */
  Labels labels(int[] values) {
    return new Labels(IntStream.of(values).map(v -> v - first).toArray(), count);
  }
}
