package dev.lanewise.runtime.data.format.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What is drawn in a grey image, apart from its ground. The ground is what the edge of the image has: ink is dark if it
 * goes further below that than above. Light that falls unevenly on paper is told from ink by its size, and taken away.
 * Contrast is stretched from the ground to the ink, and specks that are small beside the drawing are left out.
 */
final class Ink {
  /** Of the contrast: less is ground. */
  private static final float FAINT = 0.1f;
  /** Of 255: less is no drawing. */
  private static final float LEAST = 12;
  /** Deviations of the edge that are its own noise. */
  private static final float NOISE = 4;
  /** A part with less than this of the drawing's ink is a speck. */
  private static final double SPECK = 0.02;
  /** MNIST's: 20 of 28 pixels. */
  private static final double BOX = 20.0 / 28;

  private final int width;
  private final int height;
  /** 0 to 255, the ground 0. */
  private final float[] ink;

  /**
   * @param file for messages
   * @throws IOException if nothing is drawn
   */
  Ink(Path file, float[] plane, int width, int height) throws IOException {
    this.width = width;
    this.height = height;
    float[] smooth = Smooth.mean(plane, width, height, Math.max(width, height) / 300);
    float[] edge = edge(plane);
    float ground = edge[edge.length / 2];
    boolean dark = ground - least(smooth) > most(smooth) - ground;
    ink = aboveGround(plane, smooth, edge, dark);
    float[] level = Smooth.mean(ink, width, height, Math.max(width, height) / 300);
    float full = most(level);
    float[] own = edge(ink);
    float noise = NOISE * own[own.length / 2];
    if (full < LEAST || full < 2 * noise) {
      throw new IOException(file + ": nothing is drawn in it: all of it is as light as its edge");
    }
    stretch(Math.max(noise, FAINT * full), full);
    new Parts(ink, width, height).dropBelow(SPECK);
  }

  private float[] aboveGround(float[] plane, float[] smooth, float[] edge, boolean dark) {
    float sign = dark ? -1 : 1;
    float contrast = dark ? edge[edge.length / 2] - least(smooth) : most(smooth) - edge[edge.length / 2];
    boolean even = edge[edge.length * 9 / 10] - edge[edge.length / 10] < FAINT * contrast;
    float[] ground = even ? null : Smooth.ground(smooth, width, height, dark);
    float[] above = new float[plane.length];
    for (int i = 0; i < above.length; i++) {
      above[i] = Math.max(0, sign * (plane[i] - (even ? edge[edge.length / 2] : ground[i])));
    }
    return above;
  }

  private void stretch(float from, float to) {
    for (int i = 0; i < ink.length; i++) {
      ink[i] = ink[i] <= from ? 0 : Math.min(255, 255 * ink[i] / to);
    }
  }

  /** The values at the edge, in order. */
  private float[] edge(float[] plane) {
    int border = Math.max(1, Math.min(width, height) / 50);
    float[] values = new float[plane.length];
    int count = 0;
    for (int i = 0; i < plane.length; i++) {
      int x = i % width;
      int y = i / width;
      if (Math.min(Math.min(x, width - 1 - x), Math.min(y, height - 1 - y)) < border) {
        values[count++] = plane[i];
      }
    }
    float[] edge = Arrays.copyOf(values, count);
    Arrays.sort(edge);
    return edge;
  }

  private static float least(float[] values) {
    float least = Float.MAX_VALUE;
    for (float v : values) {
      least = Math.min(least, v);
    }
    return least;
  }

  private static float most(float[] values) {
    float most = 0;
    for (float v : values) {
      most = Math.max(most, v);
    }
    return most;
  }

  /** The drawing in a square, row by row, 0 to 255. */
  float[] centred(int size) {
    int[] box = box();
    int boxWidth = box[2] - box[0] + 1;
    int boxHeight = box[3] - box[1] + 1;
    double scale = Math.max(1, Math.round(BOX * size)) / (double) Math.max(boxWidth, boxHeight);
    int toWidth = (int) Math.max(1, Math.round(boxWidth * scale));
    int toHeight = (int) Math.max(1, Math.round(boxHeight * scale));
    float[] cut = new float[boxWidth * boxHeight];
    for (int y = 0; y < boxHeight; y++) {
      System.arraycopy(ink, (box[1] + y) * width + box[0], cut, y * boxWidth, boxWidth);
    }
    return placed(Resized.of(cut, boxWidth, boxHeight, toWidth, toHeight), toWidth, toHeight, size);
  }

  /** First and last column and row that have ink: left, top, right, bottom. */
  private int[] box() {
    int[] box = {width, height, -1, -1};
    for (int i = 0; i < ink.length; i++) {
      if (ink[i] > 0) {
        box[0] = Math.min(box[0], i % width);
        box[1] = Math.min(box[1], i / width);
        box[2] = Math.max(box[2], i % width);
        box[3] = Math.max(box[3], i / width);
      }
    }
    return box;
  }

  /** The centre of mass goes to the middle, in MNIST pixel 14 of 0 to 27, as long as nothing leaves the square. Thin strokes are as light as thick ones. */
  private static float[] placed(float[] small, int width, int height, int size) {
    double sum = 0;
    double across = 0;
    double down = 0;
    for (int i = 0; i < small.length; i++) {
      sum += small[i];
      across += small[i] * (i % width);
      down += small[i] * (i / width);
    }
    int left = Math.clamp(Math.round(size / 2.0 - across / sum), 0, size - width);
    int top = Math.clamp(Math.round(size / 2.0 - down / sum), 0, size - height);
    float most = most(small);
    float[] square = new float[size * size];
    for (int i = 0; i < small.length; i++) {
      square[(top + i / width) * size + left + i % width] = small[i] * 255 / most;
    }
    return square;
  }
}
