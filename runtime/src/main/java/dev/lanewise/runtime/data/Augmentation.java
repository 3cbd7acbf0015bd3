package dev.lanewise.runtime.data;

import dev.lanewise.runtime.kernel.element.NoiseKernel;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.window.WarpKernel;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Changes training examples at random, each time anew, so that a network sees more of them than there are. All that
 * moves pixels is one {@link Warp}; what comes from outside an image is what an original 0 is read as.
 *
 * <pre>{@code new Augmentation(List.of(new Rotate(10), new Shift(2), new Scale(0.9, 1.1))) }</pre>
 */
public final class Augmentation {
  /** One kind of change. */
  public sealed interface Change {}

  /** By up to so many degrees, to either side. */
  public record Rotate(double degrees) implements Change {}

  /** By up to so many pixels, in both directions. */
  public record Shift(double pixels) implements Change {}

  /** By a factor between the two. */
  public record Scale(double least, double most) implements Change {}

  /** Rows slide over each other by up to so many degrees. */
  public record Shear(double degrees) implements Change {}

  /** Left and right change places, with that probability. */
  public record Flip(double p) implements Change {}

  /**
   * The points of a grid, so many pixels apart, move by up to so many, and what lies between with them (Ronneberger et
   * al. 2015).
   */
  public record Elastic(double pixels, int grid) implements Change {}

  /** A square of so many pixels becomes background, with that probability (DeVries and Taylor 2017). */
  public record Erase(int size, double p) implements Change {}

  /** All values of an image are multiplied by a factor between the two, from its background on. */
  public record Brightness(double least, double most) implements Change {}

  /** Normal noise is added to every value. */
  public record Noise(double deviation) implements Change {}

  /**
   * A second example shows through: shares are drawn from Beta(alpha, alpha), with alpha at most 1 (Zhang et al.
   * 2018). The label is that of one of the two, with its share as the probability, which has the same gradient on
   * average as a mixture of both; a number to predict is mixed.
   */
  public record Mixup(double alpha) implements Change {}

  /** A sound begins earlier or later, by up to so many steps of time. */
  public record Delay(double steps) implements Change {}

  /** A stretch of up to so many times of a sound, and one of up to so many pitches, become silent (Park et al. 2019). */
  public record Mask(int times, int pitches) implements Change {}

  /** A sound becomes slower or faster, by a factor between the two; it begins when it did. */
  public record Tempo(double least, double most) implements Change {}

  /** A wave becomes louder or softer, by up to so many decibels. */
  public record Gain(double decibels) implements Change {}

  /** Draws keep apart by their salt. */
  private static final int OWN = 100;
  private static final int PARTNER = 200;
  private static final int SHARE = 201;
  private static final int LABEL = 202;

  /**
   * A part of an example that lies over its image, and moves with it.
   *
   * @param field its place among {@link Dataset#fields}
   * @param outside what comes from outside
   */
  public record Over(int field, Shape shape, boolean whole, float outside) {}

  private final List<Change> changes;
  private final List<Over> over;
  /** Of what is in the image; null where no boxes move with it. */
  private final BoxGrid grid;
  private final boolean moves;
  private final Optional<Mixup> mixup;
  /** A worker reads one block at a time. */
  private final ThreadLocal<Buffers> buffers = new ThreadLocal<>();

  /** For the blocks of a data set. */
  private static final class Buffers {
    private final Shape shape;
    private final float[] originals;
    private final float[] partners;
    private final int[] chosen = new int[Lanes.BLOCK];
    private final long[] keys = new long[Lanes.BLOCK];
    /** Halves of keys: low ones, high ones. */
    private final int[] halves = new int[2 * Lanes.BLOCK];
    private final float[] factors = new float[Lanes.BLOCK];
    private final Warp warp;
    /** Of each part that lies over the image. */
    private final Warp[] overs;
    private final float[] lying;
    /** Null where no boxes move. */
    private final MovedBoxes boxes;
    /** Another example's numbers to predict. */
    private float[] target = new float[0];

