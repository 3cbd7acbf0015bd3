package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.source.Synthetic;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TripletsTest {
  private static final Dataset POINTS = Synthetic.gaussians(4, 60, 0.1, 1).train();

  @Test
  void oneIsOfTheClassAndOneOfAnother() {
    Triplets triplets = new Triplets(POINTS, null);
    assertThat(triplets.shape()).isEqualTo(Shape.of(6));
    assertThat(triplets.classes()).isZero();
    Set<Integer> partners = new HashSet<>();
    for (long key = 0; key < 200; key++) {
      Triplets drawn = triplets.drawn(key);
      for (int i = 0; i < POINTS.size(); i += 7) {
        int positive = drawn.positive(i);
        int negative = drawn.negative(i);
        assertThat(positive).isNotEqualTo(i);
        assertThat(POINTS.label(positive)).isEqualTo(POINTS.label(i));
        assertThat(POINTS.label(negative)).isNotEqualTo(POINTS.label(i));
        assertThat(triplets.drawn(key).positive(i)).isEqualTo(positive);
        partners.add(i == 0 ? positive : 4);
        partners.add(i == 0 ? negative : 4);
      }
    }
    // 14 others of the first example's class, and 45 of the other classes: all are drawn in the end.
    assertThat(partners).hasSize(59);
  }

  @Test
  void theThreeLieOneAfterTheOther() {
    Triplets drawn = new Triplets(POINTS, null).drawn(3);
    float[] block = new float[6 * Lanes.BLOCK];
    int[] order = IntStream.range(0, 20).toArray();
    drawn.readBlock(order, 4, Lanes.BLOCK, block, 0);
    for (int lane = 0; lane < Lanes.BLOCK; lane++) {
      int index = order[4 + lane];
      float[] alone = new float[6];
      drawn.read(index, alone, 0, 1);
      int[] three = {index, drawn.positive(index), drawn.negative(index)};
      for (int i = 0; i < 6; i++) {
        float[] point = new float[2];
        POINTS.read(three[i / 2], point, 0, 1);
        assertThat(alone[i]).isEqualTo(point[i % 2]);
        assertThat(block[i * Lanes.BLOCK + lane]).isEqualTo(point[i % 2]);
      }
    }
  }

  @Test
  void eachOfTheThreeIsChangedByItself() {
    Triplets plain = new Triplets(POINTS, null).drawn(3);
    Triplets noisy = new Triplets(POINTS, new Augmentation(List.of(new Augmentation.Noise(0.1)))).drawn(3);
    float[] before = new float[6];
    float[] after = new float[6];
    plain.read(5, before, 0, 1);
    noisy.read(5, after, 0, 1);
    Set<Float> moved = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      moved.add(after[i] - before[i]);
    }
    assertThat(moved).hasSize(6).doesNotContain(0f);
  }

  @Test
  void whoIsAloneIsComparedWithHimself() {
    Dataset two = new Points(Shape.of(1), new float[][] {{0}, {1}}, new int[] {0, 1}, 3);
    assertThat(new Triplets(two, null).positive(1)).isEqualTo(1);
    assertThat(new Triplets(two, null).negative(1)).isZero();
    Dataset same = new Points(Shape.of(1), new float[][] {{0}, {1}}, new int[] {1, 1}, 3);
    assertThat(new Triplets(same, null).negative(1)).isEqualTo(1);
    assertThatThrownBy(() -> new Triplets(new Points(Shape.of(1), new float[][] {{0}}), null))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("triplets need classes");
  }
}
