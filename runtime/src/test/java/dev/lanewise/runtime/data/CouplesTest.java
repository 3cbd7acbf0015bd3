package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CouplesTest {
  private static final int CLASSES = 3;

  /** Item i is of class i % 3, and its values say which it is. */
  private static Dataset examples(int count) {
    float[][] values = IntStream.range(0, count).mapToObj(i -> new float[] {i, -i}).toArray(float[][]::new);
    return new Points(Shape.of(2), values, IntStream.range(0, count).map(i -> i % CLASSES).toArray(), CLASSES);
  }

  private static int item(Couples couples, int field, int index) {
    float[] values = new float[2];
    couples.readField(field, index, values, 0, 1);
    assertThat(values[1]).isEqualTo(-values[0]);
    return (int) values[0];
  }

  @Test
  void halfOfThemAreOfOneClassAndNoneIsTheSameTwice() {
    Couples couples = Couples.of(examples(30), 200, 5);
    Set<Integer> left = new HashSet<>();
    int same = 0;
    for (int i = 0; i < couples.size(); i++) {
      int a = item(couples, 0, i);
      int b = item(couples, 2, i);
      float[] target = new float[1];
      couples.readTarget(i, target, 0, 1);
      assertThat(a).isNotEqualTo(b);
      assertThat(target[0]).isEqualTo(a % CLASSES == b % CLASSES ? 1 : 0).isEqualTo(couples.label(i));
      same += couples.label(i);
      left.add(a);
    }
    assertThat(same).isEqualTo(100);
    assertThat(left).hasSizeGreaterThan(25);
  }

  @Test
  void theSameSeedIsTheSameCouples() {
    assertThat(Couples.of(examples(30), 50, 5).left()).isEqualTo(Couples.of(examples(30), 50, 5).left()).isNotEqualTo(Couples.of(examples(30), 50, 6).left());
  }

  @Test
  void bothHaveOneScale() {
    Dataset scaled = Couples.of(examples(30), 50, 5).normalized(new Normalization(new float[] {1, 1}, new float[] {2, 2}));
    float[] left = new float[2];
    float[] right = new float[2];
    scaled.readField(0, 7, left, 0, 1);
    scaled.readField(2, 7, right, 0, 1);
    Couples plain = Couples.of(examples(30), 50, 5);
    assertThat(left[0]).isEqualTo((item(plain, 0, 7) - 1) / 2f);
    assertThat(right[0]).isEqualTo((item(plain, 2, 7) - 1) / 2f);
    assertThat(scaled.original().fields()).isEqualTo(plain.fields());
  }

  @Test
  void aClassAloneHasNoPairs() {
    assertThatThrownBy(() -> Couples.of(new Points(Shape.of(1), new float[][] {{1}, {2}}, new int[] {0, 0}, 2), 5, 1)).hasMessageContaining("two classes");
    assertThatThrownBy(() -> Couples.of(new Points(Shape.of(1), new float[][] {{1}, {2}}, new int[] {0, 1}, 2), 5, 1)).hasMessageContaining("two examples");
  }

  @Test
  void aFewOfEachClass() {
    DataSplit split = new DataSplit("d", examples(30), null, examples(12)).ofEachClass(4);
    assertThat(DataSplit.counts(split.train())).containsExactly(4, 4, 4);
    assertThat(split.test().size()).isEqualTo(12);
    assertThat(new DataSplit("d", examples(7), null, examples(12)).ofEachClass(4).train().size()).isEqualTo(7);
    assertThat(List.of(split.train().label(0), split.train().label(1), split.train().label(2))).containsExactly(0, 1, 2);
  }
}
