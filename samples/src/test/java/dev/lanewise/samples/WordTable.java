package dev.lanewise.samples;

import dev.lanewise.runtime.data.text.Words;
import dev.lanewise.runtime.score.Bleu;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a network that translates has to beat: a table of words. Each word of the source becomes the one to four signs in a row of the other language that most often are there where it is, and are not
 * where it is not: the largest {@code 2 n(word, signs) / (n(word) + n(signs))}. Words stay in their order; one whose best signs are below a threshold has none.
 */
final class WordTable {
  /** A text and what is to be made of it. */
  record Pair(String source, String target) {}

  private static final int LONGEST = 4;
  private static final Words WORDS = new Words();

  /** @param share how well they go together */
  private record Meaning(List<String> signs, double share) {}

  private final Map<String, Meaning> table = new HashMap<>();

  WordTable(List<Pair> pairs) {
    Map<String, Integer> words = new HashMap<>();
    Map<List<String>, Integer> grams = new HashMap<>();
    Map<String, Map<List<String>, Integer>> both = new HashMap<>();
    for (Pair pair : pairs) {
      Set<List<String>> there = grams(cut(pair.target));
      there.forEach(g -> grams.merge(g, 1, Integer::sum));
      for (String word : new HashSet<>(cut(pair.source))) {
        words.merge(word, 1, Integer::sum);
        Map<List<String>, Integer> beside = both.computeIfAbsent(word, _ -> new HashMap<>());
        there.forEach(g -> beside.merge(g, 1, Integer::sum));
      }
    }
    both.forEach((word, beside) -> {
      Meaning best = new Meaning(List.of(), 0);
      for (Map.Entry<List<String>, Integer> e : beside.entrySet()) {
        double share = 2.0 * e.getValue() / (words.get(word) + grams.get(e.getKey()));
        // Of two that are equally good the longer one: it has the other in it.
        if (share > best.share || share == best.share && e.getKey().size() > best.signs.size()) {
          best = new Meaning(List.copyOf(e.getKey()), share);
        }
      }
      table.put(word, best);
    });
  }

  private static Set<List<String>> grams(List<String> pieces) {
    Set<List<String>> grams = new HashSet<>();
    for (int i = 0; i < pieces.size(); i++) {
      for (int n = 1; n <= LONGEST && i + n <= pieces.size(); n++) {
        grams.add(pieces.subList(i, i + n));
      }
    }
    return grams;
  }

  static List<String> cut(String text) {
    return WORDS.pieces(text.toLowerCase(Locale.ROOT));
  }

  /** @param least below which a word has no signs */
  List<String> translated(String source, double least) {
    List<String> signs = new ArrayList<>();
    for (String word : cut(source)) {
      Meaning meaning = table.get(word);
      if (meaning != null && meaning.share >= least) {
        signs.addAll(meaning.signs);
      }
    }
    return signs;
  }

  /** Each source once, with all that is right for it. */
  double bleu(List<Pair> tests, double least) {
    Map<String, List<List<String>>> right = new LinkedHashMap<>();
    tests.forEach(t -> right.computeIfAbsent(t.source, _ -> new ArrayList<>()).add(cut(t.target)));
    Bleu bleu = new Bleu();
    right.forEach((source, references) -> bleu.add(translated(source, least), references));
    return bleu.score();
  }
}