    private Buffers(Shape shape, Augmentation of) {
      this.shape = shape;
      boolean warps = of.moves && shape.isImage();
      originals = new float[warps ? shape.size() * Lanes.BLOCK : 0];
      partners = new float[of.mixup.isPresent() ? shape.size() * Lanes.BLOCK : 0];
      warp = warps ? new Warp(of.changes, shape) : null;
      overs = of.over.stream().map(o -> new Warp(of.changes, o.shape)).toArray(Warp[]::new);
      lying = new float[of.over.stream().mapToInt(o -> o.shape.size() * Lanes.BLOCK).max().orElse(0)];
      boxes = of.grid == null ? null : new MovedBoxes(of.grid);
    }
  }

  public Augmentation(List<Change> changes) {
    this(changes, List.of());
  }

  /** @param over parts that lie over the image */
  public Augmentation(List<Change> changes, List<Over> over) {
    this(changes, over, Optional.empty());
  }

  /**
   * @param grid of boxes of what is in the image
   * @throws IllegalArgumentException if boxes would be turned or bent
   */
  public Augmentation(List<Change> changes, List<Over> over, Optional<BoxGrid> grid) {
    Optional<Change> turning = grid.isEmpty() ? Optional.empty() : changes.stream().filter(Augmentation::turns).findFirst();
    if (turning.isPresent()) {
      throw new IllegalArgumentException("boxes are upright, but here is " + turning.get());
    }
    this.changes = List.copyOf(changes);
    this.moves = changes.stream().anyMatch(Augmentation::moves);
    this.over = moves ? List.copyOf(over) : List.of();
    this.grid = moves ? grid.orElse(null) : null;
    this.mixup = changes.stream().filter(Mixup.class::isInstance).map(Mixup.class::cast).findFirst();
    if (moves) {
      WarpKernel.prepare();
    }
    if (changes.stream().anyMatch(Noise.class::isInstance)) {
      NoiseKernel.prepare();
    }
  }

  /**
   * Reads the examples {@code order[from] … order[from + count - 1]} into the first lanes of a block,
   * {@code [element][16]}, changed as their keys say: the same key, the same change. What is then in other lanes means
   * nothing.
   *
   * @param key of the batch, see {@link #key}
   * @param place of the first example in the batch
   */
  public void readBlock(
      Dataset data, int[] order, int from, int count, long key, int place, float[] block, int offset) {
    Buffers own = buffers(data.shape());
    for (int lane = 0; lane < count; lane++) {
      own.keys[lane] = key(key, place + lane);
    }
    changed(data, order, from, count, own, block, offset);
    if (mixup.isPresent()) {
      for (int lane = 0; lane < count; lane++) {
        own.chosen[lane] = partner(data, own.keys[lane]);
        own.keys[lane] = Draws.mix(own.keys[lane], PARTNER);
      }
      changed(data, own.chosen, 0, count, own, own.partners, 0);
      for (int lane = 0; lane < count; lane++) {
        mix(share(key(key, place + lane)), own.partners, lane, block, offset + lane);
      }
    }
  }

  /** Whether a part moves with the image. */
  public boolean moves(int field) {
    if (isOfBoxes(field)) {
      return true;
    }
    for (int i = 0; i < over.size(); i++) {
      if (over.get(i).field == field) {
        return true;
      }
    }
    return false;
  }

  private boolean isOfBoxes(int field) {
    return grid != null && (field == grid.classField() || field == grid.boxField());
  }

  /** Reads a part that moves with what {@link #readBlock} reads under the same key. */
  public void readOver(Dataset data, int field, int[] order, int from, int count, long key, int place, float[] block, int offset) {
    Buffers own = buffers(data.shape());
    if (isOfBoxes(field)) {
      for (int lane = 0; lane < count; lane++) {
        own.warp.draw(lane, key(key, place + lane));
        own.boxes.read(data, field, order[from + lane], own.warp, lane, block, offset + lane, Lanes.BLOCK);
      }
      return;
    }
    int which = 0;
    while (over.get(which).field != field) {
      which++;
    }
    Warp warp = own.overs[which];
    for (int lane = 0; lane < count; lane++) {
      data.readField(field, order[from + lane], own.lying, lane, Lanes.BLOCK);
      warp.draw(lane, key(key, place + lane));
    }
    Over part = over.get(which);
    if (part.whole) {
      warp.nearest(own.lying, part.outside, block, offset);
    } else {
      warp.write(own.lying, part.outside, block, offset);
    }
  }

