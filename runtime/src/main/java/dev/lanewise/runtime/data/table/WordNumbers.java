package dev.lanewise.runtime.data.table;

import dev.lanewise.runtime.data.format.TableFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Words in the order in which they were met, each with how often: found by the letters of a field, so that only a new word becomes a text. */
final class WordNumbers {
  private final List<String> words = new ArrayList<>();
  private char[][] letters = new char[16][];
  private int[] counts = new int[16];
  /** Open addressing: the number of a word plus 1, at its hash or behind it. */
  private int[] slots = new int[64];

  int size() {
    return words.size();
  }

  List<String> words() {
    return words;
  }

  /** The number of a word, which is counted; -1 if it is new. */
  int find(TableFields fields, int at) {
    int mask = slots.length - 1;
    for (int slot = hash(fields, at) & mask; slots[slot] != 0; slot = slot + 1 & mask) {
      int number = slots[slot] - 1;
      if (same(letters[number], fields, at)) {
        counts[number]++;
        return number;
      }
    }
    return -1;
  }

  /** Takes a new word up, and counts it. */
  int add(TableFields fields, int at) throws IOException {
    char[] own = new char[fields.length(at)];
    for (int i = 0; i < own.length; i++) {
      own[i] = fields.letter(at, i);
    }
    int number = add(fields.text(at), own);
    counts[number]++;
    return number;
  }

  /** Takes up a word of another table. @param bytes whether letters are bytes of UTF-8 */
  void add(String word, boolean bytes) {
    add(word, bytes ? new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1).toCharArray() : word.toCharArray());
  }

  private int add(String word, char[] own) {
    int number = words.size();
    words.add(word);
    if (number == letters.length) {
      letters = Arrays.copyOf(letters, 2 * number);
      counts = Arrays.copyOf(counts, 2 * number);
    }
    letters[number] = own;
    if (2 * words.size() > slots.length) {
      slots = new int[2 * slots.length];
      for (int n = 0; n < number; n++) {
        place(n);
      }
    }
    place(number);
    return number;
  }

  private void place(int number) {
    int mask = slots.length - 1;
    int slot = spread(Arrays.hashCode(letters[number])) & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = number + 1;
  }

  /** As {@link Arrays#hashCode(char[])}. */
  private static int hash(TableFields fields, int at) {
    int hash = 1;
    for (int i = 0; i < fields.length(at); i++) {
      hash = 31 * hash + fields.letter(at, i);
    }
    return spread(hash);
  }

  private static int spread(int hash) {
    return hash ^ hash >>> 15;
  }

  private static boolean same(char[] own, TableFields fields, int at) {
    if (own.length != fields.length(at)) {
      return false;
    }
    for (int i = 0; i < own.length; i++) {
      if (own[i] != fields.letter(at, i)) {
        return false;
      }
    }
    return true;
  }

  /** Numbers by their size, before words by the alphabet: by code point. */
  List<String> sorted() {
    record Valued(double number, String word) {}
    return words.stream().distinct().map(w -> new Valued(number(w), w))
        .sorted(Comparator.comparingDouble(Valued::number).thenComparing(Valued::word, WordNumbers::byCodePoint)).map(Valued::word).toList();
  }

  /** Signs beyond the first 65,536 stand behind these, which Java has them among. */
  private static int byCodePoint(String one, String other) {
    int at = 0;
    int end = Math.min(one.length(), other.length());
    while (at < end && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    boolean within = at > 0 && Character.isHighSurrogate(one.charAt(at - 1));
    return at == end ? one.length() - other.length() : Integer.compare(one.codePointAt(within ? at - 1 : at), other.codePointAt(within ? at - 1 : at));
  }

  private static double number(String word) {
    return word.matches("[-+]?[0-9]{1,30}(\\.[0-9]{1,30})?") ? Double.parseDouble(word) : Double.POSITIVE_INFINITY;
  }

  /** The most frequent word; of several, the first that was met. */
  String frequent() {
    int best = 0;
    for (int n = 1; n < words.size(); n++) {
      best = counts[n] > counts[best] ? n : best;
    }
    return words.get(best);
  }
}
