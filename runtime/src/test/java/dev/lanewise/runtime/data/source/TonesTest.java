package dev.lanewise.runtime.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.sound.Features;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TonesTest {
  private static final Features MEL = new Features.Mel(new Features.Bands(40, 32, 10, 0, 0, false, 80), true);

  private static float[] read(Dataset data, int index) {
    float[] out = new float[data.shape().size()];
    data.read(index, out, 0, 1);
    return out;
  }

  @Test
  void theSameSeedTheSameSounds() {
    Tones tones = new Tones(20, 0.05, new Features.Wave());
    DataSplit one = tones.make(3);
    assertThat(one.train().shape()).isEqualTo(Shape.of(1, 8_000));
    assertThat(one.train().size()).isEqualTo(20);
    assertThat(one.test().size()).isEqualTo(10);
    assertThat(read(one.train(), 7)).containsExactly(read(tones.make(3).train(), 7)).isNotEqualTo(read(tones.make(4).train(), 7)).isNotEqualTo(read(one.test(), 7));
    assertThat(DataSplit.counts(one.train())).containsOnly(2);
  }

  /** The second resonance of i is near 2,290 Hz, that of u near 870. */
  @Test
  void aVowelHasItsResonances() {
    DataSplit tones = new Tones(100, 0, MEL).make(1);
    double[] middles = new Features.Bands(40, 32, 10, 0, 0, false, 80).middles(8_000);
    assertThat(between(tones.train(), Tones.CLASSES.indexOf("i"), middles)).isGreaterThan(0.15 + between(tones.train(), Tones.CLASSES.indexOf("u"), middles));
  }

  /** Mean brightness from 1,900 to 2,700 Hz where there is a voice. */
  private static double between(Dataset data, int label, double[] middles) {
    double sum = 0;
    int count = 0;
    for (int e = 0; e < data.size(); e++) {
      float[] picture = data.label(e) == label ? read(data, e) : new float[0];
      int pieces = picture.length / 40;
      for (int p = 0; p < pieces; p++) {
        int piece = p;
        boolean voiced = Arrays.stream(new int[] {5, 6, 7, 8}).anyMatch(b -> picture[b * pieces + piece] > 0.5);
        for (int b = 0; b < 40 && voiced; b++) {
          if (middles[b] > 1_900 && middles[b] < 2_700) {
            sum += picture[b * pieces + p];
            count++;
          }
        }
      }
    }
    return sum / count;
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Tones(9, 0, MEL)).hasMessageContaining("count must be at least 10");
    assertThatThrownBy(() -> new Tones(10, 0, new Features.Mel(new Features.Bands(40, 32, 10, 0, 5_000, false, 80), false))).hasMessageContaining("nothing above 4000 Hz");
  }
}
