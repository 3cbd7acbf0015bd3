package dev.lanewise.dsl.check.data;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.meaning.CheckedData.Origin;
import dev.lanewise.dsl.meaning.Places;
import dev.lanewise.runtime.data.corpus.Dates;
import dev.lanewise.runtime.data.corpus.LabelledTexts;
import dev.lanewise.runtime.data.corpus.LongText;
import dev.lanewise.runtime.data.corpus.MadePairs;
import dev.lanewise.runtime.data.corpus.MadeTexts;
import dev.lanewise.runtime.data.corpus.Numerals;
import dev.lanewise.runtime.data.corpus.Sums;
import dev.lanewise.runtime.data.corpus.TextLines;
import dev.lanewise.runtime.data.corpus.TextPairs;
import dev.lanewise.runtime.data.corpus.TextSettings;
import dev.lanewise.runtime.data.source.OpenedData;
import dev.lanewise.runtime.data.text.Bytes;
import dev.lanewise.runtime.data.text.Characters;
import dev.lanewise.runtime.data.text.Cutting;
import dev.lanewise.runtime.data.text.Words;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Argument.Type;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/** Data of texts: from files of the user, and made. */
final class TextSources {
  /** Made pairs, unless it is said. */
  private static final int COUNT = 20_000;
  private static final Argument LOWER = optional("lower", Type.FLAG, false, "whether texts are turned into small letters");
  private static final Argument VOCABULARY = optional("vocabulary", Type.INTEGER, 0, "different tokens at most: the most frequent ones, all others are `<unknown>`; 0 keeps all");
  private static final Argument TEST = optional("test", Type.TEXT, "", "another file, to test on");

  private static final Signature TEXT = Signature.of(
      "text", "a long text in windows, in parts: text, and, to be learned, next, the same one token further",
      optional("file", Type.TEXT, "", "its name; without it, little stories that the program makes"), optional("length", Type.INTEGER, 64, "tokens of an example"),
      optional("by", Type.CUT, "character", "what it is cut by: character, word, byte, bpe(1_000), or the name of a tokenizer.json of Hugging Face"),
      optional("stride", Type.INTEGER, 0, "tokens from one example to the next; 0 means length"), LOWER, VOCABULARY, TEST);

  private static final Signature LINES = Signature.of(
      "lines", "the lines of a file, each a text of its own, in parts: text, which begins with `<begin>`, and, to be learned, next, which ends with `<end>`",
      optional("file", Type.TEXT, "", "its name; without it, names that the program makes"), length("line"), by("character"), LOWER, VOCABULARY, TEST);

  private static final Signature TEXTS = Signature.of(
      "texts", "texts with a class each, from a table, in parts: text, and, to be learned, label",
      optional("file", Type.NAMES, List.of(), "its name, or a list of files of one form; without it, what guests say, made by the program"),
      optional("text", Type.COLUMN, "1", "column of the texts: its name, or its number from 1"), optional("label", Type.COLUMN, "2", "column of the classes"), length("text"), by("word"),
      optional("lower", Type.FLAG, true, "whether texts are turned into small letters"), VOCABULARY, TEST);

  private static final Signature PAIRS = Signature.of(
      "pairs", "two texts each, such as a sentence and its translation, in parts: source; target, which begins with `<begin>`; and, to be learned, next, the target one token further",
      required("file", Type.TEXT, "a table, with tabs or commas between columns"), length("text"), optional("source", Type.COLUMN, "1", "column of what is given: its name, or its number from 1"),
      optional("target", Type.COLUMN, "2", "column of what is to be made of it"), by("word"), LOWER, VOCABULARY, TEST);

  private static final Signature SUMS = Signature.of(
      "sums", "sums as texts, 12+345 and 357, in parts as pairs has them; none to test on is among those to learn from",
      optional("digits", Type.INTEGER, 3, "of a number, at most"), count());

  private static final Signature DATES = Signature.of(
      "dates", "dates as people write them, 3rd of May 2024 or 2024年5月3日, and as computers do, 2024-05-03, in parts as pairs has them", count());

