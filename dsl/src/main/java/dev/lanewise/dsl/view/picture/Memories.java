package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a recurrence keeps and lets through: a picture for each gate and state, a row for each unit, a column for each place, from dark for nothing to light for much; what is below
 * zero is blue.
 */
public final class Memories {
  private static final int NOTHING = 0x14213d;
  private static final int MUCH = 0xffe066;
  private static final int BELOW = 0x4cc9f0;

  /** A gate or a state. @param name as the layer writes it @param values place by place */
  public record Kept(String name, int places, double[] values) {}

  private Memories() {}

  public static Gallery of(String title, List<Kept> kept) {
    return new Gallery(title, kept.stream().map(Memories::picture).toList());
  }

  private static Picture picture(Kept of) {
    int units = of.values().length / of.places();
    double most = Arrays.stream(of.values()).map(Math::abs).max().orElse(0);
    boolean share = Arrays.stream(of.values()).allMatch(v -> v >= 0 && v <= 1);
    double scale = share || most == 0 ? 1 : most;
    int[] pixels = new int[of.values().length];
    for (int place = 0; place < of.places(); place++) {
      for (int unit = 0; unit < units; unit++) {
        double value = of.values()[place * units + unit] / scale;
        pixels[unit * of.places() + place] = Picture.between(NOTHING, value < 0 ? BELOW : MUCH, Math.abs(value));
      }
    }
    return new Picture(of.places(), units, pixels, share ? of.name() : String.format(Locale.ROOT, "%s, up to %.2f", of.name(), most));
  }
}
