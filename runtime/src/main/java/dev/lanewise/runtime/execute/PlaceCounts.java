package dev.lanewise.runtime.execute;

import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.kernel.lane.Lanes;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * What a network says of the places of a batch's examples, as often as it says it: outputs are not kept. Blocks add to it, several at once;
 * whole numbers, so that their order does not matter.
 */
public final class PlaceCounts {
  private static final int LANES = Lanes.BLOCK;

  private final int classes;
  private final int places;
  private final int scores;
  /** {@code [right][said]}. */
  private final long[] counts;
  private final boolean[] leftOut;
  private long all;
  private final ThreadLocal<Block> block;

  /** What a worker needs for the block at work. */
  private static final class Block {
    private final float[] most = new float[LANES];
    private final int[] said = new int[LANES];
    private final int[] counts;

    private Block(int size) {
      counts = new int[size];
    }
  }

  PlaceCounts(Field target, int outputs, IntPredicate leftOut) {
    this.classes = target.bound();
    this.places = target.shape().size();
    this.scores = outputs / places;
    this.counts = new long[Math.multiplyExact(classes, classes)];
    this.leftOut = new boolean[classes];
    for (int c = 0; c < classes; c++) {
      this.leftOut[c] = leftOut.test(c);
    }
    this.block = ThreadLocal.withInitial(() -> new Block(counts.length));
  }

  boolean isOf(Field target) {
    return target.bound() == classes && target.shape().size() == places;
  }

  void begin() {
    Arrays.fill(counts, 0);
    all = 0;
  }

  /** Counts the places of a block's first lanes. A place whose outputs are not all numbers is said to be nothing. */
  void block(float[] arena, int output, int label, int lanes, float threshold) {
    Block own = block.get();
    Arrays.fill(own.counts, 0);
    int counted = 0;
    for (int p = 0; p < places; p++) {
      say(own, arena, output + p * LANES, threshold);
      for (int lane = 0; lane < lanes; lane++) {
        int right = (int) arena[label + p * LANES + lane];
        if (!leftOut[right]) {
          counted++;
          if (own.said[lane] >= 0 && own.said[lane] < classes) {
            own.counts[right * classes + own.said[lane]]++;
          }
        }
      }
    }
    add(own.counts, counted);
  }

  /** The highest score of each lane at a place: the first of equals. Of a single one whether it says yes. */
  private void say(Block own, float[] arena, int at, float threshold) {
    for (int lane = 0; lane < LANES; lane++) {
      own.most[lane] = arena[at + lane];
      own.said[lane] = Float.isNaN(own.most[lane]) ? -1 : scores == 1 && own.most[lane] > threshold ? 1 : 0;
    }
    for (int c = 1; c < scores; c++) {
      int from = at + c * places * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        float score = arena[from + lane];
        boolean higher = score > own.most[lane];
        own.said[lane] = Float.isNaN(score) || own.said[lane] < 0 ? -1 : higher ? c : own.said[lane];
        own.most[lane] = higher ? score : own.most[lane];
      }
    }
  }

  private synchronized void add(int[] more, int counted) {
    for (int i = 0; i < more.length; i++) {
      counts[i] += more[i];
    }
    all += counted;
  }

  public int classes() {
    return classes;
  }

  /** Places that count. */
  public long all() {
    return all;
  }

  /** How many places of a class are said to be another, or the same. */
  public long of(int right, int said) {
    return counts[right * classes + said];
  }

  /** Whether places of a class do not count. */
  public boolean isLeftOut(int right) {
    return leftOut[right];
  }
}