  /** Reads a part of one example, as one that is the first of its batch. */
  public void readOver(Dataset data, int field, int index, long key, float[] out) {
    float[] block = new float[out.length * Lanes.BLOCK];
    readOver(data, field, new int[] {index}, 0, 1, key, 0, block, 0);
    for (int i = 0; i < out.length; i++) {
      out[i] = block[i * Lanes.BLOCK];
    }
  }

  /** Reads one example, as one that is the first of its batch. */
  public void read(Dataset data, int index, long key, float[] out) {
    float[] block = new float[out.length * Lanes.BLOCK];
    readBlock(data, new int[] {index}, 0, 1, key, 0, block, 0);
    for (int i = 0; i < out.length; i++) {
      out[i] = block[i * Lanes.BLOCK];
    }
  }

  /** The key of an example's change, by its place in the batch, so that it does not matter who reads it. */
  public static long key(long batch, int place) {
    return Draws.mix(batch, place);
  }

  private Buffers buffers(Shape shape) {
    Buffers own = buffers.get();
    if (own == null || !own.shape.equals(shape)) {
      own = new Buffers(shape, this);
      buffers.set(own);
    }
    return own;
  }

  private static void mix(float share, float[] partners, int lane, float[] block, int offset) {
    int to = offset;
    for (int from = lane; from < partners.length; from += Lanes.BLOCK) {
      block[to] = share * block[to] + (1 - share) * partners[from];
      to += Lanes.BLOCK;
    }
  }

  /**
   * Reads the target that goes with what {@link #readBlock} reads under the same key. Of numbers it is the target of the
   * example as it was: what is to be rebuilt is clean.
   */
  public void readTarget(Dataset data, int index, long key, float[] out, int offset, int stride) {
    float share = mixup.isEmpty() ? 1 : share(key);
    if (!data.target().isNumbers()) {
      boolean own = share == 1 || Draws.uniform(Draws.mix(key, LABEL), 0) < share;
      data.readTarget(own ? index : partner(data, key), out, offset, stride);
      return;
    }
    data.readTarget(index, out, offset, stride);
    if (share < 1) {
      mixTarget(data, partner(data, key), share, out, offset, stride);
    }
  }

  private void mixTarget(Dataset data, int partner, float share, float[] out, int offset, int stride) {
    int size = data.target().shape().size();
    Buffers own = buffers(data.shape());
    own.target = own.target.length < size ? new float[size] : own.target;
    data.readTarget(partner, own.target, 0, 1);
    for (int i = 0; i < size; i++) {
      int at = offset + i * stride;
      out[at] = share * out[at] + (1 - share) * own.target[i];
    }
  }

  /** Whether it moves what is in an image, so that a mask would no longer lie over it. */
  public static boolean moves(Change change) {
    return isOfImages(change) && !(change instanceof Erase) && !(change instanceof Brightness);
  }

  /** Whether it turns or bends what is in an image, so that a box around it is no box any more. */
  public static boolean turns(Change change) {
    return change instanceof Rotate || change instanceof Shear || change instanceof Elastic;
  }

  /** Whether it changes images alone, and leaves other examples as they are. */
  public static boolean isOfImages(Change change) {
    return !(change instanceof Noise) && !(change instanceof Mixup) && !isOfSounds(change);
  }

  /** Whether it changes sounds alone. */
  public static boolean isOfSounds(Change change) {
    return change instanceof Delay || change instanceof Tempo || change instanceof Mask || change instanceof Gain;
  }

  private static int partner(Dataset data, long key) {
    return Draws.below(data.size(), Draws.mix(key, PARTNER), 0);
  }

  /** The first example's share: Beta(alpha, alpha), as Jöhnk (1964) draws it. */
  private float share(long key) {
    long own = Draws.mix(key, SHARE);
    double power = 1 / mixup.get().alpha;
    for (int i = 0; i < OWN; i += 2) {
      double x = StrictMath.pow(Draws.uniform(own, i), power);
      double y = StrictMath.pow(Draws.uniform(own, i + 1), power);
      if (x + y > 0 && x + y <= 1) {
        return (float) (x / (x + y));
      }
    }
    return 1;
  }

