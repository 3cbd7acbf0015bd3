package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Palette;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Maps over an example: the example, the map by itself, the map over the example, and what its colours stand for. What is never below 0 goes from black by red to light
 * yellow, all else from blue by grey to yellow.
 *
 * @param plane 1 x height x width of what is drawn
 * @param example to be drawn over
 * @param fromBelow whether the first row is the lowest, as of pitches
 */
public record Maps(Shape plane, Picture example, boolean fromBelow) {
  /** Of what it stands over. */
  private static final double OVER = 0.85;
  /** The scale is so many times as wide as it is high. */
  private static final int FLAT = 7;

  /** Whether an example has places that a map can lie over: an image, or a sequence of several channels. */
  public static boolean areOver(Shape shape) {
    return shape.isImage() || shape.isSequence() && shape.channels() > 1;
  }

  /** The places of a map over such an example: of a sequence a row for each channel. */
  public static Shape plane(Shape shape) {
    return shape.isImage() ? Shape.of(1, shape.height(), shape.width()) : Shape.of(1, shape.channels(), shape.size() / shape.channels());
  }

  /** @param original the example's original values @param caption of it */
  public static Maps over(Shape shape, float[] original, boolean fromBelow, String caption) {
    Shape plane = plane(shape);
    Picture picture = Exhibits.isPicture(shape) ? Exhibits.picture(shape, original, caption) : Exhibits.picture(plane, mean(original, plane.size()), caption);
    return new Maps(plane, fromBelow ? turned(picture) : picture, fromBelow);
  }

  /** Of channels that are no colours. */
  private static float[] mean(float[] values, int places) {
    float[] mean = new float[places];
    for (int i = 0; i < values.length; i++) {
      mean[i % places] += values[i] * places / values.length;
    }
    return mean;
  }

  private static Picture turned(Picture picture) {
    int[] pixels = new int[picture.pixels().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = picture.at(i % picture.width(), picture.height() - 1 - i / picture.width());
    }
    return new Picture(picture.width(), picture.height(), pixels, picture.caption());
  }

  /** The largest size of a number. */
  public static double most(double[] map) {
    return Arrays.stream(map).map(Math::abs).max().orElse(0);
  }

  /** @param further maps to be drawn behind it, each by its own scale; in the order of the captions */
  public Gallery gallery(String title, double[] map, boolean signed, List<double[]> further, List<String> captions) {
    List<Picture> pictures = new ArrayList<>(List.of(example, alone(map, signed, "map"), over(map, signed), scale(map, signed)));
    for (int i = 0; i < further.size(); i++) {
      pictures.add(alone(further.get(i), signed, captions.get(i)));
    }
    return new Gallery(title, pictures, 2);
  }

  private Picture alone(double[] map, boolean signed, String caption) {
    Picture picture = picture(plane, map, most(map), signed, caption);
    return fromBelow ? turned(picture) : picture;
  }

  /** A map by itself. @param most where its colours end */
  static Picture picture(Shape plane, double[] map, double most, boolean signed, String caption) {
    return new Picture(plane.width(), plane.height(), Arrays.stream(map).mapToInt(v -> colour(signed, most == 0 ? 0 : v / most)).toArray(), caption);
  }

  private static int colour(boolean signed, double share) {
    return signed ? Palette.signed(share) : Palette.heat(share);
  }

  /** The more there is of a place, the less is seen of the example, which is grey there. */
  private Picture over(double[] map, boolean signed) {
    Picture alone = alone(map, signed, "over it");
    double most = most(map);
    double[] shares = Arrays.stream(map).map(v -> most == 0 ? 0 : Math.abs(v) / most).toArray();
    int[] pixels = new int[shares.length];
    for (int i = 0; i < pixels.length; i++) {
      int row = fromBelow ? plane.height() - 1 - i / plane.width() : i / plane.width();
      double share = shares[row * plane.width() + i % plane.width()];
      double grey = Picture.brightness(example.pixels()[i]);
      pixels[i] = Picture.between(Picture.rgb(grey, grey, grey), alone.pixels()[i], OVER * Math.sqrt(share));
    }
    return new Picture(plane.width(), plane.height(), pixels, alone.caption());
  }

  private Picture scale(double[] map, boolean signed) {
    return scale(plane.width(), most(map), signed);
  }

  /** What colours stand for, as wide as so many pixels: from 0 to the most, or as far to both sides of 0. */
  public static Picture scale(int width, double most, boolean signed) {
    int height = Math.max(2, width / FLAT);
    int[] pixels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      double share = i % width / Math.max(1.0, width - 1);
      pixels[i] = colour(signed, signed ? 2 * share - 1 : share);
    }
    return new Picture(width, height, pixels, (signed ? number(-most) : "0") + " … " + number(most));
  }

  /** Three figures. */
  public static String number(double value) {
    double size = Math.abs(value);
    return value == 0 ? "0" : size >= 1e-3 && size < 1e4 ? String.format(Locale.ROOT, "%.3g", value) : String.format(Locale.ROOT, "%.2e", value);
  }
}
