package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.tensor.Shape;
import org.junit.jupiter.api.Test;

class NotFiniteTest {
  private static final Shape IMAGE = Shape.of(2, 2, 3);

  private static Dataset images(int item, int place, float value) {
    float[][] values = new float[4][12];
    values[item][place] = value;
    return new Points(IMAGE, values, new int[] {0, 1, 0, 1}, 2);
  }

  @Test
  void itemAndPlaceAreNamed() {
    assertThat(NotFinite.first(images(2, 11, Float.NaN))).contains(new NotFinite(2, "NaN at [1, 1, 2]"));
    assertThat(NotFinite.first(images(0, 0, Float.POSITIVE_INFINITY))).contains(new NotFinite(0, "infinity at [0, 0, 0]"));
    assertThat(NotFinite.first(images(3, 4, Float.NEGATIVE_INFINITY))).contains(new NotFinite(3, "minus infinity at [0, 1, 1]"));
    assertThat(NotFinite.first(images(3, 4, 1e38f))).isEmpty();
  }

  @Test
  void onlyTheGivenOnesAreLookedAt() {
    assertThat(NotFinite.first(images(2, 0, Float.NaN), new int[] {3, 2, 1}, 0, 1)).isEmpty();
    assertThat(NotFinite.first(images(2, 0, Float.NaN), new int[] {3, 2, 1}, 0, 2)).isPresent();
  }

  @Test
  void targetsAreLookedAtToo() {
    Dataset paired = new Paired(images(0, 0, 1), images(1, 0, Float.NaN));
    assertThat(NotFinite.first(paired)).contains(new NotFinite(1, "a target of NaN at [0, 0, 0]"));
  }

  @Test
  void measuringNamesTheItem() {
    assertThatThrownBy(() -> images(2, 11, Float.NaN).measured()).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("item 2 of the examples to train on has NaN at [1, 1, 2]");
  }
}
