package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldsTest {
  /** Examples whose one value is their index; the first of them are of class 0, the rest of class 1. */
  private static DataSplit numbered(int size, int zeros) {
    float[][] values = new float[size][];
    Arrays.setAll(values, i -> new float[] {i});
    int[] labels = IntStream.range(0, size).map(i -> i < zeros ? 0 : 1).toArray();
    return new DataSplit("numbered", new Points(Shape.of(1), values, labels, 2), null, null);
  }

  private static DataSplit numbers(int size) {
    float[][] values = new float[size][];
    Arrays.setAll(values, i -> new float[] {i});
    Points points = new Points(Shape.of(1), values);
    return new DataSplit("numbers", new Paired(points, new Points(Shape.of(1), values)), null, null);
  }

  private static float[] values(Dataset data) {
    float[] values = new float[data.size()];
    IntStream.range(0, data.size()).forEach(i -> data.read(i, values, i, 1));
    return values;
  }

  private static int[] indices(Dataset data) {
    float[] values = values(data);
    return IntStream.range(0, values.length).map(i -> Math.round(values[i])).toArray();
  }

  @ParameterizedTest
  @CsvSource({"10, 2", "10, 3", "10, 10", "11, 4", "100, 7"})
  void everyExampleIsTestedOnOnce(int size, int count) {
    Folds folds = new Folds(numbers(size), count, 1, false);
    IntStream tested = IntStream.empty();
    for (int f = 1; f <= count; f++) {
      DataSplit fold = folds.get(f);
      assertThat(fold.validation()).isNull();
      assertThat(fold.test().size()).isBetween(size / count, (size + count - 1) / count);
      assertThat(IntStream.concat(Arrays.stream(indices(fold.train())), Arrays.stream(indices(fold.test()))).sorted())
          .containsExactlyElementsOf(IntStream.range(0, size).boxed().toList());
      tested = IntStream.concat(tested, Arrays.stream(indices(fold.test())));
    }
    assertThat(tested.sorted()).containsExactlyElementsOf(IntStream.range(0, size).boxed().toList());
  }

  @Test
  void classesHaveEqualShares() {
    Folds folds = new Folds(numbered(53, 20), 5, 3, false);
    for (int f = 1; f <= 5; f++) {
      assertThat(DataSplit.counts(folds.get(f).test())[0]).isEqualTo(4);
      assertThat(DataSplit.counts(folds.get(f).test())[1]).isBetween(6, 7);
    }
  }

  /** Windows of a text: the value of each is its place, and it shares something with so many behind it. */
  private static DataSplit windows(int size, int overlap) {
    float[][] values = new float[size][];
    Arrays.setAll(values, i -> new float[] {i});
    Points points = new Points(Shape.of(1), values);
    record Following(Dataset of, int overlap) implements View {
      @Override
      public void read(int index, float[] out, int offset, int stride) {
        of.read(index, out, offset, stride);
      }

      @Override
      public Dataset normalized(Normalization normalization) {
        return this;
      }
    }
    return new DataSplit("windows", new Following(new Paired(points, new Points(Shape.of(1), values)), overlap), null, null);
  }

  /** Parts are stretches, whatever the seed, and nothing that shares something with what is tested on is trained on. */
  @ParameterizedTest
  @CsvSource({"12, 3, 0", "20, 4, 2", "21, 10, 3", "31, 30, 5"})
  void whatFollowsEachOtherIsCutIntoStretches(int size, int count, int overlap) {
    Folds folds = new Folds(windows(size, overlap), count, 1, false);
    IntStream tested = IntStream.empty();
    for (int f = 1; f <= count; f++) {
      int[] train = indices(folds.get(f).train());
      int[] test = indices(folds.get(f).test());
      int first = test[0];
      int last = test[test.length - 1];
      assertThat(test).isEqualTo(IntStream.rangeClosed(first, last).toArray()).isEqualTo(indices(new Folds(windows(size, overlap), count, 2, false).get(f).test()));
      assertThat(train).isEqualTo(IntStream.range(0, size).filter(i -> i < first - overlap || i > last + overlap).toArray());
      tested = IntStream.concat(tested, Arrays.stream(test));
    }
    assertThat(tested.toArray()).isEqualTo(IntStream.range(0, size).toArray());
    assertThatThrownBy(() -> new Folds(windows(10, 5), 2, 1, false)).hasMessageContaining("share").hasMessageContaining("stride");
  }

  @Test
  void theSeedDraws() {
    assertThat(indices(new Folds(numbers(50), 5, 1, false).get(1).test())).isEqualTo(indices(new Folds(numbers(50), 5, 1, false).get(1).test()))
        .isNotEqualTo(indices(new Folds(numbers(50), 5, 2, false).get(1).test()));
  }

  /** What is tested on has no part in the mean that training examples are brought to 0 with. */
  @Test
  void eachFoldIsNormalisedByWhatItTrainsOn() {
    DataSplit whole = numbered(40, 20).normalizeAuto();
    for (int f = 1; f <= 4; f++) {
      DataSplit fold = new Folds(whole, 4, 1, true).get(f);
      double sum = IntStream.range(0, fold.train().size()).mapToDouble(i -> values(fold.train())[i]).sum();
      assertThat(sum / fold.train().size()).isBetween(-1e-5, 1e-5);
    }
  }

  /** Otherwise a network would be tested on examples that it has seen. */
  @Test
  void anExampleIsInOnePartWithItsRepetitions() {
    DataSplit balanced = numbered(40, 8).balanced(1);
    Folds folds = new Folds(balanced, 4, 1, true);
    for (int f = 1; f <= 4; f++) {
      DataSplit fold = folds.get(f);
      int[] train = sources(fold.train());
      int[] test = sources(fold.test());
      assertThat(test).doesNotHaveDuplicates().hasSize(10).doesNotContain(train);
      assertThat(DataSplit.counts(fold.train())).containsExactly(24, 24);
      assertThat(DataSplit.counts(fold.test())).containsExactly(2, 8);
    }
  }

  private static int[] sources(Dataset data) {
    return IntStream.range(0, data.size()).map(data::source).toArray();
  }

  @Test
  void whatIsToBeRebuiltIsScaledWithIt() {
    DataSplit own = numbered(40, 8).balanced(1).reconstruction();
    DataSplit fold = new Folds(own, 4, 1, true).get(2);
    assertThat(sources(fold.test())).doesNotHaveDuplicates().doesNotContain(sources(fold.train()));
    float[] target = new float[1];
    fold.test().readTarget(3, target, 0, 1);
    assertThat(target[0]).isEqualTo(values(fold.test())[3]);
  }

  @Test
  void whatCannotBeCutIsRefused() {
    assertThatThrownBy(() -> new Folds(numbers(10), 11, 1, false)).hasMessageContaining("from 2 to 10");
    assertThatThrownBy(() -> new Folds(numbers(10), 1, 1, false)).hasMessageContaining("from 2 to 10");
    assertThatThrownBy(() -> new Folds(numbered(10, 1), 2, 1, false)).hasMessageContaining("there is one of class 0");
  }
}
