package dev.lanewise.runtime.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.source.Captions.Language;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CaptionsTest {
  private static final int SIDE = 28;
  private static final int AREA = Captions.SIZE * Captions.SIZE;
  private static final List<String> NAMES = List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  /** Digits that are squares of light, each of its own: those of one class as light, and those to test on a little lighter. */
  private static DataSplit digits() {
    return new DataSplit("digits", squares(0, 10), null, squares(5, 10));
  }

  private static Dataset squares(int lighter, int classes) {
    byte[] pixels = new byte[20 * SIDE * SIDE];
    byte[] labels = new byte[20];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % classes);
      for (int row = 4; row < 24; row++) {
        Arrays.fill(pixels, (i * SIDE + row) * SIDE + 4, (i * SIDE + row) * SIDE + 24, (byte) (20 * (labels[i] + 1) + lighter));
      }
    }
    return new ByteImages(Shape.of(1, SIDE, SIDE), pixels, labels, 10, 0, 1);
  }

  private static int[] pixels(Dataset data, int example) {
    float[] picture = new float[AREA];
    data.read(example, picture, 0, 1);
    return IntStream.range(0, AREA).map(i -> Math.round(255 * picture[i])).toArray();
  }

  private static float[] part(Dataset data, int field, int example) {
    float[] values = new float[data.fields().get(field).shape().size()];
    data.readField(field, example, values, 0, 1);
    return values;
  }

  private static String sentence(DataSplit split, Dataset data, int example) {
    return split.world().vocabulary("target").orElseThrow().text(part(data, 2, example));
  }

  /** Squares by their light: where their middles are, those of two alike from the upper left on. */
  private record Square(int digit, double x, double y) {}

  private static List<Square> squares(int[] pixels, int lighter) {
    List<Square> found = new ArrayList<>();
    boolean[] known = new boolean[AREA];
    for (int i = 0; i < AREA; i++) {
      if (pixels[i] > 0 && !known[i]) {
        int row = i / Captions.SIZE;
        int column = i % Captions.SIZE;
        for (int r = row; r < row + 20; r++) {
          for (int c = column; c < column + 20; c++) {
            assertThat(pixels[r * Captions.SIZE + c]).as("whole squares that do not meet").isEqualTo(pixels[i]);
            known[r * Captions.SIZE + c] = true;
          }
        }
        assertThat(pixels[i] % 20).isEqualTo(lighter);
        found.add(new Square(pixels[i] / 20 - 1, column + 10, row + 10));
      }
    }
    return found;
  }

  private static String row(List<Square> row, String between) {
    return row.stream().sorted((a, b) -> Double.compare(a.x, b.x)).map(s -> (s.digit == 8 ? "an " : "a ") + NAMES.get(s.digit)).collect(Collectors.joining(between));
  }

  /** What can be said of squares; two in one row are hardly higher or lower than each other. */
  private static String said(List<Square> squares) {
    double top = squares.stream().mapToDouble(Square::y).min().orElseThrow();
    List<Square> upper = squares.stream().filter(s -> s.y <= top + 4).toList();
    List<Square> lower = squares.stream().filter(s -> s.y > top + 4).toList();
    return lower.isEmpty() ? row(upper, " left of ") : row(upper, " and ") + " above " + row(lower, " and ");
  }

  @Test
  void aSentenceSaysWhatThePictureShows() {
    DataSplit split = new Captions(4, Language.ENGLISH, 300).of(digits(), 1);
    assertThat(split.train().fields()).extracting(Field::name).containsExactly("image", "next", "target");
    assertThat(split.train().fields()).extracting(Field::kind).containsExactly("1x64x64", "12 of 19 padded", "12 of 19 padded");
    Set<Integer> counts = new TreeSet<>();
    for (int i = 0; i < 300; i++) {
      List<Square> squares = squares(pixels(split.train(), i), 0);
      counts.add(squares.size());
      assertThat(sentence(split, split.train(), i)).isEqualTo(said(squares));
    }
    assertThat(counts).containsExactly(1, 2, 3, 4);
    for (int i = 0; i < 60; i++) {
      assertThat(sentence(split, split.test(), i)).as("of digits to test on").isEqualTo(said(squares(pixels(split.test(), i), 5)));
    }
  }

  @Test
  void noSentenceToTestOnIsAmongThoseToLearnFrom() {
    DataSplit split = new Captions(3, Language.ENGLISH, 3_000).of(digits(), 1);
    Set<String> learned = new HashSet<>();
    Set<String> tests = new HashSet<>();
    IntStream.range(0, 3_000).forEach(i -> learned.add(sentence(split, split.train(), i)));
    IntStream.range(0, 600).forEach(i -> tests.add(sentence(split, split.test(), i)));
    assertThat(tests).hasSizeGreaterThan(200).doesNotContainAnyElementsOf(learned);
    assertThat(learned).hasSizeGreaterThan(900);
    DataSplit validated = split.validation(300, 1);
    Set<String> kept = new HashSet<>();
    IntStream.range(0, validated.validation().size()).forEach(i -> kept.add(sentence(split, validated.validation(), i)));
    Set<String> rest = new HashSet<>();
    IntStream.range(0, validated.train().size()).forEach(i -> rest.add(sentence(split, validated.train(), i)));
    assertThat(kept).as("nor one to validate on").isNotEmpty().doesNotContainAnyElementsOf(rest);
  }

  @Test
  void whatComesNextIsTheTargetOneTokenFurther() {
    DataSplit split = new Captions(3, Language.CHINESE, 50).of(digits(), 1);
    Vocabulary words = split.world().vocabulary("next").orElseThrow();
    assertThat(split.world().vocabulary("target")).contains(words);
    for (int i = 0; i < 50; i++) {
      float[] next = part(split.train(), 1, i);
      float[] target = part(split.train(), 2, i);
      int end = 0;
      while (words.number(Vocabulary.END).orElseThrow() != next[end]) {
        assertThat(next[end]).isEqualTo(target[end + 1]).isPositive();
        end++;
      }
      assertThat(target[0]).isEqualTo(words.number(Vocabulary.BEGIN).orElseThrow());
      assertThat(Arrays.copyOfRange(next, end + 1, next.length)).isEqualTo(new float[next.length - end - 1]);
      assertThat(Arrays.copyOfRange(target, end + 1, target.length)).isEqualTo(new float[next.length - end - 1]);
    }
  }

  @Test
  void sentencesOfBothLanguages() {
    assertThat(Arrays.stream(Arrangement.values()).map(a -> a.sentence(a.kinds() - 2, Language.ENGLISH))).containsExactly(
        "an eight", "a nine left of an eight", "a nine above an eight", "a nine and a nine above an eight", "a nine above a nine and an eight", "a nine and a nine above a nine and an eight");
    assertThat(Arrays.stream(Arrangement.values()).map(a -> a.sentence(0, Language.CHINESE))).containsExactly("零", "零在零的左边", "零在零的上面", "零和零在零的上面", "零在零和零的上面", "零和零在零和零的上面");
    assertThat(Arrangement.TWO_ABOVE.sentence(387, Language.CHINESE)).isEqualTo("三和八在七的上面");
    assertThat(Arrangement.TWO_ABOVE.sentence(7, Language.ENGLISH)).isEqualTo("a zero and a zero above a seven");
  }

  @Test
  void theSameSeedMakesTheSamePictures() {
    DataSplit first = new Captions(3, Language.ENGLISH, 20).of(digits(), 1);
    DataSplit again = new Captions(3, Language.ENGLISH, 20).of(digits(), 1);
    DataSplit other = new Captions(3, Language.ENGLISH, 20).of(digits(), 2);
    DataSplit chinese = new Captions(3, Language.CHINESE, 20).of(digits(), 1);
    for (int i = 0; i < 20; i++) {
      assertThat(pixels(again.train(), i)).isEqualTo(pixels(first.train(), i)).isEqualTo(pixels(chinese.train(), i));
      assertThat(part(again.train(), 1, i)).isEqualTo(part(first.train(), 1, i));
    }
    assertThat(pixels(other.train(), 0)).isNotEqualTo(pixels(first.train(), 0));
    assertThat(pixels(first.normalizeAuto().train(), 0)).as("normalised").isNotEqualTo(pixels(first.train(), 0));
  }

  @Test
  void whatIsNoSuchDigitIsRefused() {
    assertThatThrownBy(() -> new Captions(1, Language.ENGLISH, 10)).hasMessage("digits must be between 2 and 4, not 1");
    assertThatThrownBy(() -> new Captions(5, Language.ENGLISH, 10)).hasMessage("digits must be between 2 and 4, not 5");
    assertThatThrownBy(() -> new Captions(3, Language.ENGLISH, 0)).hasMessage("count must be at least 1, not 0");
    Dataset few = squares(0, 9);
    assertThatThrownBy(() -> new Captions(3, Language.ENGLISH, 10).of(new DataSplit("few", few, null, few), 1)).hasMessage("captions are about digits, but none to train on is a 9");
    Dataset large = new ByteImages(Shape.of(1, 40, 40), new byte[1_600], new byte[1], 10, 0, 1);
    assertThatThrownBy(() -> new Captions(3, Language.ENGLISH, 10).of(new DataSplit("large", large, null, large), 1)).hasMessageContaining("not 1x40x40 in 10");
  }
}
