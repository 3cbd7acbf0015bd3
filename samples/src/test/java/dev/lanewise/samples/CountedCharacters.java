package dev.lanewise.samples;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a network that writes lines has to beat: counting which character follows the last ones, smoothed by Kneser and Ney, interpolated, with a discount for each length.
 *
 * <pre>{@code p(c | h) = (n(h c) - d) / n(h) + d · kinds(h) / n(h) · p(c | h without its first) }</pre>
 *
 * where shorter histories count in how many ways they are gone before by a character, in place of how often they occur, d = n1 / (n1 + 2 n2), and below the shortest all characters are equally likely.
 */
final class CountedCharacters {
  /** What followed a history. */
  private static final class Followers {
    private final Map<String, Integer> counts = new HashMap<>();
    private long all;
  }

  private static final String BEGIN = "\u0001";
  private static final String END = "\u0002";

  private final int longest;
  private final int characters;
  /** By the length of the history. */
  private final List<Map<String, Followers>> tables;
  private final double[] discounts;

  /**
   * @param longest characters that are counted together, the last one included
   * @param characters how many there are, with the end of a line
   */
  CountedCharacters(List<String> lines, int longest, int characters) {
    this.longest = longest;
    this.characters = characters;
    tables = IntStream.range(0, longest).mapToObj(_ -> (Map<String, Followers>) new HashMap<String, Followers>()).toList();
    for (String line : lines) {
      List<String> signs = signs(line);
      for (int i = longest - 1; i < signs.size(); i++) {
        count(signs, i);
      }
    }
    discounts = tables.stream().mapToDouble(CountedCharacters::discount).toArray();
  }

  /** A history that is shorter counts only what is new one character before. */
  private void count(List<String> signs, int at) {
    for (int length = longest - 1; length >= 0; length--) {
      Followers followers = tables.get(length).computeIfAbsent(history(signs, at, length), _ -> new Followers());
      followers.all++;
      if (followers.counts.merge(signs.get(at), 1, Integer::sum) > 1) {
        return;
      }
    }
  }

  private static double discount(Map<String, Followers> table) {
    double once = table.values().stream().flatMap(f -> f.counts.values().stream()).filter(n -> n == 1).count();
    double twice = table.values().stream().flatMap(f -> f.counts.values().stream()).filter(n -> n == 2).count();
    return once == 0 ? 0.5 : once / (once + 2 * twice);
  }

  private List<String> signs(String line) {
    List<String> signs = new java.util.ArrayList<>(java.util.Collections.nCopies(longest - 1, BEGIN));
    line.codePoints().mapToObj(Character::toString).forEach(signs::add);
    signs.add(END);
    return signs;
  }

  private static String history(List<String> signs, int at, int length) {
    return String.join("", signs.subList(at - length, at));
  }

  private double share(List<String> signs, int at, int length) {
    if (length < 0) {
      return 1.0 / characters;
    }
    double shorter = share(signs, at, length - 1);
    Followers followers = tables.get(length).get(history(signs, at, length));
    if (followers == null) {
      return shorter;
    }
    double d = discounts[length];
    double own = Math.max(0, followers.counts.getOrDefault(signs.get(at), 0) - d);
    return (own + d * followers.counts.size() * shorter) / followers.all;
  }

  /** As a network's: the mean over the characters of a line and its end, of that the mean over lines. */
  double loss(List<String> lines) {
    return lines.stream().map(this::signs)
        .mapToDouble(s -> IntStream.range(longest - 1, s.size()).mapToDouble(i -> -Math.log(share(s, i, longest - 1))).average().orElseThrow())
        .average().orElseThrow();
  }
}
