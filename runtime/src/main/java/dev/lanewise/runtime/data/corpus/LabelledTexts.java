package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Parts;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.source.OpenedData;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Texts with a class each, from columns of tables: parts {@code text} and, to be learned, {@code label}, or as its column is called. */
public final class LabelledTexts {
  private static final List<String> MARKS = List.of(Vocabulary.PADDING, Vocabulary.UNKNOWN);

  /** A text and its class. */
  public record Labelled(String text, String label) {}

  private LabelledTexts() {}

  /**
   * @param files several of one form, one after the other
   * @param test another one, to test on
   * @param text its column: a name, or a number from 1
   * @param label that of the classes
   * @throws IOException naming file, line and column
   */
  public static OpenedData read(List<Path> files, Optional<Path> test, String text, String label, TextSettings settings) throws IOException {
    List<Labelled> all = new ArrayList<>();
    for (Path file : files) {
      all.addAll(rows(file, text, label));
    }
    List<Labelled> tests = test.isPresent() ? rows(test.get(), text, label) : List.of();
    return of(all, tests, TextTable.isNumber(label) ? "label" : Field.named(label), settings);
  }

  private static List<Labelled> rows(Path file, String text, String label) throws IOException {
    List<Labelled> rows = new ArrayList<>();
    for (TextTable.Row row : TextTable.read(file, List.of(text, label))) {
      if (row.cells().getFirst().isBlank()) {
        throw new IOException(file + ", line " + row.line() + ": the text is empty");
      }
      if (row.cells().getLast().isBlank()) {
        throw new IOException(file + ", line " + row.line() + ": the text has no label");
      }
      rows.add(new Labelled(row.cells().getFirst().strip(), row.cells().getLast().strip()));
    }
    return rows;
  }

  /** @param tests to test on; none if they are to be set apart */
  public static OpenedData of(List<Labelled> all, List<Labelled> tests, String label, TextSettings settings) throws IOException {
    Vocabulary vocabulary = settings.vocabulary(all.stream().map(Labelled::text).toList(), MARKS);
    List<String> classes = TextTable.kinds(all.stream().map(Labelled::label).toList());
    if (classes.size() < 2) {
      throw new IOException("all texts have the label `" + classes.getFirst() + "`: there is nothing to tell apart");
    }
    List<int[]> tokens = all.stream().map(l -> vocabulary.tokens(l.text)).toList();
    int length = settings.length() == 0 ? PaddedTexts.longest(tokens) : settings.length();
    for (Labelled l : tests) {
      if (!classes.contains(l.label)) {
        throw new IOException("the label `" + l.label + "` is in the texts to test on alone: nothing could be learned of it");
      }
    }
    List<String> notes = new ArrayList<>();
    if (PaddedTexts.cut(tokens, length) > 0) {
      notes.add(PaddedTexts.cut(tokens, length) + " of " + tokens.size() + " texts cut to " + length);
    }
    Dataset train = part(all, vocabulary, classes, label, length);
    DataSplit split = new DataSplit("texts", train, null, tests.isEmpty() ? null : part(tests, vocabulary, classes, label, length)).inParts(Set.of()).classesNamed(classes);
    return new OpenedTexts(split.spoken(Map.of("text", vocabulary)), notes);
  }

  private static Dataset part(List<Labelled> texts, Vocabulary vocabulary, List<String> classes, String label, int length) {
    float[][] tokens = texts.stream().map(l -> vocabulary.padded(l.text, length)).toArray(float[][]::new);
    Points points = new Points(Shape.of(length), tokens, texts.stream().mapToInt(l -> classes.indexOf(l.label)).toArray(), classes.size());
    List<Field> fields = List.of(new Field("text", Shape.of(length), vocabulary.size(), true), new Field(label.equals("text") ? "label" : label, Shape.of(1), classes.size()));
    return new Parts(points, fields, List.of());
  }
}
