package dev.lanewise.runtime.data;

import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Changes training images at random, each time anew, so that a network sees more of them than there are. All that moves pixels
 * is one affine map, read backwards with bilinear interpolation; what comes from outside is what an original 0 is read as.
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

  /** A square of so many pixels becomes background, with that probability (DeVries and Taylor 2017). */
  public record Erase(int size, double p) implements Change {}

  /** Normal noise is added to every value. */
  public record Noise(double deviation) implements Change {}

  private static final int ONE = 1 << 12;

  private final List<Change> changes;
  private final boolean moves;
  /** A worker reads one image at a time. */
  private final ThreadLocal<float[]> original = new ThreadLocal<>();

  public Augmentation(List<Change> changes) {
    this.changes = List.copyOf(changes);
    this.moves = changes.stream().anyMatch(c -> !(c instanceof Erase) && !(c instanceof Noise));
  }

  /**
   * Reads one example, changed as the key says: the same key, the same change.
   *
   * @param stride between one value and the next
   */
  public void read(Dataset data, int index, long key, float[] out, int offset, int stride) {
    Shape shape = data.shape();
    if (!moves || !shape.isImage()) {
      data.read(index, out, offset, stride);
    } else {
      float[] image = original.get();
      if (image == null || image.length < shape.size()) {
        image = new float[shape.size()];
        original.set(image);
      }
      data.read(index, image, 0, 1);
      move(image, shape, data.zero(), key, out, offset, stride);
    }
    for (int i = 0; i < changes.size(); i++) {
      long own = Draws.mix(key, 100 + i);
      switch (changes.get(i)) {
        case Noise(double deviation) -> noise(shape.size(), (float) deviation, own, out, offset, stride);
        case Erase(int size, double p) when shape.isImage() && Draws.uniform(own, 0) < p ->
            erase(shape, size, own, data.zero(), out, offset, stride);
        default -> { }
      }
    }
  }

  /** The map from a pixel of the result, as seen from the centre, to that of the original: [a b; c d] and a shift. */
  private void move(float[] image, Shape shape, float zero, long key, float[] out, int offset, int stride) {
    double a = 1;
    double b = 0;
    double c = 0;
    double d = 1;
    double right = 0;
    double down = 0;
    for (int i = 0; i < changes.size(); i++) {
      double u = 2 * Draws.uniform(key, 2 * i) - 1;
      double v = 2 * Draws.uniform(key, 2 * i + 1) - 1;
      double p = 1;
      double q = 0;
      double r = 0;
      double s = 1;
      switch (changes.get(i)) {
        case Rotate(double degrees) -> {
          double angle = Math.toRadians(degrees * u);
          p = StrictMath.cos(angle);
          q = StrictMath.sin(angle);
          r = -q;
          s = p;
        }
        case Scale(double least, double most) -> {
          p = 1 / (least + (most - least) * (u + 1) / 2);
          s = p;
        }
        case Shear(double degrees) -> q = StrictMath.tan(Math.toRadians(degrees * u));
        case Flip(double probability) -> p = (u + 1) / 2 < probability ? -1 : 1;
        case Shift(double pixels) -> {
          right += pixels * u;
          down += pixels * v;
        }
        case Erase _, Noise _ -> { }
      }
      double na = a * p + b * r;
      double nb = a * q + b * s;
      double nc = c * p + d * r;
      d = c * q + d * s;
      c = nc;
      a = na;
      b = nb;
    }
    int height = shape.height();
    int width = shape.width();
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    // In fixed point: a pixel is 4096 steps. The original's place of the first pixel of the first row.
    int startX = (int) Math.rint((middleX - a * (middleX + right) - b * (middleY + down)) * ONE);
    int startY = (int) Math.rint((middleY - c * (middleX + right) - d * (middleY + down)) * ONE);
    int ax = (int) Math.rint(a * ONE);
    int bx = (int) Math.rint(b * ONE);
    int cy = (int) Math.rint(c * ONE);
    int dy = (int) Math.rint(d * ONE);
    for (int channel = 0; channel < shape.channels(); channel++) {
      int plane = channel * height * width;
      int to = offset + plane * stride;
      for (int row = 0; row < height; row++) {
        int x = startX + row * bx;
        int y = startY + row * dy;
        for (int column = 0; column < width; column++) {
          out[to] = sample(image, plane, height, width, x, y, zero);
          to += stride;
          x += ax;
          y += cy;
        }
      }
    }
  }

  private static float sample(float[] image, int plane, int height, int width, int x, int y, float zero) {
    int column = x >> 12;
    int row = y >> 12;
    float right = (x & ONE - 1) * (1f / ONE);
    float down = (y & ONE - 1) * (1f / ONE);
    int at = plane + row * width + column;
    if (column >= 0 && row >= 0 && column < width - 1 && row < height - 1) {
      float top = image[at] + right * (image[at + 1] - image[at]);
      float bottom = image[at + width] + right * (image[at + width + 1] - image[at + width]);
      return top + down * (bottom - top);
    }
    if (column < -1 || row < -1 || column >= width || row >= height) {
      return zero;
    }
    float p00 = column >= 0 && row >= 0 ? image[at] : zero;
    float p01 = column < width - 1 && row >= 0 ? image[at + 1] : zero;
    float p10 = column >= 0 && row < height - 1 ? image[at + width] : zero;
    float p11 = column < width - 1 && row < height - 1 ? image[at + width + 1] : zero;
    float top = p00 + right * (p01 - p00);
    return top + down * (p10 + right * (p11 - p10) - top);
  }

  private static void noise(int size, float deviation, long key, float[] out, int offset, int stride) {
    for (int i = 0; i < size; i++) {
      out[offset + i * stride] += (float) (deviation * Draws.normal(Draws.uniform(key, 2 * i), Draws.uniform(key, 2 * i + 1)));
    }
  }

  private static void erase(Shape shape, int size, long key, float zero, float[] out, int offset, int stride) {
    int top = (int) (Draws.uniform(key, 1) * (shape.height() + size)) - size;
    int left = (int) (Draws.uniform(key, 2) * (shape.width() + size)) - size;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int r = Math.max(0, top); r < Math.min(shape.height(), top + size); r++) {
        for (int c = Math.max(0, left); c < Math.min(shape.width(), left + size); c++) {
          out[offset + ((channel * shape.height() + r) * shape.width() + c) * stride] = zero;
        }
      }
    }
  }
}
