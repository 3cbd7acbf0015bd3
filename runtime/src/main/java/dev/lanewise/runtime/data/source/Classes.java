package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.Labels;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The classes that labels stand for: whole numbers from 0 on, or from 1 on, or names.
 *
 * @param first label of the first class: 0, or 1
 * @param names what they are called: where they have no names, by their labels
 */
record Classes(int first, List<String> names) {
  Classes {
    names = List.copyOf(names);
  }

  /** Of labels between the two. Where none is 0, they count from 1 on, as EMNIST's letters do. */
  static Classes between(int least, int most) {
    int first = least == 1 && most > 1 ? 1 : 0;
    return new Classes(first, IntStream.rangeClosed(first, most).mapToObj(Integer::toString).toList());
  }

  static Classes named(List<String> names) {
    return new Classes(0, names);
  }

  /** The same with names, if there are enough; those that are too many are left out. @param all from the first class on */
  Classes called(List<String> all) {
    return all.size() < count() ? this : new Classes(first, all.subList(0, count()));
  }

  int count() {
    return names.size();
  }

  boolean has(int label) {
    return label >= first && label < first + count();
  }

  /** {@code 0 to 9}. */
  String range() {
    return first + " to " + (first + count() - 1);
  }

  /** @param values that are all among the classes */
  Labels labels(int[] values) {
    return new Labels(IntStream.of(values).map(v -> v - first).toArray(), count());
  }
}
