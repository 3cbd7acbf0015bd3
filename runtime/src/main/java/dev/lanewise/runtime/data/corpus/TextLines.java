package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Parts;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.source.OpenedData;
import dev.lanewise.runtime.data.text.Utf8;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lines of a file, each a text of its own: parts {@code text}, which begins with {@code <begin>}, and, to be learned, {@code next}, the same one token further, which ends with {@code <end>}.
 */
public final class TextLines {
  private static final List<String> MARKS = List.of(Vocabulary.PADDING, Vocabulary.BEGIN, Vocabulary.END);

  private TextLines() {}

  /**
   * @param test other lines, to test on
   * @throws IOException naming the file and the place
   */
  public static OpenedData read(Path file, Optional<Path> test, TextSettings settings) throws IOException {
    return of(file.toString(), lines(file), test.isPresent() ? lines(test.get()) : List.of(), settings);
  }

  private static List<String> lines(Path file) throws IOException {
    List<String> lines = Utf8.read(file).lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (lines.isEmpty()) {
      throw new IOException(file + ": the text is empty");
    }
    return lines;
  }

  /** @param tests lines to test on; none if they are to be set apart */
  public static OpenedData of(String name, List<String> lines, List<String> tests, TextSettings settings) throws IOException {
    List<String> marks = settings.most() > 0 ? List.of(Vocabulary.PADDING, Vocabulary.UNKNOWN, Vocabulary.BEGIN, Vocabulary.END) : MARKS;
    Vocabulary vocabulary = settings.vocabulary(lines, marks);
    for (String line : tests) {
      List<String> unknown = vocabulary.unknown(line);
      if (!unknown.isEmpty() && settings.most() == 0) {
        throw new IOException("a line to test on has what no line to learn from has: " + String.join(" ", unknown));
      }
    }
    List<int[]> tokens = lines.stream().map(l -> vocabulary.marked(l, true, false)).toList();
    int length = settings.length() == 0 ? PaddedTexts.longest(tokens) : settings.length();
    int cut = PaddedTexts.cut(tokens, length);
    DataSplit split = new DataSplit("lines", part(lines, vocabulary, length), null, tests.isEmpty() ? null : part(tests, vocabulary, length)).inParts(Set.of());
    return new OpenedTexts(split.spoken(Map.of("text", vocabulary, "next", vocabulary)), cut == 0 ? List.of() : List.of(cut + " of " + lines.size() + " lines cut to " + length));
  }

  private static Dataset part(List<String> lines, Vocabulary vocabulary, int length) {
    Dataset text = PaddedTexts.of(lines.stream().map(l -> vocabulary.marked(l, true, false)).toList(), length);
    Dataset next = PaddedTexts.of(lines.stream().map(l -> vocabulary.marked(l, false, true)).toList(), length);
    Shape shape = Shape.of(length);
    List<Field> fields = List.of(new Field("text", shape, vocabulary.size(), true), new Field("next", shape, vocabulary.size(), true));
    return new Parts(new Paired(text, next, Target.classes(shape, vocabulary.size())), fields, List.of());
  }
}
