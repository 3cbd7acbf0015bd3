package dev.lanewise.runtime.kernel.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.kernel.lane.Samples;
import dev.lanewise.runtime.kernel.lane.Transpose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernels")
class LaneProductTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "10, 50", "50, 320", "13, 3", "16, 17", "17, 16", "25, 1", "33, 784", "20, 257", "5, 4100", "17, 512"})
  void multipliesByAMatrixAndByItsTranspose(int rows, int columns) {
    float[] x = Samples.random(1, columns * 16 + 3);
    float[] matrix = Samples.random(2, rows * columns + 5);
    float[] bias = Samples.random(3, rows + 1);
    double[] expected = new double[rows * 16], transposed = new double[rows * 16];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = bias[1 + i / 16];
      for (int c = 0; c < columns; c++) {
        expected[i] += (double) matrix[5 + i / 16 * columns + c] * x[3 + c * 16 + i % 16];
        transposed[i] += (double) matrix[5 + c * rows + i / 16] * x[3 + c * 16 + i % 16];
      }
    }
    float[] y = Samples.blank(rows * 16 + 2);
    LaneProduct.by(rows, columns, true, 1).run(x, 3, matrix, 5, bias, 1, y, 2);
    Samples.assertClose(y, 2, expected, 3e-5, columns);
    y = Samples.blank(rows * 16 + 2);
    LaneProduct.byTransposed(rows, columns, 1).run(x, 3, matrix, 5, bias, 1, y, 2);
    Samples.assertClose(y, 2, transposed, 3e-5, columns);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 2", "10, 50, 3", "13, 3, 5", "24, 17, 4", "7, 330, 2", "50, 33, 9"})
  void placesHaveTheBitsOfEachByItself(int rows, int columns, int places) {
    float[] x = Samples.random(1, places * columns * 16 + 3);
    float[] matrix = Samples.random(2, rows * columns + 5);
    float[] bias = Samples.random(3, rows + 1);
    float[] y = Samples.blank(places * rows * 16 + 2);
    float[] transposed = Samples.blank(places * rows * 16 + 2);
    LaneProduct.by(rows, columns, true, places).run(x, 3, matrix, 5, bias, 1, y, 2);
    LaneProduct.byTransposed(rows, columns, places).run(x, 3, matrix, 5, bias, 1, transposed, 2);
    float[] one = Samples.blank(places * rows * 16 + 2);
    float[] oneTransposed = Samples.blank(places * rows * 16 + 2);
    for (int p = 0; p < places; p++) {
      LaneProduct.by(rows, columns, true, 1).run(x, 3 + p * columns * 16, matrix, 5, bias, 1, one, 2 + p * rows * 16);
      LaneProduct.byTransposed(rows, columns, 1).run(x, 3 + p * columns * 16, matrix, 5, bias, 1, oneTransposed, 2 + p * rows * 16);
    }
    assertThat(y).isEqualTo(one);
    assertThat(transposed).isEqualTo(oneTransposed);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 2", "10, 50, 3", "13, 3, 17", "16, 17, 8", "33, 84, 9", "5, 64, 16"})
  void addsProductsOverTheLanesOfAllPlaces(int rows, int columns, int places) {
    float[] a = Samples.random(1, places * rows * 16 + 3);
    float[] b = Samples.random(2, places * columns * 16 + 5);
    float[] c = Samples.random(3, rows * columns + 8);
    float[] before = c.clone();
    double[] expected = new double[rows * columns];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = c[4 + i];
      for (int column = 0; column < 16 * places; column++) {
        int place = column / 16;
        expected[i] += (double) a[3 + (place * rows + i / columns) * 16 + column % 16] * b[5 + (place * columns + i % columns) * 16 + column % 16];
      }
    }
    float[] scratch = new float[LaneOuterProduct.scratchSize(columns, places)];
    new LaneOuterProduct(rows, columns, places).run(a, 3, b, 5, c, 4, scratch, 0);
    Samples.assertClose(c, 4, expected, 3e-5, columns);
    for (int i = 0; i < c.length; i++) {
      assertThat(i >= 4 && i < 4 + rows * columns || c[i] == before[i]).as("c[%d] is not the result's", i).isTrue();
    }
  }

  /** All terms of one sign, where roundings add up: the error of a sum hardly grows with the columns. */
  @ParameterizedTest
  @ValueSource(ints = {784, 4096, 25_088})
  void longSumsAreNearlyAsExactAsShortOnes(int columns) {
    float[] x = Samples.random(1, columns * 16);
    float[] matrix = Samples.random(2, 3 * columns);
    for (int i = 0; i < x.length; i++) {
      x[i] = 0.5f + Math.abs(x[i]);
    }
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = 0.5f + Math.abs(matrix[i]);
    }
    float[] y = new float[48];
    float[] transposed = new float[48];
    LaneProduct.by(3, columns, false, 1).run(x, 0, matrix, 0, null, 0, y, 0);
    LaneProduct.byTransposed(3, columns, 1).run(x, 0, matrix, 0, null, 0, transposed, 0);
    for (int i = 0; i < 48; i++) {
      double expected = 0;
      double expectedTransposed = 0;
      for (int c = 0; c < columns; c++) {
        expected += (double) matrix[i / 16 * columns + c] * x[c * 16 + i % 16];
        expectedTransposed += (double) matrix[c * 3 + i / 16] * x[c * 16 + i % 16];
      }
      assertThat(y[i] / expected - 1).isBetween(-3e-6, 3e-6);
      assertThat(transposed[i] / expectedTransposed - 1).isBetween(-3e-6, 3e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "10, 50", "50, 320", "13, 3", "16, 17", "17, 16", "7, 70", "33, 784", "5, 64"})
  void addsProductsOverTheLanes(int rows, int columns) {
    float[] a = Samples.random(1, rows * 16 + 3);
    float[] b = Samples.random(2, columns * 16 + 5);
    float[] c = Samples.random(3, rows * columns + 8);
    float[] before = c.clone();
    double[] expected = new double[rows * columns];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = c[4 + i];
      for (int lane = 0; lane < 16; lane++) {
        expected[i] += (double) a[3 + i / columns * 16 + lane] * b[5 + i % columns * 16 + lane];
      }
    }
    float[] scratch = new float[LaneOuterProduct.scratchSize(columns, 1)];
    new LaneOuterProduct(rows, columns).run(a, 3, b, 5, c, 4, scratch, 0);
    Samples.assertClose(c, 4, expected, 1e-5, columns);
    for (int i = 0; i < c.length; i++) {
      assertThat(i >= 4 && i < 4 + rows * columns || c[i] == before[i]).as("c[%d] is not the result's", i).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 15, 16, 17, 67, 784})
  void transposes(int count) {
    int row = (count + 15) / 16 * 16 + 16;
    float[] x = Samples.random(1, count * 16 + 3);
    float[] rows = Samples.blank(16 * row + 1);
    new Transpose(count, row).run(x, 3, rows, 1);
    for (int i = 0; i < count * 16; i++) {
      assertThat(rows[1 + i % 16 * row + i / 16]).isEqualTo(x[3 + i]);
    }
  }
}
