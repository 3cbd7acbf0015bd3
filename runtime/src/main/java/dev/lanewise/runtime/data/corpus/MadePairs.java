package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.corpus.TextPairs.Pair;
import dev.lanewise.runtime.data.text.Characters;
import dev.lanewise.runtime.data.text.Vocabulary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Pairs of texts that the program makes, by characters, none of them twice: so none to test on is among those to learn from. Parts are those of {@link TextPairs}. */
public sealed interface MadePairs permits Sums, Dates, Numerals {
  /** Pairs to train on; a fifth as many are there to test on. */
  int count();

  /** All characters of what is given. */
  String sources();

  /** All characters of what is to be made of it. */
  String targets();

  /** Characters of the longest source. */
  int length();

  /** Characters of the longest target. */
  int longest();

  /** @param at the number of the draw: the same key and number, the same pair */
  Pair draw(long key, int at);

  /** How many pairs there are. */
  long all();

  /** Throws if more are wanted than nine in ten of those that there are: to draw others would take long. */
  default void check() {
    if (count() < 1 || count() > most()) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, "count must be between 1 and %,d: there are %,d pairs in all", most(), all()));
    }
  }

  /** How many there can be to train on. */
  default long most() {
    return Math.max(1, (long) (all() * 0.9 / 1.2) - 1);
  }

  private int tests() {
    return Math.max(1, count() / 5);
  }

  private Vocabulary from() {
    return Vocabulary.of(new Characters(), List.of(sources()), List.of(Vocabulary.PADDING, Vocabulary.UNKNOWN), 0, false);
  }

  private Vocabulary to() {
    return Vocabulary.of(new Characters(), List.of(targets()), List.of(Vocabulary.PADDING, Vocabulary.BEGIN, Vocabulary.END), 0, false);
  }

  /** The parts of an example. */
  default List<Field> fields() {
    return TextPairs.fields(from(), to(), length(), longest() + 1);
  }

  /** The same seed, the same pairs. */
  default DataSplit make(long seed) {
    List<Pair> pairs = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (int i = 0; pairs.size() < count() + tests(); i++) {
      Pair pair = draw(seed, i);
      if (known.add(pair.source())) {
        pairs.add(pair);
      }
    }
    Vocabulary from = from();
    Vocabulary to = to();
    return TextPairs.spoken(
        new DataSplit(
            "made", TextPairs.part(pairs.subList(0, count()), from, to, length(), longest() + 1), null, TextPairs.part(pairs.subList(count(), pairs.size()), from, to, length(), longest() + 1)),
        from, to);
  }
}
