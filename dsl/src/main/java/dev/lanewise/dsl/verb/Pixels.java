package dev.lanewise.dsl.verb;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import java.util.Locale;

/** What an attack takes for granted of images. */
public final class Pixels {
  private Pixels() {}

  /** @throws MistakeException if original values of the first examples do not go from 0 to 1 */
  public static void require(Span at, String data, Dataset images, int count) {
    Dataset original = images.normalized(Normalization.none(images.shape()));
    float[] image = new float[images.shape().size()];
    float low = 0;
    float high = 1;
    for (int i = 0; i < Math.min(count, images.size()); i++) {
      original.read(i, image, 0, 1);
      for (float v : image) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
    if (low < 0 || high > 1) {
      throw new MistakeException(
          Code.L121, at, String.format(Locale.ROOT, "the pixels of %s go from %.4g to %.4g, but an attack leaves pixels between 0 and 1", data, low, high),
          "bring the images to values from 0 to 1 before they are read; arrays of bytes are read so");
    }
  }
}
