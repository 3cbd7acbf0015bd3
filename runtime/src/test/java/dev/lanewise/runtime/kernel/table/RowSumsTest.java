package dev.lanewise.runtime.kernel.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RowSumsTest {
  /** Many rows, some of them often, more than there is room for at first; cleared and used again. */
  @Test
  void theSumsAreThoseOfAMap() {
    Random random = new Random(7);
    RowSums sums = new RowSums(2);
    RowSums others = new RowSums(2);
    for (int round = 0; round < 20; round++) {
      Map<Integer, double[]> expected = new TreeMap<>();
      sums.clear();
      others.clear();
      int adds = random.nextInt(2_000);
      for (int i = 0; i < adds; i++) {
        int row = random.nextInt(round % 2 == 0 ? 50 : 1_000_000);
        float[] values = {0, random.nextFloat(), random.nextFloat()};
        (i % 3 == 0 ? others : sums).add(row, values, 1);
        double[] sum = expected.computeIfAbsent(row, _ -> new double[2]);
        sum[0] += values[1];
        sum[1] += values[2];
      }
      sums.add(others);
      sums.sort();
      assertThat(sums.count()).isEqualTo(expected.size());
      int k = 0;
      for (Map.Entry<Integer, double[]> e : expected.entrySet()) {
        assertThat(sums.row(k)).isEqualTo(e.getKey());
        assertThat(sums.before(e.getKey())).isEqualTo(k);
        assertThat(sums.before(e.getKey() + 1)).isEqualTo(k + 1);
        assertThat(sums.value(k, 0)).isEqualTo((float) e.getValue()[0]);
        assertThat(sums.value(k, 1)).isEqualTo((float) e.getValue()[1]);
        k++;
      }
    }
  }
}
