package dev.lanewise.runtime.data.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learns byte pairs from a text (Sennrich et al. 2016): again and again the most frequent pair of neighbours becomes one piece. Of equally frequent pairs that of the earlier
 * pieces comes first, so a text has one result. Only the words with a pair are looked at when it is put together.
 */
final class PairLearning {
  private static final Pattern WORDS = Pattern.compile(BytePairs.WORDS, Pattern.UNICODE_CHARACTER_CLASS);

  /** @param count as it was when this was noted: an older one is passed over */
  private record Candidate(long pair, long count) {}

  private final List<String> pieces = new ArrayList<>(Bytes.all());
  private final List<int[]> words = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private final Map<Long, Long> frequency = new HashMap<>();
  private final Map<Long, Set<Integer>> where = new HashMap<>();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>(Comparator.comparingLong((Candidate c) -> -c.count).thenComparingLong(c -> c.pair));

  private PairLearning(Map<String, Long> counted) {
    counted.forEach((word, count) -> {
      String signs = Bytes.signs(word);
      words.add(signs.chars().map(c -> pieces.indexOf(String.valueOf((char) c))).toArray());
      counts.add(count);
    });
  }

  /** How often each word stands in a text. */
  static void count(String text, Map<String, Long> into) {
    Matcher matcher = WORDS.matcher(text);
    while (matcher.find()) {
      into.merge(matcher.group(), 1L, Long::sum);
    }
  }

  /**
   * @param counted how often words stand in the text
   * @param merges at most
   */
  static List<BytePairs.Merge> learn(Map<String, Long> counted, int merges) {
    PairLearning learning = new PairLearning(counted);
    for (int w = 0; w < learning.words.size(); w++) {
      learning.note(w, 1);
    }
    learning.frequency.forEach((pair, count) -> learning.queue.add(new Candidate(pair, count)));
    List<BytePairs.Merge> learned = new ArrayList<>();
    Set<String> known = new HashSet<>(learning.pieces);
    while (learned.size() < merges && !learning.queue.isEmpty()) {
      Candidate best = learning.queue.poll();
      // A pair that stands once is no more than a word of the text.
      if (best.count < 2) {
        break;
      }
      if (learning.frequency.getOrDefault(best.pair, 0L) == best.count) {
        BytePairs.Merge merge = new BytePairs.Merge(learning.pieces.get(left(best.pair)), learning.pieces.get(right(best.pair)));
        if (known.add(merge.both())) {
          learned.add(merge);
          learning.merge(best.pair);
        } else {
          learning.frequency.remove(best.pair);
        }
      }
    }
    return learned;
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  private static int left(long pair) {
    return (int) (pair >>> 32);
  }

  private static int right(long pair) {
    return (int) pair;
  }

  /** Adds the pairs of a word to what is counted, or takes them off. */
  private void note(int word, int sign) {
    int[] own = words.get(word);
    for (int i = 0; i + 1 < own.length; i++) {
      long pair = pair(own[i], own[i + 1]);
      frequency.merge(pair, sign * counts.get(word), Long::sum);
      if (sign > 0) {
        where.computeIfAbsent(pair, _ -> new HashSet<>()).add(word);
      }
    }
  }

  private void merge(long pair) {
    int piece = pieces.size();
    pieces.add(pieces.get(left(pair)) + pieces.get(right(pair)));
    Set<Long> changed = new HashSet<>();
    for (int word : where.remove(pair)) {
      note(word, -1);
      int[] own = words.get(word);
      changed.addAll(pairs(own));
      int[] merged = new int[own.length];
      int length = 0;
      for (int i = 0; i < own.length; i++) {
        boolean both = i + 1 < own.length && own[i] == left(pair) && own[i + 1] == right(pair);
        merged[length++] = both ? piece : own[i];
        i += both ? 1 : 0;
      }
      words.set(word, Arrays.copyOf(merged, length));
      note(word, 1);
      changed.addAll(pairs(words.get(word)));
    }
    frequency.remove(pair);
    changed.remove(pair);
    changed.forEach(p -> queue.add(new Candidate(p, frequency.getOrDefault(p, 0L))));
  }

  private static Set<Long> pairs(int[] word) {
    Set<Long> pairs = new HashSet<>();
    for (int i = 0; i + 1 < word.length; i++) {
      pairs.add(pair(word[i], word[i + 1]));
    }
    return pairs;
  }
}
