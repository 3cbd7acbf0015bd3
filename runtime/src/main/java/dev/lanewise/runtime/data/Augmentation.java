package dev.lanewise.runtime.data;

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

  /** Normal noise is added to every value. */
  public record Noise(double deviation) implements Change {}

  /**
   * A second example shows through: shares are drawn from Beta(alpha, alpha), with alpha at most 1 (Zhang et al.
   * 2018). The label is that of one of the two, with its share as the probability, which has the same gradient on
   * average as a mixture of both; a number to predict is mixed.
   */
  public record Mixup(double alpha) implements Change {}

  /** Draws keep apart by their salt. */
  private static final int OWN = 100;
  private static final int PARTNER = 200;
  private static final int SHARE = 201;
  private static final int LABEL = 202;

  private final List<Change> changes;
  private final boolean moves;
  private final Optional<Mixup> mixup;
  /** A worker reads one example at a time. */
  private final ThreadLocal<Buffers> buffers = ThreadLocal.withInitial(Buffers::new);

  private static final class Buffers {
    private float[] original = new float[0];
    private float[] partner = new float[0];
    private final Warp warp = new Warp();
  }

  public Augmentation(List<Change> changes) {
    this.changes = List.copyOf(changes);
    this.moves = changes.stream().anyMatch(Augmentation::moves);
    this.mixup = changes.stream().filter(Mixup.class::isInstance).map(Mixup.class::cast).findFirst();
  }

  /**
   * Reads one example, changed as the key says: the same key, the same change.
   *
   * @param stride between one value and the next
   */
  public void read(Dataset data, int index, long key, float[] out, int offset, int stride) {
    Buffers own = buffers.get();
    single(data, index, key, own, out, offset, stride);
    if (mixup.isPresent()) {
      int size = data.shape().size();
      own.partner = own.partner.length < size ? new float[size] : own.partner;
      single(data, partner(data, key), Draws.mix(key, PARTNER), own, own.partner, 0, 1);
      float share = share(key);
      for (int i = 0; i < size; i++) {
        int at = offset + i * stride;
        out[at] = share * out[at] + (1 - share) * own.partner[i];
      }
    }
  }

  /**
   * Reads the target that goes with what {@link #read} reads under the same key. Of numbers it is the target of the
   * example as it was: what is to be rebuilt is clean.
   */
  public void readTarget(Dataset data, int index, long key, float[] out, int offset, int stride) {
    float share = mixup.isEmpty() ? 1 : share(key);
    if (data.classes() > 0) {
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
    Buffers other = buffers.get();
    other.partner = other.partner.length < size ? new float[size] : other.partner;
    data.readTarget(partner, other.partner, 0, 1);
    for (int i = 0; i < size; i++) {
      int at = offset + i * stride;
      out[at] = share * out[at] + (1 - share) * other.partner[i];
    }
  }

  /** Whether it moves what is in an image, so that a mask would no longer lie over it. */
  public static boolean moves(Change change) {
    return !(change instanceof Erase) && !(change instanceof Noise) && !(change instanceof Mixup);
  }

  private static int partner(Dataset data, long key) {
    return (int) (((Draws.bits(Draws.mix(key, PARTNER), 0) & 0xffffffffL) * data.size()) >>> 32);
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

  private void single(Dataset data, int index, long key, Buffers buffers, float[] out, int offset, int stride) {
    Shape shape = data.shape();
    if (!moves || !shape.isImage()) {
      data.read(index, out, offset, stride);
    } else {
      int size = shape.size();
      buffers.original = buffers.original.length < size ? new float[size] : buffers.original;
      data.read(index, buffers.original, 0, 1);
      buffers.warp.draw(changes, shape, key);
      buffers.warp.write(buffers.original, data, out, offset, stride);
    }
    for (int i = 0; i < changes.size(); i++) {
      long own = Draws.mix(key, OWN + i);
      switch (changes.get(i)) {
        case Noise(double deviation) -> noise(shape.size(), (float) deviation, own, out, offset, stride);
        case Erase(int size, double p) when shape.isImage() && Draws.uniform(own, 0) < p ->
            erase(data, size, own, out, offset, stride);
        default -> { }
      }
    }
  }

  private static void noise(int size, float deviation, long key, float[] out, int offset, int stride) {
    for (int i = 0; i < size; i++) {
      out[offset + i * stride] += (float) (deviation * Draws.normal(Draws.uniform(key, 2 * i),
          Draws.uniform(key, 2 * i + 1)));
    }
  }

  private static void erase(Dataset data, int size, long key, float[] out, int offset, int stride) {
    Shape shape = data.shape();
    int top = (int) (Draws.uniform(key, 1) * (shape.height() + size)) - size;
    int left = (int) (Draws.uniform(key, 2) * (shape.width() + size)) - size;
    for (int channel = 0; channel < shape.channels(); channel++) {
      float zero = data.zero(channel);
      for (int r = Math.max(0, top); r < Math.min(shape.height(), top + size); r++) {
        for (int c = Math.max(0, left); c < Math.min(shape.width(), left + size); c++) {
          out[offset + ((channel * shape.height() + r) * shape.width() + c) * stride] = zero;
        }
      }
    }
  }
}
