package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Parts;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.Related;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.data.text.Words;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pictures of a few digits, each with the sentence that says which they are and how they stand, made by a generator: parts {@code image}; {@code target}, the sentence as a decoder is
 * given it, behind {@code <begin>}; and, to be learned, {@code next}, the same one token further. A fifth of all sentences is kept to test on: no picture to learn from has one of them, nor one of its
 * digits.
 *
 * <pre>{@code
 * new Captions(3, Captions.Language.ENGLISH, 20_000).of(Mnist.load(folder), 1)
 * // target   <begin> a three and an eight above a seven
 * // next     a three and an eight above a seven <end>
 * }</pre>
 *
 * @param digits of a picture, at most: there are from one to so many
 * @param count pictures to train on; a fifth as many again are there to test on
 */
public record Captions(int digits, Language language, int count) implements OfDigits {
  /** That sentences are written in. */
  public enum Language {
    ENGLISH,
    CHINESE
  }

  /** Height and width of a picture. */
  public static final int SIZE = 64;

  private static final int CLASSES = 10;
  private static final String IMAGE = "image";
  private static final String TARGET = "target";
  private static final String NEXT = "next";
  /** One sentence in so many is kept to test on. */
  private static final int KEPT = 5;
  /** A digit stands a little higher or lower than its row, in pixels. */
  private static final int WANDERS = 2;
  // Draws keep apart by their salt.
  private static final int SENTENCES = 1_000;
  private static final long TEST = 0x74657374L;

