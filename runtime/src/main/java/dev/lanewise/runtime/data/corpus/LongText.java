package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.source.OpenedData;
import dev.lanewise.runtime.data.text.Cutting;
import dev.lanewise.runtime.data.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One long text in windows: parts {@code text} and, to be learned, {@code next}. A file of more than 64 MB stays where it is, and is cut when it is read.
 *
 * <pre>{@code LongText.open(Path.of("play.txt"), Optional.empty(), settings, 64) }</pre>
 */
public final class LongText {
  /** Larger files are mapped. */
  private static final long KEPT = 64L << 20;
  private static final int PIECE = 1 << 15;
  private static final int MOST = 1 << 30;

  private LongText() {}

  /**
   * @param test another text, to test on
   * @param stride tokens from one example to the next; 0 for as many as an example has
   * @throws IOException naming file and place
   */
  public static OpenedData open(Path file, Optional<Path> test, TextSettings settings, int stride) throws IOException {
    return open(file, test, settings, stride, KEPT);
  }

  static OpenedData open(Path file, Optional<Path> test, TextSettings settings, int stride, long kept) throws IOException {
    TextPieces pieces = TextPieces.of(file, PIECE);
    Cutting.Counting counting = new Cutting.Counting(settings.by(), settings.lower());
    for (int i = 0; i < pieces.count(); i++) {
      counting.add(pieces.text(i));
    }
    Vocabulary vocabulary = counting.vocabulary(settings.most() > 0 ? List.of(Vocabulary.UNKNOWN) : List.of(), settings.most());
    Dataset train = windows(file.toString(), row(pieces, vocabulary, kept), vocabulary, settings.length(), stride);
    return OpenedData.of(split("text", train, test.isPresent() ? other(test.get(), vocabulary, settings.length(), stride, kept) : null, vocabulary));
  }

  /** A text that is no file. */
  public static OpenedData of(String name, String text, TextSettings settings, int stride) throws IOException {
    Vocabulary vocabulary = settings.vocabulary(List.of(text), settings.most() > 0 ? List.of(Vocabulary.UNKNOWN) : List.of());
    return OpenedData.of(split(name, windows(name, KeptTokens.of(vocabulary.tokens(text), vocabulary.size()), vocabulary, settings.length(), stride), null, vocabulary));
  }

  private static Dataset other(Path file, Vocabulary vocabulary, int length, int stride, long kept) throws IOException {
    TextPieces pieces = TextPieces.of(file, PIECE);
    for (int i = 0; i < pieces.count() && vocabulary.number(Vocabulary.UNKNOWN).isEmpty(); i++) {
      List<String> unknown = vocabulary.unknown(pieces.text(i));
      if (!unknown.isEmpty()) {
        throw new IOException(
            file + ": the text to learn from has no " + vocabulary.by().piece() + " " + String.join(" ", unknown.subList(0, Math.min(unknown.size(), 12))) + (unknown.size() > 12 ? " …" : "")
                + ": with `vocabulary` what is rare, or not there, is " + Vocabulary.UNKNOWN);
      }
    }
    return windows(file.toString(), row(pieces, vocabulary, kept), vocabulary, length, stride);
  }

  private static TokenRow row(TextPieces pieces, Vocabulary vocabulary, long kept) throws IOException {
    if (pieces.bytes() > kept) {
      return new MappedTokens(pieces, vocabulary);
    }
    int[] all = new int[0];
    int count = 0;
    for (int i = 0; i < pieces.count(); i++) {
      int[] own = vocabulary.tokens(pieces.text(i));
      all = count + own.length > all.length ? Arrays.copyOf(all, Math.max(2 * all.length, count + own.length)) : all;
      System.arraycopy(own, 0, all, count, own.length);
      count += own.length;
    }
    return KeptTokens.of(Arrays.copyOf(all, count), vocabulary.size());
  }

  private static Dataset windows(String file, TokenRow row, Vocabulary vocabulary, int length, int stride) throws IOException {
    String piece = vocabulary.by().piece();
    if (row.size() == 0) {
      throw new IOException(file + ": the text is empty");
    }
    if (row.size() <= length) {
      throw new IOException(
          file + ": the text has " + number(row.size()) + " " + piece + "s, but an example takes " + number(length) + " and the next one: write length = " + Math.max(1, row.size() / 2) + " or less");
    }
    int step = stride == 0 ? length : stride;
    if ((row.size() - length) / step > MOST) {
      throw new IOException(file + ": " + number((row.size() - length) / step) + " examples are too many: write a larger stride");
    }
    return new Windows(row, vocabulary.size(), length, step);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static DataSplit split(String name, Dataset train, Dataset test, Vocabulary vocabulary) {
    return new DataSplit(name, train, null, test).inParts(Set.of()).spoken(Map.of("text", vocabulary, "next", vocabulary));
  }
}
