package dev.lanewise.runtime.data;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;

/**
 * Changes of a sound in one lane of a block: of a wave, of a sequence of channels x times, or of a picture of pitches x times. The last axis is time, the one
 * before it pitch. Where nothing is left is silence: what an original 0 is read as.
 */
final class SoundChanges {
  private SoundChanges() {}

  private static int times(Shape shape) {
    return shape.isImage() ? shape.width() : shape.size() / shape.channels();
  }

  private static float silence(Dataset data, int row) {
    return data.zero(data.shape().isImage() ? row / data.shape().height() : row);
  }

  /** Earlier or later by up to so many steps. */
  static void delay(Dataset data, double steps, long key, float[] block, int offset) {
    int times = times(data.shape());
    int by = (int) Math.round((2 * Draws.uniform(key, 0) - 1) * Math.min(steps, times));
    for (int row = 0; row < data.shape().size() / times; row++) {
      float silence = silence(data, row);
      int first = offset + row * times * Lanes.BLOCK;
      // From the end that things move to, so that nothing is read after it was overwritten.
      for (int i = 0; i < times; i++) {
        int to = by > 0 ? times - 1 - i : i;
        int from = to - by;
        block[first + to * Lanes.BLOCK] = from < 0 || from >= times ? silence : block[first + from * Lanes.BLOCK];
      }
    }
  }

  /** Slower below a factor of 1, faster above, between the two; what lies between two times is interpolated. A wave changes its pitch with it. */
  static void tempo(Dataset data, double least, double most, long key, float[] block, int offset) {
    int times = times(data.shape());
    double factor = least + (most - least) * Draws.uniform(key, 0);
    for (int row = 0; row < data.shape().size() / times; row++) {
      float silence = silence(data, row);
      int first = offset + row * times * Lanes.BLOCK;
      for (int k = 0; k < times; k++) {
        // From the end that things move to, so that nothing is read after it was overwritten.
        int i = factor < 1 ? times - 1 - k : k;
        double place = i * factor;
        int before = (int) place;
        float share = (float) (place - before);
        float one = before >= times ? silence : block[first + before * Lanes.BLOCK];
        float next = before + 1 >= times ? silence : block[first + (before + 1) * Lanes.BLOCK];
        block[first + i * Lanes.BLOCK] = share == 0 ? one : one + share * (next - one);
      }
    }
  }

  /** A stretch of times and one of pitches, each of up to so many, become silent (SpecAugment, Park et al. 2019). */
  static void mask(Dataset data, int mostTimes, int mostPitches, long key, float[] block, int offset) {
    int times = times(data.shape());
    int rows = data.shape().size() / times;
    int lasting = Draws.below(Math.min(mostTimes, times) + 1, key, 0);
    int high = Draws.below(Math.min(mostPitches, rows) + 1, key, 1);
    int begin = Draws.below(times - lasting + 1, key, 2);
    int low = Draws.below(rows - high + 1, key, 3);
    for (int row = 0; row < rows; row++) {
      boolean whole = row >= low && row < low + high;
      for (int i = whole ? 0 : begin; i < (whole ? times : begin + lasting); i++) {
        block[offset + (row * times + i) * Lanes.BLOCK] = silence(data, row);
      }
    }
  }

  /** Louder or softer by up to so many decibels. */
  static void gain(Dataset data, double decibels, long key, float[] block, int offset) {
    float factor = (float) StrictMath.pow(10, (2 * Draws.uniform(key, 0) - 1) * decibels / 20);
    float zero = data.zero(0);
    for (int i = 0; i < data.shape().size(); i++) {
      int at = offset + i * Lanes.BLOCK;
      block[at] = zero + factor * (block[at] - zero);
    }
  }
}
