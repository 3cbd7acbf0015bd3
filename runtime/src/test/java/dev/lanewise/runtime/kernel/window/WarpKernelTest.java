package dev.lanewise.runtime.kernel.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.Samples;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("kernels")
class WarpKernelTest {
  private static final float BACKGROUND = -0.25f;

  /** Places in the image, at its edges and far outside: the kernel's bits are those of the formula. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "7, 1", "5, 8", "28, 28"})
  void everyLaneIsSampledAsTheFormulaSays(int height, int width) {
    Random random = new Random(31L * height + width);
    float[][] images = new float[Lanes.BLOCK][];
    int pitch = width + WarpKernel.FRAME;
    float[] framed = new float[(height + WarpKernel.FRAME) * pitch * Lanes.BLOCK];
    java.util.Arrays.fill(framed, BACKGROUND);
    for (int lane = 0; lane < Lanes.BLOCK; lane++) {
      images[lane] = Samples.random(lane, height * width);
      for (int i = 0; i < height * width; i++) {
        framed[((i / width + 1) * pitch + i % width + 1) * Lanes.BLOCK + lane] = images[lane][i];
      }
    }
    int[] maps = new int[6 * Lanes.BLOCK];
    for (int i = 0; i < maps.length; i++) {
      maps[i] = (int) ((i < 2 * Lanes.BLOCK ? 1.5 * Math.max(height, width) : 1.2) * WarpKernel.ONE
          * (2 * random.nextDouble() - 1));
    }
    int[] xs = new int[width * Lanes.BLOCK];
    int[] ys = new int[width * Lanes.BLOCK];
    int outside = 0;
    for (int row = 0; row < height; row++) {
      float[] out = Samples.blank(2 + width * Lanes.BLOCK);
      WarpKernel.places(maps, row, width, xs, ys);
      WarpKernel.sample(framed, height, width, xs, ys, new int[width * Lanes.BLOCK], out, 1);
      Samples.assertUntouched(out, 1, 1 + width * Lanes.BLOCK, row);
      for (int column = 0; column < width; column++) {
        for (int lane = 0; lane < Lanes.BLOCK; lane++) {
          int x = maps[lane] + column * maps[2 * Lanes.BLOCK + lane] + row * maps[4 * Lanes.BLOCK + lane];
          int y = maps[Lanes.BLOCK + lane] + column * maps[3 * Lanes.BLOCK + lane]
              + row * maps[5 * Lanes.BLOCK + lane];
          float expected = WarpKernel.scalar(images[lane], height, width, x, y, BACKGROUND);
          outside += expected == BACKGROUND ? 1 : 0;
          assertThat(out[1 + column * Lanes.BLOCK + lane]).as("%d %d %d", row, column, lane).isEqualTo(expected);
        }
      }
    }
    assertThat(outside).isPositive();
  }

  /** Between the points of the grid, in double. */
  @ParameterizedTest
  @CsvSource({"1, 4", "8, 3", "9, 9", "28, 7"})
  void placesAreBentAsTheFormulaSays(int width, int grid) {
    int across = (width - 1) / grid + 2;
    float[] nodes = Samples.random(5, 3 * across * 2 * Lanes.BLOCK);
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] *= 3 * WarpKernel.ONE;
    }
    for (int row = 0; row < 2 * grid; row++) {
      int[] xs = new int[width * Lanes.BLOCK];
      int[] ys = new int[width * Lanes.BLOCK];
      WarpKernel.bend(nodes, grid, row, width, new float[across * 2 * Lanes.BLOCK], xs, ys);
      for (int i = 0; i < xs.length; i++) {
        int column = i / Lanes.BLOCK;
        double[] moved = new double[2];
        for (int corner = 0; corner < 4; corner++) {
          int r = row / grid + corner / 2;
          int c = column / grid + corner % 2;
          double weight = (1 - Math.abs(row / (double) grid - r)) * (1 - Math.abs(column / (double) grid - c));
          for (int axis = 0; axis < 2; axis++) {
            moved[axis] += weight * nodes[((r * across + c) * 2 + axis) * Lanes.BLOCK + i % Lanes.BLOCK];
          }
        }
        assertThat(Math.abs(xs[i] - moved[0])).as("x %d %d", row, i).isLessThan(1.01);
        assertThat(Math.abs(ys[i] - moved[1])).as("y %d %d", row, i).isLessThan(1.01);
      }
    }
  }
}
