package dev.lanewise.runtime.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CellsTest {
  /** The ratio of the axes of what is darker than its surroundings, from its second moments. */
  private static double elongation(Dataset cells, int index) {
    int size = Cells.SHAPE.height();
    float[] image = new float[size * size];
    cells.read(index, image, 0, 1);
    double mass = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (int i = 0; i < image.length; i++) {
      if (image[i] < 0.6) {
        mass++;
        x += i % size;
        y += i / size;
      }
    }
    for (int i = 0; i < image.length; i++) {
      if (image[i] < 0.6) {
        double dx = i % size - x / mass;
        double dy = i / size - y / mass;
        xx += dx * dx / mass;
        yy += dy * dy / mass;
        xy += dx * dy / mass;
      }
    }
    double root = Math.sqrt((xx - yy) * (xx - yy) + 4 * xy * xy);
    return Math.log((xx + yy + root) / (xx + yy - root)) / 2;
  }

  /** Whoever measures lengths and widths is as good as anybody: Φ(apart / √2), and what the pixels leave unclear. */
  @Test
  void theyCanBeToldApartAsWellAsIsSaid() {
    for (double[] apartAndArea : new double[][] {{2, 0.9214}, {1, 0.7602}, {0, 0.5}}) {
      Dataset cells = Cells.of(4_000, 0.3, apartAndArea[0], 1).test();
      double[] sick = measured(cells, 1);
      double[] healthy = measured(cells, 0);
      assertThat(sick).hasSize(1_200);
      long won = Arrays.stream(sick).mapToLong(s -> Arrays.stream(healthy).filter(h -> h < s).count()).sum();
      assertThat((double) won / sick.length / healthy.length).as("apart %s", apartAndArea[0]).isCloseTo(apartAndArea[1], within(0.02));
    }
  }

  private static double[] measured(Dataset cells, int label) {
    return IntStream.range(0, cells.size()).filter(i -> cells.label(i) == label).mapToDouble(i -> elongation(cells, i)).toArray();
  }

  @Test
  void theSameSeedMakesTheSameCells() {
    DataSplit one = Cells.of(20, 0.3, 2, 5);
    assertThat(one.classNames()).containsExactly("healthy", "sick");
    float[] a = new float[784];
    float[] b = new float[784];
    one.train().read(7, a, 0, 1);
    Cells.of(20, 0.3, 2, 5).train().read(7, b, 0, 1);
    assertThat(a).isEqualTo(b);
    one.test().read(7, b, 0, 1);
    assertThat(a).isNotEqualTo(b);
    Cells.of(20, 0.3, 2, 6).train().read(7, b, 0, 1);
    assertThat(a).isNotEqualTo(b);
  }
}
