package dev.lanewise.dsl.diagnostic;

import dev.lanewise.dsl.elsewhere.Table;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** "Did you mean": by the words of other libraries first, then by the fewest typing errors. */
public final class Suggestions {
  /** Nobody means a name by a longer one, and among more names too many are near. */
  private static final int LONGEST = 60;
  private static final int MOST = 2_000;
  /** Words of fewer letters are soon like another one, those of more have room for two errors. */
  private static final int SHORT = 4;
  private static final int LONG = 8;

  private Suggestions() {}

  /** @param certain whether hardly anything else can be meant */
  private record Near(String name, boolean certain) {}

  /** The nearest name in the place of a word; nothing where none is near. @param span of the word */
  public static Remedy remedy(Span span, String word, Collection<String> known) {
    return mean(span, word, known).orElse(Remedy.NONE);
  }

  /** The same where there are few names: all of them where none is near. */
  public static Remedy among(Span span, String word, Collection<String> known) {
    return mean(span, word, known).orElseGet(() -> Remedy.say("there is " + String.join(", ", known)));
  }

  /** The nearest name in the place of a word: certain where hardly another can be meant. */
  public static Optional<Remedy> mean(Span span, String word, Collection<String> known) {
    return mean(span, word, known, k -> k);
  }

  /** @param written how the name is written in the place of the span */
  public static Optional<Remedy> mean(Span span, String word, Collection<String> known, UnaryOperator<String> written) {
    return near(word, known).map(n -> {
      String text = written.apply(n.name);
      boolean other = instead(word, known).filter(n.name::equals).isPresent();
      Remedy remedy = Remedy.of(other ? "there is no `" + word + "` here: `" + text + "` comes nearest" : "did you mean `" + text + "`?", new Edit(span, text));
      return n.certain ? remedy : remedy.perhaps();
    });
  }

  public static Optional<String> nearest(String word, Collection<String> known) {
    return near(word, known).map(Near::name);
  }

  private static Optional<String> instead(String word, Collection<String> known) {
    return Table.instead(word).stream().filter(known::contains).findFirst();
  }

  private static Optional<Near> near(String word, Collection<String> known) {
    Optional<Near> same = same(word, known).map(k -> new Near(k, true));
    return same.isPresent() ? same : instead(word, known).map(k -> new Near(k, false)).or(() -> mistyped(word, known));
  }

  /** The same name in other signs, or in the words of another library. */
  private static Optional<String> same(String word, Collection<String> known) {
    // Full-width letters spell the same word.
    String narrow = Normalizer.normalize(word, Normalizer.Form.NFKC);
    if (!narrow.equals(word) && known.contains(narrow)) {
      return Optional.of(narrow);
    }
    String lower = word.toLowerCase(Locale.ROOT);
    return Table.words(lower).stream().filter(known::contains).findFirst()
        .or(() -> known.size() > MOST ? Optional.empty() : known.stream().filter(k -> k.contains(".") && words(k).equals(words(lower))).findFirst());
  }

  private static Optional<Near> mistyped(String word, Collection<String> known) {
    if (word.length() > LONGEST || known.size() > MOST) {
      return Optional.empty();
    }
    String lower = word.toLowerCase(Locale.ROOT);
    ToIntFunction<String> errors = k -> distance(lower, k.toLowerCase(Locale.ROOT));
    List<String> near = known.stream().distinct()
        .filter(k -> Math.abs(k.length() - lower.length()) <= LONGEST / 3 && errors.applyAsInt(k) <= most(lower, k))
        .sorted(Comparator.comparingInt(errors).thenComparing(Comparator.naturalOrder())).toList();
    if (near.isEmpty()) {
      return Optional.empty();
    }
    String first = near.getFirst();
    int least = errors.applyAsInt(first);
    boolean alone = near.stream().filter(k -> errors.applyAsInt(k) == least).count() == 1;
    boolean surely = least == 0 || plain(word).equals(plain(first)) || least <= (lower.length() < LONG ? 1 : 2) && lower.length() >= SHORT && digits(lower).equals(digits(first));
    return Optional.of(new Near(first, alone && surely));
  }

  /** How many typing errors may be in a name: a letter alone is no other one. */
  private static int most(String word, String name) {
    int shorter = Math.min(word.length(), name.length());
    return plain(word).equals(plain(name)) ? LONGEST : shorter < 2 ? 0 : Math.max(1, shorter / 3);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
  }

  private static String digits(String name) {
    return name.replaceAll("[^0-9]", "");
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