  /** Reads a block without mixing. */
  private void changed(
      Dataset data, int[] order, int from, int count, Buffers own, float[] block, int offset) {
    Shape shape = data.shape();
    if (own.warp == null) {
      data.readBlock(order, from, count, block, offset);
    } else {
      data.readBlock(order, from, count, own.originals, 0);
      for (int lane = 0; lane < count; lane++) {
        own.warp.draw(lane, own.keys[lane]);
      }
      own.warp.write(own.originals, data, block, offset);
    }
    for (int i = 0; i < changes.size(); i++) {
      switch (changes.get(i)) {
        case Noise(double deviation) -> {
          for (int lane = 0; lane < count; lane++) {
            long key = Draws.mix(own.keys[lane], OWN + i);
            own.halves[lane] = (int) key;
            own.halves[Lanes.BLOCK + lane] = (int) (key >>> 32);
          }
          NoiseKernel.add(block, offset, shape.size(), (float) deviation, own.halves);
        }
        case Erase(int size, double p) when shape.isImage() -> {
          for (int lane = 0; lane < count; lane++) {
            long key = Draws.mix(own.keys[lane], OWN + i);
            if (Draws.uniform(key, 0) < p) {
              erase(data, size, key, block, offset + lane);
            }
          }
        }
        case Brightness(double least, double most) when shape.isImage() -> {
          for (int lane = 0; lane < count; lane++) {
            own.factors[lane] = (float) (least + (most - least) * Draws.uniform(Draws.mix(own.keys[lane], OWN + i), 0));
          }
          brighten(data, own.factors, count, block, offset);
        }
        case Delay(double steps) -> {
          for (int lane = 0; lane < count; lane++) {
            SoundChanges.delay(data, steps, Draws.mix(own.keys[lane], OWN + i), block, offset + lane);
          }
        }
        case Tempo(double least, double most) -> {
          for (int lane = 0; lane < count; lane++) {
            SoundChanges.tempo(data, least, most, Draws.mix(own.keys[lane], OWN + i), block, offset + lane);
          }
        }
        case Mask(int times, int pitches) -> {
          for (int lane = 0; lane < count; lane++) {
            SoundChanges.mask(data, times, pitches, Draws.mix(own.keys[lane], OWN + i), block, offset + lane);
          }
        }
        case Gain(double decibels) -> {
          for (int lane = 0; lane < count; lane++) {
            SoundChanges.gain(data, decibels, Draws.mix(own.keys[lane], OWN + i), block, offset + lane);
          }
        }
        default -> { }
      }
    }
  }

  /** v = zero + factor (v - zero), for what an original 0 is read as. */
  private static void brighten(Dataset data, float[] factors, int count, float[] block, int offset) {
    Shape shape = data.shape();
    int plane = shape.size() / shape.channels() * Lanes.BLOCK;
    for (int channel = 0; channel < shape.channels(); channel++) {
      float zero = data.zero(channel);
      int begin = offset + channel * plane;
      for (int at = begin; at < begin + plane; at += Lanes.BLOCK) {
        for (int lane = 0; lane < count; lane++) {
          block[at + lane] = zero + factors[lane] * (block[at + lane] - zero);
        }
      }
    }
  }

  private static void erase(Dataset data, int size, long key, float[] block, int offset) {
    Shape shape = data.shape();
    int top = (int) (Draws.uniform(key, 1) * (shape.height() + size)) - size;
    int left = (int) (Draws.uniform(key, 2) * (shape.width() + size)) - size;
    for (int channel = 0; channel < shape.channels(); channel++) {
      float zero = data.zero(channel);
      for (int r = Math.max(0, top); r < Math.min(shape.height(), top + size); r++) {
        for (int c = Math.max(0, left); c < Math.min(shape.width(), left + size); c++) {
          block[offset + ((channel * shape.height() + r) * shape.width() + c) * Lanes.BLOCK] = zero;
        }
      }
    }
  }
}
