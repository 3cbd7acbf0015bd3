package dev.lanewise.runtime.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.format.Element;
import dev.lanewise.runtime.data.format.Npy;
import dev.lanewise.runtime.data.format.NumberArray;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrays of labels stand for, and which axis of images has the channels. */
class ArrayLabelsTest {
  private static final Path NUMPY = Path.of("src/test/resources/dev/lanewise/runtime/data/source/numpy");

  private static NumberArray file(String name) throws IOException {
    return Npy.read(NUMPY.resolve(name + ".npy"));
  }

  private static NumberArray ints(int... values) {
    return new NumberArray(
        "y.npy", Element.I4, ByteOrder.nativeOrder(), List.of(values.length), false, MemorySegment.ofArray(values), 0);
  }

  private static OpenedData opened(String x, String y, Channels channels) throws IOException {
    return NumberArrays.npy(NUMPY.resolve(x + ".npy"), NUMPY.resolve(y + ".npy"), Optional.empty(), Optional.empty(), channels);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-hot", "one-hot-fortran"})
  void oneHotLabelsAreClasses(String name) throws IOException {
    OpenedData data = opened("u1", name, Channels.AUTO);
    assertThat(data.notes()).containsExactly("one-hot labels read as classes");
    DataSplit split = data.load();
    assertThat(split.train().classes()).isEqualTo(3);
    assertThat(split.classNames()).containsExactly("0", "1", "2");
    assertThat(List.of(split.train().label(0), split.train().label(1), split.train().label(5))).containsExactly(0, 1, 2);
  }

  @Test
  void rowsWithAnotherCountOfOnesAreNumbersToPredict() throws IOException {
    NumberArray flags = new NumberArray(
        "y.npy", Element.U1, ByteOrder.nativeOrder(), List.of(2, 3), false, MemorySegment.ofArray(new byte[] {0, 1, 0, 1, 1, 0}), 0);
    assertThat(ArrayLabels.of(flags, List.of()).train().classes()).isZero();
    assertThatThrownBy(() -> ArrayLabels.of(file("one-hot"), List.of(flags)))
        .hasMessage("y.npy: labels to train with are one-hot, 3 numbers of which one is 1; these are not");
  }

  @Test
  void wordsAreClassesByName() throws IOException {
    DataSplit split = opened("u1", "words", Channels.AUTO).load();
    assertThat(split.classNames()).containsExactly("9", "10", "bleu", "vert", "é");
    assertThat(List.of(split.train().label(0), split.train().label(1), split.train().label(2), split.train().label(3)))
        .containsExactly(3, 2, 1, 0);
    assertThat(opened("u1", "byte-words", Channels.AUTO).load().classNames()).containsExactly("cat", "dog", "hen");
    assertThatThrownBy(() -> opened("words", "labels", Channels.AUTO)).hasMessageContaining("words.npy: examples are numbers, but these are words");
  }

  @Test
  void wordsToTestWithAreMatchedByName() throws IOException {
    NumberArray train = file("words");
    NumberArray some = new NumberArray(
        "t.npy", Element.I4, ByteOrder.nativeOrder(), List.of(2), false, MemorySegment.ofArray(new int[] {1, 0}), 0, List.of("bleu", "vert"));
    ArrayLabels labels = ArrayLabels.of(train, List.of(some));
    assertThat(labels.others().getFirst().values()).containsExactly(3, 2);
    assertThatThrownBy(() -> ArrayLabels.of(train, List.of(file("byte-words"))))
        .hasMessageContaining("byte-words.npy: item 0: no example to train on has the class \"cat\"");
    assertThatThrownBy(() -> ArrayLabels.of(train, List.of(ints(0, 1)))).hasMessageContaining("labels are numbers, but those to train with are words");
    assertThatThrownBy(() -> ArrayLabels.of(ints(0, 1), List.of(train))).hasMessageContaining("labels are words, but those to train with are numbers");
  }

  @Test
  void labelsMayBeginAtOne() throws IOException {
    ArrayLabels labels = ArrayLabels.of(ints(1, 3, 2), List.of(ints(2, 2)));
    assertThat(labels.names()).containsExactly("1", "2", "3");
    assertThat(labels.train().values()).containsExactly(0, 2, 1);
    assertThat(labels.others().getFirst().values()).containsExactly(1, 1);
    assertThat(ArrayLabels.of(ints(1, 3), List.of(ints(0))).names()).containsExactly("0", "1", "2", "3");
    assertThat(ArrayLabels.of(ints(3, 7), List.of()).names()).hasSize(8);
  }

  /** An example's first plane holds every third value, as NumPy has them. */
  @ParameterizedTest
  @ValueSource(strings = {"channels-last", "channels-last-fortran"})
  void channelsMayBeLast(String name) throws IOException {
    OpenedData data = opened(name, "labels", Channels.AUTO);
    assertThat(data.shape()).isEqualTo(Shape.of(3, 5, 7));
    assertThat(data.notes()).containsExactly("channels last in the file");
    float[] out = new float[3 * 5 * 7];
    data.load().train().read(2, out, 0, 1);
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < 35; i++) {
        assertThat(out[c * 35 + i]).isEqualTo(2 * 105 + i * 3 + c);
      }
    }
    OpenedData first = opened(name, "labels", Channels.FIRST);
    assertThat(first.shape()).isEqualTo(Shape.of(5, 7, 3));
    first.load().train().read(1, out, 0, 1);
    assertThat(out[1]).isEqualTo(105 + 1);
  }

  @Test
  void whatMayBeChannelsIsNotTakenForThem() throws IOException {
    assertThat(Channels.AUTO.of("x", List.of(9, 16, 4, 4)).shape()).isEqualTo(Shape.of(16, 4, 4));
    assertThat(Channels.LAST.of("x", List.of(9, 16, 4, 4)).shape()).isEqualTo(Shape.of(4, 16, 4));
    assertThat(Channels.AUTO.of("x", List.of(9, 3, 28, 3)).shape()).isEqualTo(Shape.of(3, 28, 3));
    assertThat(Channels.AUTO.of("x", List.of(9, 28, 28, 1)).shape()).isEqualTo(Shape.of(1, 28, 28));
    assertThat(Channels.LAST.of("x", List.of(9, 28, 28)).shape()).isEqualTo(Shape.of(1, 28, 28));
  }

  @Test
  void channelsAreSaidOfImages() {
    assertThatThrownBy(() -> opened("u1", "u1", Channels.LAST))
        .hasMessageContaining("u1.npy: 3 axes, but channels is for images of four: leave it out");
  }
}
