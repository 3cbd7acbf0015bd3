package dev.lanewise.dsl.diagnostic;

import dev.lanewise.dsl.elsewhere.Table;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** "Did you mean": by the words of other libraries first, then by the fewest typing errors. */
public final class Suggestions {
  /** Nobody means a name by a longer one, and among more names too many are near. */
  private static final int LONGEST = 60;
  private static final int MOST = 2_000;

  private Suggestions() {}

  /** The nearest name in the place of a word; nothing where none is near. @param span of the word */
  public static Remedy remedy(Span span, String word, Collection<String> known) {
    return nearest(word, known).map(k -> Remedy.mean(span, k)).orElse(Remedy.NONE);
  }

  /** The same where there are few names: all of them where none is near. */
  public static Remedy among(Span span, String word, Collection<String> known) {
    return nearest(word, known).map(k -> Remedy.mean(span, k)).orElseGet(() -> Remedy.say("there is " + String.join(", ", known)));
  }

  public static Optional<String> nearest(String word, Collection<String> known) {
    // Full-width letters spell the same word.
    String narrow = Normalizer.normalize(word, Normalizer.Form.NFKC);
    if (!narrow.equals(word) && known.contains(narrow)) {
      return Optional.of(narrow);
    }
    String lower = word.toLowerCase(Locale.ROOT);
    Optional<String> elsewhere = Table.words(lower).stream().filter(known::contains).findFirst();
    if (elsewhere.isPresent()) {
      return elsewhere;
    }
    if (word.length() > LONGEST || known.size() > MOST) {
      return Optional.empty();
    }
    Optional<String> turned = known.stream().filter(k -> k.contains(".") && words(k).equals(words(lower))).findFirst();
    if (turned.isPresent()) {
      return turned;
    }
    return known.stream()
        .filter(k -> Math.abs(k.length() - lower.length()) <= LONGEST / 3 && distance(lower, k.toLowerCase(Locale.ROOT)) <= Math.max(1, Math.min(k.length(), lower.length()) / 3))
        .min(
            Comparator.<String>comparingInt(k -> distance(lower, k.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The words of a name, in an order that does not depend on theirs: {@code val.split} and {@code split_val} are {@code split.val}. */
  private static List<String> words(String name) {
    return Stream.of(name.toLowerCase(Locale.ROOT).split("[._-]")).sorted().toList();
  }

  /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
  public static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
