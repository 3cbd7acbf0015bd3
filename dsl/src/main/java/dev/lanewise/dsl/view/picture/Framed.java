package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.runtime.score.Found;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Pictures with frames around what is in them, in the colours of the classes, each with its class's name where there is room. */
public final class Framed {
  /** What a network is less sure of than this is not drawn. */
  public static final double SURE = 0.5;
  private static final int SPACE = 1;

  private Framed() {}

  /** What is drawn of all that is found. */
  public static List<Found> sure(List<Found> found) {
    return found.stream().filter(f -> f.score() >= SURE).toList();
  }

  /** @param ground the class of nothing @param name of a class */
  public static Picture of(Picture picture, List<Found> found, int ground, IntFunction<String> name) {
    int[] pixels = picture.pixels().clone();
    // The surest last, over all others.
    for (Found f : found.reversed()) {
      frame(picture, pixels, f, ClassMaps.color(f.label(), ground), name.apply(f.label()));
    }
    return new Picture(picture.width(), picture.height(), pixels, picture.caption());
  }

  /** {@code 6, 3}, or {@code 6 99 %, 3 87 %}. */
  public static String words(List<Found> found, IntFunction<String> name, boolean sure) {
    return found.stream().map(f -> name.apply(f.label()) + (sure ? String.format(Locale.ROOT, " %.0f %%", 100 * f.score()) : "")).collect(Collectors.joining(", "));
  }

  /** The pixels just around a box, as far as they are in the picture. */
  private static void frame(Picture picture, int[] pixels, Found found, int color, String name) {
    int width = picture.width();
    int height = picture.height();
    int left = Math.clamp(Math.round(found.box().left() * width) - 1, 0, width - 1);
    int right = Math.clamp(Math.round(found.box().right() * width), left, width - 1);
    int top = Math.clamp(Math.round(found.box().top() * height) - 1, 0, height - 1);
    int bottom = Math.clamp(Math.round(found.box().bottom() * height), top, height - 1);
    for (int x = left; x <= right; x++) {
      pixels[top * width + x] = color;
      pixels[bottom * width + x] = color;
    }
    for (int y = top; y <= bottom; y++) {
      pixels[y * width + left] = color;
      pixels[y * width + right] = color;
    }
    int above = top - Letters.HEIGHT - SPACE;
    int letters = (width - left) / (Letters.WIDTH + SPACE);
    if (Letters.areKnown(name) && letters > 0) {
      write(width, pixels, name.substring(0, Math.min(letters, name.length())), left, above >= 0 ? above : Math.min(top + SPACE + 1, height - Letters.HEIGHT - SPACE), color);
    }
  }

  /** On black, so that it can be read on anything. */
  private static void write(int width, int[] pixels, String name, int left, int top, int color) {
    for (int i = 0; i < name.length(); i++) {
      for (int y = 0; y < Letters.HEIGHT && top >= 0; y++) {
        for (int x = 0; x < Letters.WIDTH + SPACE; x++) {
          int at = (top + y) * width + left + i * (Letters.WIDTH + SPACE) + x;
          pixels[at] = x < Letters.WIDTH && Letters.isInk(name.charAt(i), x, y) ? color : 0;
        }
      }
    }
  }
}
