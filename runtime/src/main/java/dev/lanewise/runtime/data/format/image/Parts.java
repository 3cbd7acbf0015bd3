package dev.lanewise.runtime.data.format.image;

import java.util.Arrays;

/** The parts of a drawing that do not touch each other, at a side or a corner. */
final class Parts {
  private final float[] ink;
  private final int width;
  private final int height;
  private final int[] part;
  private int[] waiting = new int[256];

  Parts(float[] ink, int width, int height) {
    this.ink = ink;
    this.width = width;
    this.height = height;
    part = new int[ink.length];
  }

  /** Takes parts out that have less than this share of all ink. */
  void dropBelow(double share) {
    double[] sums = sums();
    double least = share * Arrays.stream(sums).sum();
    for (int i = 0; i < ink.length; i++) {
      if (ink[i] > 0 && sums[part[i]] < least) {
        ink[i] = 0;
      }
    }
  }

  /** The ink of each part; parts are numbered from 1. */
  private double[] sums() {
    double[] sums = new double[16];
    int count = 0;
    for (int i = 0; i < ink.length; i++) {
      if (ink[i] > 0 && part[i] == 0) {
        count++;
        sums = count < sums.length ? sums : Arrays.copyOf(sums, 2 * count);
        sums[count] = fill(i, count);
      }
    }
    return sums;
  }

  private double fill(int from, int number) {
    double sum = 0;
    int count = 1;
    waiting[0] = from;
    part[from] = number;
    while (count > 0) {
      int at = waiting[--count];
      sum += ink[at];
      for (int y = Math.max(0, at / width - 1); y <= Math.min(height - 1, at / width + 1); y++) {
        for (int x = Math.max(0, at % width - 1); x <= Math.min(width - 1, at % width + 1); x++) {
          int next = y * width + x;
          if (ink[next] > 0 && part[next] == 0) {
            part[next] = number;
            waiting = count < waiting.length ? waiting : Arrays.copyOf(waiting, 2 * count);
            waiting[count++] = next;
          }
        }
      }
    }
    return sum;
  }
}
