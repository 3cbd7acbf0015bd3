package dev.lanewise.runtime.kernel.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.kernel.lane.Samples;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("kernels")
class RowKernelTest {
  private static float[] numbers(int table, int places) {
    Random random = new Random(3);
    float[] x = new float[places * 16 + 1];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextInt(table);
    }
    return x;
  }

  @ParameterizedTest
  @CsvSource({"7, 1, 1", "7, 5, 1", "3, 16, 1", "11, 17, 3", "2, 33, 4", "100, 32, 2", "1, 7, 6"})
  void rowsAndTheirGradientsAreRight(int table, int size, int places) {
    float[] x = numbers(table, places);
    float[] weight = Samples.random(1, table * size + 2);
    float[] scratch = new float[RowKernel.scratchSize(size) + 3];
    RowKernel kernel = new RowKernel(table, size, places, false);
    float[] y = Samples.blank(size * places * 16 + 5);
    kernel.forward(x, 1, weight, 2, y, 4, scratch, 3);
    for (int i = 0; i < size * places * 16; i++) {
      int j = i / 16 / places;
      assertThat(y[4 + i]).isEqualTo(weight[2 + (int) x[1 + i % (places * 16)] * size + j]);
    }
    Samples.assertUntouched(y, 4, 4 + size * places * 16, "embed");

    float[] dy = Samples.random(2, size * places * 16 + 1);
    RowSums sums = new RowSums(size);
    kernel.gradient(x, 1, dy, 1, sums, scratch, 3);
    float[] whole = new float[table * size + 1];
    kernel.gradient(x, 1, dy, 1, whole, 1, scratch, 3);
    double[] expected = RowKernel.scalarGradient(
        table, size, places, Arrays.copyOfRange(x, 1, x.length), Arrays.copyOfRange(dy, 1, dy.length));
    Samples.assertClose(whole, 1, expected, 1e-5, "whole");
    float[] some = new float[table * size];
    sums.sort();
    for (int k = 0; k < sums.count(); k++) {
      for (int j = 0; j < size; j++) {
        some[sums.row(k) * size + j] = sums.value(k, j);
      }
    }
    Samples.assertClose(some, 0, expected, 1e-6, "rows");
  }

  /** Rows one after the other are those of the other order, number by number. */
  @ParameterizedTest
  @CsvSource({"7, 5, 3", "11, 17, 3", "2, 33, 4", "100, 32, 2"})
  void turnedIsTheSame(int table, int size, int places) {
    float[] x = numbers(table, places);
    float[] weight = Samples.random(1, table * size + 2);
    float[] scratch = new float[RowKernel.scratchSize(size)];
    float[] y = Samples.blank(size * places * 16), turned = Samples.blank(size * places * 16 + 5);
    RowKernel kernel = new RowKernel(table, size, places, false), other = new RowKernel(table, size, places, true);
    kernel.forward(x, 1, weight, 2, y, 0, scratch, 0);
    other.forward(x, 1, weight, 2, turned, 4, scratch, 0);
    for (int i = 0; i < y.length; i++) {
      int lane = i % 16, place = i / 16 % places, j = i / 16 / places;
      assertThat(turned[4 + (place * size + j) * 16 + lane]).isEqualTo(y[i]);
    }
    Samples.assertUntouched(turned, 4, 4 + y.length, "embed");
    float[] sums = new float[table * size], others = new float[table * size];
    kernel.gradient(x, 1, y, 0, sums, 0, scratch, 0);
    other.gradient(x, 1, turned, 4, others, 0, scratch, 0);
    assertThat(others).isEqualTo(sums);
  }

  /** Nothing outside the table is read or written. */
  @Test
  void whatIsNoRowIsTheNearest() {
    float[] x = {-5, 3, 1e9f, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0};
    float[] weight = {10, 11, 12};
    float[] y = new float[16];
    RowKernel kernel = new RowKernel(3, 1, 1, false);
    kernel.forward(x, 0, weight, 0, y, 0, new float[RowKernel.scratchSize(1)], 0);
    assertThat(y).startsWith(10, 12, 12, 10, 10, 12, 11, 12, 10);
  }

  @Test
  void sameBitsAtEveryWidth() {
    RowSums sums = new RowSums(19);
    RowKernel kernel = new RowKernel(23, 19, 4, false);
    kernel.gradient(numbers(23, 4), 0, Samples.random(2, 19 * 4 * 16), 0, sums, new float[RowKernel.scratchSize(19)], 0);
    sums.sort();
    float[] values = new float[sums.count() * 19];
    for (int i = 0; i < values.length; i++) {
      values[i] = sums.value(i / 19, i % 19);
    }
    assertThat(Samples.crc(values)).isEqualTo("843e884c");
  }
}