  /** @throws IllegalArgumentException if there are too few or too many digits, or no pictures */
  public Captions {
    if (digits < 2 || digits > 4) {
      throw new IllegalArgumentException("digits must be between 2 and 4, not " + digits);
    }
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, not " + count);
    }
  }

  private Stream<Arrangement> arrangements(Predicate<Arrangement> those) {
    return Arrays.stream(Arrangement.values()).filter(a -> a.digits() <= digits).filter(those);
  }

  /** Every word stands in the sentences that name one digit only, in each arrangement. */
  private Vocabulary vocabulary() {
    List<String> sentences = arrangements(_ -> true).flatMap(a -> IntStream.range(0, CLASSES).mapToObj(d -> a.sentence(a.all(d), language))).toList();
    return Vocabulary.of(new Words(), sentences, List.of(Vocabulary.PADDING, Vocabulary.BEGIN, Vocabulary.END), 0, false);
  }

  /** Tokens of the longest sentence, and its end. */
  private int length() {
    return 1 + arrangements(_ -> true).mapToInt(a -> new Words().pieces(a.sentence(0, language)).size()).max().orElseThrow();
  }

  @Override
  public List<Field> fields() {
    int tokens = vocabulary().size();
    Shape places = Shape.of(length());
    return List.of(new Field(IMAGE, Shape.of(1, SIZE, SIZE), 0), new Field(NEXT, places, tokens, true), new Field(TARGET, places, tokens, true));
  }

  @Override
  public Target target() {
    return Target.classes(Shape.of(length()), vocabulary().size());
  }

  /** @throws IllegalArgumentException also if a digit occurs nowhere */
  @Override
  public DataSplit of(DataSplit digits, long seed) {
    Shape shape = digits.train().shape();
    if (shape.channels() != 1 || 2 * shape.height() > SIZE || 2 * shape.width() > SIZE || digits.train().classes() != CLASSES) {
      throw new IllegalArgumentException(
          "captions are about digits: images of one channel in 10 classes, four of which fit into " + SIZE + "x" + SIZE + ", not " + shape + " in " + digits.train().classes());
    }
    Vocabulary words = vocabulary();
    Dataset train = new Drawing(digits.train(), count, false, seed).pictures(words);
    Dataset test = new Drawing(digits.test(), Math.max(1, count / KEPT), true, seed).pictures(words);
    return new DataSplit("captions", train, null, test).inParts(Set.of()).spoken(Map.of(NEXT, words, TARGET, words)).pictures(World.Preparation.PLAIN);
  }

  /** All pictures of a part while they are drawn. */
  private final class Drawing {
    private final Dataset digits;
    private final long key;
    private final Canvas canvas;
    private final byte[] pixels;
    private final int[] sentences;
    private final Arrangement[] arrangements;
    /** Of each class, where its digits are. */
    private final int[][] own = new int[CLASSES][];
    /** Of each arrangement, those of its kinds that are drawn here. */
    private final int[][] kinds = new int[Arrangement.values().length][];

    Drawing(Dataset digits, int count, boolean tests, long seed) {
      this.digits = digits;
      this.key = Draws.mix(seed, tests ? TEST : 0);
      this.canvas = new Canvas(digits, SIZE);
      this.pixels = new byte[Math.multiplyExact(count, SIZE * SIZE)];
      this.sentences = new int[count];
      this.arrangements = new Arrangement[count];
      for (int c = 0; c < CLASSES; c++) {
        int label = c;
        own[c] = IntStream.range(0, digits.size()).filter(i -> digits.label(i) == label).toArray();
        if (own[c].length == 0) {
          throw new IllegalArgumentException("captions are about digits, but none to " + (tests ? "test" : "train") + " on is a " + c);
        }
      }
      for (Arrangement a : Arrangement.values()) {
        int[] all = DataSplit.shuffled(IntStream.range(0, a.kinds()).toArray(), Draws.mix(seed, SENTENCES + a.ordinal()));
        kinds[a.ordinal()] = tests ? Arrays.copyOf(all, all.length / KEPT) : Arrays.copyOfRange(all, all.length / KEPT, all.length);
      }
    }

    Dataset pictures(Vocabulary words) {
      for (int i = 0; i < sentences.length; i++) {
        picture(i, Draws.mix(key, i));
      }
      Dataset seen = new ByteImages(Shape.of(1, SIZE, SIZE), pixels, new byte[sentences.length], 0, 0, 1);
      Dataset named = new Paired(seen, told(words, false), target());
      return new Related(new Parts(named, fields(), List.of(told(words, true))), IntStream.range(0, sentences.length).map(this::group).toArray());
    }

    private Dataset told(Vocabulary words, boolean begins) {
      int length = length();
      List<float[]> tokens = new ArrayList<>();
      for (int i = 0; i < sentences.length; i++) {
        tokens.add(Vocabulary.padded(words.marked(arrangements[i].sentence(sentences[i], language), begins, !begins), length));
      }
      return new Points(Shape.of(length), tokens.toArray(float[][]::new));
    }

    /** Pictures with one sentence belong together. */
    private int group(int i) {
      return arrangements[i].ordinal() * Arrangement.SQUARE.kinds() + sentences[i];
    }

    private void picture(int i, long key) {
      int wanted = 1 + Draws.below(Captions.this.digits, key, 0);
      List<Arrangement> possible = arrangements(a -> a.digits() == wanted).toList();
      Arrangement arrangement = possible.get(Draws.below(possible.size(), key, 1));
      int[] among = kinds[arrangement.ordinal()];
      arrangements[i] = arrangement;
      sentences[i] = among[Draws.below(among.length, key, 2)];
      canvas.clear();
      int[] tops = starts(arrangement.isOneRow() ? 1 : 2, digits.shape().height(), Draws.mix(key, 0));
      row(arrangement, sentences[i], 0, arrangement.upper(), tops[0], Draws.mix(key, 1));
      if (!arrangement.isOneRow()) {
        row(arrangement, sentences[i], arrangement.upper(), arrangement.digits(), tops[1], Draws.mix(key, 2));
      }
      canvas.plain(pixels, i * SIZE * SIZE);
    }

    private void row(Arrangement arrangement, int kind, int from, int to, int top, long key) {
      int[] lefts = starts(to - from, digits.shape().width(), key);
      for (int d = from; d < to; d++) {
        int[] those = own[arrangement.digit(kind, d)];
        long drawn = Draws.mix(key, 1 + d);
        canvas.digit(those[Draws.below(those.length, drawn, 0)]);
        canvas.draw(Math.clamp(top - WANDERS + Draws.below(2 * WANDERS + 1, drawn, 1), 0, SIZE - digits.shape().height()), lefts[d - from]);
      }
    }

    /** Where one or two of some length begin, one behind the other. */
    private int[] starts(int count, int length, long key) {
      int room = SIZE - count * length;
      int before = Draws.below(room + 1, key, 0);
      return count == 1 ? new int[] {before} : new int[] {before, before + length + Draws.below(room - before + 1, key, 1)};
    }
  }
}
