package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** What a layer makes of an example, map by map, all with one scale; of a sequence one picture, a row for each channel. */
public final class FeatureMaps {
  /** More fit no sheet. */
  private static final int MOST = 256;

  private FeatureMaps() {}

  /** @param values channel by channel */
  public static Gallery of(String title, Shape shape, double[] values) {
    boolean image = shape.isImage();
    int all = image ? shape.channels() : 1;
    int shown = Math.min(MOST, all);
    Shape plane = Maps.plane(shape);
    int size = plane.size();
    double most = Maps.most(values);
    boolean signed = DoubleStream.of(values).anyMatch(v -> v < 0);
    List<Picture> pictures = new ArrayList<>();
    for (int c = 0; c < shown; c++) {
      pictures.add(Maps.picture(plane, Arrays.copyOfRange(values, c * size, (c + 1) * size), most, signed, image ? Integer.toString(c) : ""));
    }
    pictures.add(Maps.scale(plane.width(), most, signed));
    return new Gallery(shown < all ? title + ", the first " + shown + " of " + all : title, pictures);
  }
}
