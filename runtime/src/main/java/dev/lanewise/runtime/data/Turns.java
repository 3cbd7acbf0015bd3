package dev.lanewise.runtime.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A few examples of many, so that each class has its share: the first ones, or, where these lack a class, as in a file that is sorted, the
 * first of each class, the second of each, and so on. Their order stays.
 */
final class Turns {
  private Turns() {}

  static int[] chosen(Dataset data, int count) {
    int[] first = IntStream.range(0, Math.min(count, data.size())).toArray();
    return count >= data.size() || data.classes() == 0 || lacking(data, count).length == 0 ? first : inTurns(data, count);
  }

  /** Classes of which there are examples, but none among the first ones. */
  static int[] lacking(Dataset data, int count) {
    boolean[] there = new boolean[data.classes()];
    boolean[] among = new boolean[data.classes()];
    for (int i = 0; i < data.size() && there.length > 0; i++) {
      there[data.label(i)] = true;
      among[data.label(i)] |= i < count;
    }
    return IntStream.range(0, there.length).filter(c -> there[c] && !among[c]).toArray();
  }

  /** The first few of each class, in the order of the examples. */
  static int[] ofEach(Dataset data, int count) {
    int[] seen = new int[data.classes()];
    return IntStream.range(0, data.size()).filter(i -> seen[data.label(i)]++ < count).toArray();
  }

  private static int[] inTurns(Dataset data, int count) {
    int[] turns = new int[data.size()];
    int[] seen = new int[data.classes()];
    Arrays.setAll(turns, i -> seen[data.label(i)]++);
    int[] ofTurn = new int[data.size()];
    for (int turn : turns) {
      ofTurn[turn]++;
    }
    int last = 0;
    int left = count;
    while (left > ofTurn[last]) {
      left -= ofTurn[last++];
    }
    // All of the turns before the last, and as many of that as are left.
    int[] chosen = new int[count];
    int at = 0;
    for (int i = 0; i < turns.length; i++) {
      if (turns[i] < last || turns[i] == last && left-- > 0) {
        chosen[at++] = i;
      }
    }
    return chosen;
  }
}