  private static final Signature NUMERALS = Signature.of(
      "numerals", "whole numbers in words, `three hundred and seven` or `三百零七`, and in digits, `307`, in parts as pairs has them",
      optional("below", Type.INTEGER, 100_000, "the numbers are below this"),
      optional("back", Type.FLAG, false, "whether words are to be made of digits: en 307 and zh 307 say of which language"), count());

  /** In the order of the reference. */
  static final List<DataSources.Definition> ALL = List.of(
      new DataSources.Definition(TEXT, TextSources::text), new DataSources.Definition(LINES, TextSources::lines), new DataSources.Definition(TEXTS, TextSources::texts),
      new DataSources.Definition(PAIRS, TextSources::pairs), new DataSources.Definition(SUMS, (a, _) -> made("sums", a, n -> new Sums(a.integer("digits"), n))),
      new DataSources.Definition(DATES, (a, _) -> made("dates", a, Dates::new)),
      new DataSources.Definition(NUMERALS, (a, _) -> made("numerals", a, n -> new Numerals(a.integer("below"), a.flag("back"), n))));

  private TextSources() {}

  private static Argument length(String of) {
    return optional("length", Type.INTEGER, 0, "tokens of an example: a longer " + of + " is cut, behind a shorter one is padding; 0 means as many as the longest has");
  }

  private static Argument by(String fallback) {
    return optional("by", Type.CUT, fallback, "what it is cut by: character, word, byte, bpe(1_000), or the name of a tokenizer.json of Hugging Face");
  }

  private static Argument count() {
    return optional("count", Type.INTEGER, 0, "pairs to train on; a fifth as many again are there to test on; 0 means 20,000, or as many as there can be");
  }

  private static TextSettings settings(Arguments a, Places places) {
    String by = a.text("by");
    Cutting cutting = switch (by) {
      case "character" -> new Cutting.Plain(new Characters());
      case "word" -> new Cutting.Plain(new Words());
      case "byte" -> new Cutting.Plain(new Bytes());
      case String bpe when bpe.startsWith("bpe ") -> new Cutting.Learned(Integer.parseInt(bpe.substring("bpe ".length())));
      case String file -> new Cutting.Read(places.data(file.substring("file ".length())));
    };
    return new TextSettings(a.integer("length"), cutting, a.flag("lower"), a.integer("vocabulary"));
  }

  private static Origin text(Arguments a, Places places) {
    TextSettings settings = settings(a, places);
    if (settings.length() == 0) {
      throw new IllegalArgumentException("length must be at least 1: so many tokens are an example");
    }
    int stride = a.integer("stride");
    return opened("text", () -> a.text("file").isEmpty()
        ? LongText.of("stories", MadeTexts.stories(), settings, stride)
        : LongText.open(places.data(a.text("file")), places.optionalData(a.text("test")), settings, stride));
  }

  private static Origin lines(Arguments a, Places places) {
    TextSettings settings = settings(a, places);
    return opened("lines", () -> a.text("file").isEmpty()
        ? TextLines.of("names", MadeTexts.names(), List.of(), settings)
        : TextLines.read(places.data(a.text("file")), places.optionalData(a.text("test")), settings));
  }

  private static Origin texts(Arguments a, Places places) {
    TextSettings settings = settings(a, places);
    List<Path> files = a.texts("file").stream().map(places::data).toList();
    return opened("texts", () -> files.isEmpty()
        ? LabelledTexts.of(MadeTexts.guests(), List.of(), "label", settings)
        : LabelledTexts.read(files, places.optionalData(a.text("test")), a.text("text"), a.text("label"), settings));
  }

  private static Origin pairs(Arguments a, Places places) {
    TextSettings settings = settings(a, places);
    return opened("pairs", () -> TextPairs.read(places.data(a.text("file")), places.optionalData(a.text("test")), a.text("source"), a.text("target"), settings));
  }

  private static Origin made(String source, Arguments a, IntFunction<MadePairs> of) {
    int count = a.integer("count");
    MadePairs pairs = of.apply(count > 0 ? count : (int) Math.clamp(of.apply(1).most(), 1, COUNT));
    pairs.check();
    return new Origin.MadeTexts(source, pairs);
  }

  /** Looks at files. */
  private interface Opening {
    OpenedData open() throws IOException;
  }

  private static Origin opened(String source, Opening opening) {
    try {
      return new Origin.Files(source, opening.open());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
