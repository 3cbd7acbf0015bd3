package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.source.Xor;
import dev.lanewise.runtime.tensor.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSplitTest {
  /** 200 examples of one pixel whose value is their index: what is read tells which example it was. */
  private static DataSplit numbered() {
    byte[] pixels = new byte[200];
    for (int i = 0; i < 200; i++) {
      pixels[i] = (byte) i;
    }
    Dataset images = new ByteImages(Shape.of(1, 1, 1), pixels, new byte[200], 10, 0, 1);
    return new DataSplit("numbered", images, null, images);
  }

  private static int[] indices(Dataset data) {
    float[] value = new float[1];
    int[] indices = new int[data.size()];
    for (int i = 0; i < indices.length; i++) {
      data.read(i, value, 0, 1);
      indices[i] = Math.round(value[0] * 255);
    }
    return indices;
  }

  @Test
  void trainAndValidationPartitionTheExamples() {
    DataSplit split = numbered().validation(50, 7);
    assertThat(split.validation().size()).isEqualTo(50);
    IntStream all = IntStream.concat(IntStream.of(indices(split.train())), IntStream.of(indices(split.validation())));
    assertThat(all.sorted().toArray()).isEqualTo(IntStream.range(0, 200).toArray());
    assertThat(indices(split.test())).isEqualTo(IntStream.range(0, 200).toArray());
  }

  @Test
  void whatIsToTestOnIsAnotherChoice() {
    DataSplit whole = new DataSplit("numbered", numbered().train(), null, null);
    DataSplit split = whole.testing(40, 7);
    IntStream all = IntStream.concat(IntStream.of(indices(split.train())), IntStream.of(indices(split.test())));
    assertThat(all.sorted().toArray()).isEqualTo(IntStream.range(0, 200).toArray());
    assertThat(indices(split.test())).hasSize(40).isNotEqualTo(indices(whole.validation(40, 7).validation()));
    assertThat(indices(whole.testing(40, 7).test())).isEqualTo(indices(split.test()));
    assertThatThrownBy(() -> whole.testing(200, 7)).hasMessageContaining("split.test must leave something to train on");
  }

  @Test
  void balancedClassesAreAsLargeAsTheLargest() {
    float[][] values = new float[60][];
    int[] labels = new int[60];
    for (int i = 0; i < 60; i++) {
      values[i] = new float[] {i / 255f};
      labels[i] = i < 40 ? 2 : i < 53 ? 0 : 1;
    }
    Dataset points = new Points(Shape.of(1), values, labels, 4);
    DataSplit split = new DataSplit("points", points, points, points).balanced(3);
    assertThat(DataSplit.counts(split.train())).containsExactly(40, 40, 40, 0);
    assertThat(split.validation()).isSameAs(points);
    int[] often = new int[60];
    IntStream.of(indices(split.train())).forEach(i -> often[i]++);
    for (int i = 0; i < 60; i++) {
      assertThat(often[i]).as("example %d", i).isBetween(i < 40 ? 1 : i < 53 ? 3 : 5, i < 40 ? 1 : i < 53 ? 4 : 6);
    }
    assertThat(indices(split.train())).isEqualTo(indices(new DataSplit("points", points, null, points).balanced(3).train()));
    assertThat(indices(split.train())).isNotEqualTo(indices(new DataSplit("points", points, null, points).balanced(4).train()));
  }

  @Test
  void eachFeatureIsNormalisedByItself() {
    float[][] values = {{1, 100, 7}, {3, 500, 7}};
    Dataset points = new Points(Shape.of(3), values, new int[2], 2);
    float[] out = new float[3];
    new DataSplit("points", points, null, points).normalizeAuto().train().read(1, out, 0, 1);
    assertThat(out).containsExactly(new float[] {1, 1, 0}, within(1e-6f));
  }

  @Test
  void theChoiceIsTheSameInEveryRelease() {
    assertThat(indices(numbered().validation(5, 7).validation())).containsExactly(46, 58, 88, 129, 162);
  }

  @Test
  void aSubsetOfASubsetReadsTheRightExamples() {
    DataSplit once = numbered().limit(100).validation(40, 1);
    DataSplit twice = once.limit(10);
    assertThat(indices(twice.train())).isEqualTo(IntStream.of(indices(once.train())).limit(10).toArray());
    assertThat(indices(twice.validation())).isEqualTo(IntStream.of(indices(once.validation())).limit(10).toArray());
    assertThat(indices(twice.test())).isEqualTo(IntStream.range(0, 10).toArray());
    assertThat(IntStream.of(indices(once.train())).max().getAsInt()).isLessThan(100);
  }

  @Test
  void automaticNormalisationGivesMeanZeroAndDeviationOne() {
    assertNormal(numbered().normalizeAuto().train());
  }

  @Test
  void automaticNormalisationAfterAnotherIsOfTheOriginalValues() {
    assertNormal(numbered().normalize(0.25f, 0.125f).normalizeAuto().train());
  }

  private static void assertNormal(Dataset data) {
    double sum = 0;
    double squares = 0;
    float[] value = new float[1];
    for (int i = 0; i < data.size(); i++) {
      data.read(i, value, 0, 1);
      sum += value[0];
      squares += value[0] * value[0];
    }
    assertThat(sum / data.size()).isCloseTo(0, within(1e-5));
    assertThat(squares / data.size()).isCloseTo(1, within(1e-5));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, -1", "0, NaN", "0, Infinity", "NaN, 1", "Infinity, 1"})
  void normalisationNeedsNumbers(float mean, float std) {
    assertThatThrownBy(() -> numbered().normalize(mean, std)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aConstantDataSetIsOnlyCentred() {
    Dataset grey = new ByteImages(Shape.of(1, 1, 1), new byte[] {51, 51}, new byte[2], 2, 0, 1);
    float[] value = new float[1];
    new DataSplit("grey", grey, null, grey).normalizeAuto().train().read(1, value, 0, 1);
    assertThat(value[0]).isCloseTo(0, within(1e-6f));
  }

  @Test
  void xorIsItsTruthTable() {
    DataSplit xor = Xor.load();
    assertThat(xor.train().shape()).isEqualTo(Shape.of(2));
    assertThat(xor.train().classes()).isEqualTo(2);
    assertThat(xor.validation()).isNull();
    for (Dataset data : new Dataset[] {xor.train(), xor.test()}) {
      assertThat(data.size()).isEqualTo(4);
      for (int i = 0; i < 4; i++) {
        float[] out = new float[8];
        data.read(i, out, 1, 3);
        assertThat(data.label(i)).isEqualTo(out[1] == out[4] ? 0 : 1);
      }
    }
  }

  @Test
  void labelsAndValuesMustFit() {
    assertThatThrownBy(() -> new ByteImages(Shape.of(1, 2, 2), new byte[8], new byte[3], 2, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Points(Shape.of(2), new float[][] {{1, 2}}, new int[] {0, 1}, 2))
        .hasMessage("2 labels for 1 points");
    assertThatThrownBy(() -> new Points(Shape.of(2), new float[][] {{1, 2, 3}}, new int[] {0}, 2))
        .hasMessage("point 0 has 3 values, not 2");
    assertThatThrownBy(() -> new Points(Shape.of(1), new float[][] {{1}}, new int[] {2}, 2))
        .hasMessageContaining("classes are 0 to 1");
  }
}
