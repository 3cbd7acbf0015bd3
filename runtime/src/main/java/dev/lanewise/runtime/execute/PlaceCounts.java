package dev.lanewise.runtime.execute;

import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.kernel.lane.Lanes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * What a network says of the places of a batch's examples, as often as it says it: outputs are not kept. Blocks add to it, several at once;
 * whole numbers, so that their order does not matter.
 */
public final class PlaceCounts {
  private static final int LANES = Lanes.BLOCK;
  /** Of more classes, such as the words of a language, it is not counted which is taken for which. */
  private static final int MOST = 512;

  private final int classes;
  private final int places;
  private final int scores;
  /** {@code [right][said]}; of more than {@link #MOST} classes {@code [class]}: how often it is right, said, and both. */
  private final long[] counts;
  private final boolean[] leftOut;
  private long all;
  private long exact;
  private long examples;
  private final ThreadLocal<Block> block;

  /** What a worker needs for the block at work. */
  private static final class Block {
    private final float[] most = new float[LANES];
    private final int[] said = new int[LANES];
    /** Places of each lane that count, and that are right. */
    private final int[] counted = new int[LANES];
    private final int[] right = new int[LANES];
    private final int[] counts;

    private Block(int size) {
      counts = new int[size];
    }
  }

  PlaceCounts(Field target, int outputs, IntPredicate leftOut) {
    this.classes = target.bound();
    this.places = target.shape().size();
    this.scores = outputs / places;
    this.counts = new long[isTable(classes) ? classes * classes : 3 * classes];
    this.leftOut = new boolean[classes];
    for (int c = 0; c < classes; c++) {
      this.leftOut[c] = leftOut.test(c);
    }
    this.block = ThreadLocal.withInitial(() -> new Block(counts.length));
  }

  private static boolean isTable(int classes) {
    return classes <= MOST;
  }

  /** Whether it is counted which class is said to be which. */
  public boolean isTable() {
    return isTable(classes);
  }

  boolean isOf(Field target) {
    return target.bound() == classes && target.shape().size() == places;
  }

  /** How many bytes {@link #write} takes. */
  int bytes() {
    return 8 * (counts.length + 3);
  }

  /** What has been counted since it began, for another process. */
  void write(ByteBuffer to) {
    for (long count : counts) {
      to.putLong(count);
    }
    to.putLong(all).putLong(exact).putLong(examples);
  }

  /** Adds what another process has counted. */
  void add(ByteBuffer from) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += from.getLong();
    }
    all += from.getLong();
    exact += from.getLong();
    examples += from.getLong();
  }

  void begin() {
    Arrays.fill(counts, 0);
    all = 0;
    exact = 0;
    examples = 0;
  }

  /** Counts the places of a block's first lanes. A place whose outputs are not all numbers is said to be nothing. */
  void block(float[] arena, int output, int label, int lanes, float threshold) {
    Block own = block.get();
    Arrays.fill(own.counts, 0);
    Arrays.fill(own.counted, 0);
    Arrays.fill(own.right, 0);
    for (int p = 0; p < places; p++) {
      say(own, arena, output + p * LANES, threshold);
      for (int lane = 0; lane < lanes; lane++) {
        int right = (int) arena[label + p * LANES + lane];
        if (!leftOut[right]) {
          own.counted[lane]++;
          own.right[lane] += own.said[lane] == right ? 1 : 0;
          count(own.counts, right, own.said[lane]);
        }
      }
    }
    add(own, lanes);
  }

  private void count(int[] into, int right, int said) {
    boolean known = said >= 0 && said < classes;
    if (isTable()) {
      if (known) {
        into[right * classes + said]++;
      }
      return;
    }
    if (known) {
      into[right]++;
      into[classes + said]++;
      into[2 * classes + right] += right == said ? 1 : 0;
    }
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

  private synchronized void add(Block own, int lanes) {
    for (int i = 0; i < own.counts.length; i++) {
      counts[i] += own.counts[i];
    }
    for (int lane = 0; lane < lanes; lane++) {
      all += own.counted[lane];
      examples += own.counted[lane] > 0 ? 1 : 0;
      exact += own.counted[lane] > 0 && own.right[lane] == own.counted[lane] ? 1 : 0;
    }
  }

  public int classes() {
    return classes;
  }

  /** Places that count. */
  public long all() {
    return all;
  }

  /** Examples with a place that counts. */
  public long examples() {
    return examples;
  }

  /** Those of them all of whose places are right. */
  public long exact() {
    return exact;
  }

  /** Places of a class. */
  public long right(int label) {
    return counts[label];
  }

  /** Places that are said to be of a class. */
  public long said(int label) {
    return counts[classes + label];
  }

  /** Places of a class that are said to be of it. */
  public long both(int label) {
    return counts[2 * classes + label];
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
