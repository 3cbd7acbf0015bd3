package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Pictures of a class at each place: a colour for each, and what it stands for. */
public final class ClassMaps {
  /** Of the ground, which is the first class unless it is said, dark grey; then colours that all eyes tell apart (Okabe and Ito 2008), and others. */
  private static final int[] COLORS = {
    0x303030, 0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7, 0xffffff, 0x8c564b, 0x9467bd, 0x7fff7f
  };
  /** More need a sheet of their own. */
  private static final int MOST_EXPLAINED = 24;

  private ClassMaps() {}

  /** Classes beyond the colours have them again, darker each time. */
  private static int color(int label) {
    return Picture.between(COLORS[label % COLORS.length], 0, Math.min(0.8, 0.35 * (label / COLORS.length)));
  }

  /** The same where another class than the first is the ground. */
  static int color(int label, int ground) {
    return color(label == ground ? 0 : label < ground ? label + 1 : label);
  }

  static Picture picture(Shape shape, float[] labels, String caption) {
    return picture(shape, labels, 0, caption);
  }

  static Picture picture(Shape shape, float[] labels, int ground, String caption) {
    int[] pixels = new int[labels.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = color((int) labels[i], ground);
    }
    return new Picture(shape.width(), shape.height(), pixels, caption);
  }

  /** With a sample of each class's colour at the end. */
  public static Gallery explained(Gallery maps, List<String> classes) {
    List<Picture> pictures = new ArrayList<>(maps.pictures());
    Picture map = maps.pictures().getFirst();
    IntStream.range(0, Math.min(MOST_EXPLAINED, classes.size())).forEach(c -> pictures.add(sample(map, c, classes.get(c))));
    return new Gallery(maps.title(), pictures, maps.together());
  }

  /** As large as a map. */
  private static Picture sample(Picture map, int label, String name) {
    int[] pixels = new int[map.pixels().length];
    Arrays.fill(pixels, color(label));
    return new Picture(map.width(), map.height(), pixels, name);
  }
}
