package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.runtime.operation.Attend;
import java.util.ArrayList;
import java.util.List;

/** Who looks at whom: a picture for each head, a row for each place that looks, a column for each that is looked at, from dark for nothing to light for all. */
public final class Attentions {
  private static final int NOTHING = 0x14213d;
  private static final int ALL = 0xffe066;

  private Attentions() {}

  /** @param p the probabilities, head by head */
  public static Gallery of(String title, Attend attend, double[] p) {
    int size = attend.places() * attend.others();
    List<Picture> heads = new ArrayList<>();
    for (int h = 0; h < attend.heads(); h++) {
      int[] pixels = new int[size];
      for (int i = 0; i < size; i++) {
        pixels[i] = Picture.between(NOTHING, ALL, p[h * size + i]);
      }
      heads.add(new Picture(attend.others(), attend.places(), pixels, attend.heads() == 1 ? "" : Integer.toString(h)));
    }
    return new Gallery(title, heads);
  }
}
