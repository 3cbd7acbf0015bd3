package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Parts;
import dev.lanewise.runtime.data.Related;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.source.OpenedData;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Two texts each, of which one is to be made of the other, as a translation: parts {@code source}; {@code target}, which begins with {@code <begin>} and is what a decoder is given; and, to be
 * learned, {@code next}, the same one token further, which ends with {@code <end>}. Both languages have a vocabulary of their own. Pairs with one source stay on one side of a split.
 *
 * <pre>{@code
 * source   I am here .
 * target   <begin> 我 在 这 里 。
 * next     我 在 这 里 。 <end>
 * }</pre>
 */
public final class TextPairs {
  private static final List<String> SOURCE_MARKS = List.of(Vocabulary.PADDING, Vocabulary.UNKNOWN);
  private static final List<String> TARGET_MARKS = List.of(Vocabulary.PADDING, Vocabulary.UNKNOWN, Vocabulary.BEGIN, Vocabulary.END);
  static final String SOURCE = "source";
  static final String TARGET = "target";
  static final String NEXT = "next";

  /** A text and what is to be made of it. */
  public record Pair(String source, String target) {}

  private TextPairs() {}

  /**
   * @param source its column: a name, or a number from 1
   * @param target that of what is to be made of it
   * @throws IOException naming file, line and column
   */
  public static OpenedData read(Path file, Optional<Path> test, String source, String target, TextSettings settings) throws IOException {
    List<Pair> all = rows(file, source, target);
    List<Pair> tests = test.isPresent() ? rows(test.get(), source, target) : List.of();
    Vocabulary from = settings.vocabulary(all.stream().map(Pair::source).toList(), SOURCE_MARKS);
    Vocabulary to = settings.vocabulary(all.stream().map(Pair::target).toList(), TARGET_MARKS);
    List<int[]> sources = all.stream().map(p -> from.tokens(p.source)).toList();
    List<int[]> targets = all.stream().map(p -> to.marked(p.target, true, false)).toList();
    int length = settings.length() == 0 ? Math.max(PaddedTexts.longest(sources), PaddedTexts.longest(targets)) : settings.length();
    long cut = IntStream.range(0, all.size()).filter(i -> sources.get(i).length > length || targets.get(i).length > length).count();
    DataSplit split = new DataSplit("pairs", part(all, from, to, length, length), null, tests.isEmpty() ? null : part(tests, from, to, length, length));
    return new OpenedTexts(spoken(split, from, to), cut == 0 ? List.of() : List.of(cut + " of " + all.size() + " pairs cut to " + length));
  }

  private static List<Pair> rows(Path file, String source, String target) throws IOException {
    List<Pair> rows = new ArrayList<>();
    for (TextTable.Row row : TextTable.read(file, List.of(source, target))) {
      if (row.cells().stream().anyMatch(String::isBlank)) {
        throw new IOException(file + ", line " + row.line() + ": the text is empty");
      }
      rows.add(new Pair(row.cells().getFirst().strip(), row.cells().getLast().strip()));
    }
    return rows;
  }

  static DataSplit spoken(DataSplit split, Vocabulary from, Vocabulary to) {
    return split.inParts(Set.of()).spoken(Map.of(SOURCE, from, TARGET, to, NEXT, to));
  }

  static List<Field> fields(Vocabulary from, Vocabulary to, int length, int longest) {
    return List.of(
        new Field(SOURCE, Shape.of(length), from.size(), true), new Field(NEXT, Shape.of(longest), to.size(), true), new Field(TARGET, Shape.of(longest), to.size(), true));
  }

  /** @param length of a source @param longest of a target */
  static Dataset part(List<Pair> pairs, Vocabulary from, Vocabulary to, int length, int longest) {
    Dataset source = PaddedTexts.of(pairs.stream().map(p -> from.tokens(p.source)).toList(), length);
    Dataset target = PaddedTexts.of(pairs.stream().map(p -> to.marked(p.target, true, false)).toList(), longest);
    Dataset next = PaddedTexts.of(pairs.stream().map(p -> to.marked(p.target, false, true)).toList(), longest);
    Map<String, Integer> kinds = new HashMap<>();
    int[] groups = pairs.stream().mapToInt(p -> kinds.computeIfAbsent(p.source, _ -> kinds.size())).toArray();
    return new Related(new Parts(new Paired(source, next, Target.classes(Shape.of(longest), to.size())), fields(from, to, length, longest), List.of(target)), groups);
  }
}
