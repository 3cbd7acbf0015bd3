package dev.lanewise.dsl.exhibit;

import java.util.List;

/**
 * What a network makes of each place in a part of the plane, and the examples in it.
 *
 * @param size places across and down; they are counted row by row from the upper left
 * @param classes what each place is taken for
 * @param certainty how sure the network is there, from 0 to 1
 * @param names what the classes are called, in order
 */
public record Boundary(
    String title, double left, double right, double bottom, double top, int size, int[] classes, double[] certainty,
    List<Mark> marks, List<String> names) implements Exhibit {
  public Boundary {
    marks = List.copyOf(marks);
    names = List.copyOf(names);
  }

  /** An example. */
  public record Mark(double x, double y, int label) {}

  /** A share of the width, from the left. */
  public double across(double x) {
    return (x - left) / (right - left);
  }

  /** A share of the height, from above. */
  public double down(double y) {
    return (top - y) / (top - bottom);
  }

  /** As a picture of some pixels, paler where the network is less sure. @param marked whether examples are dots in it */
  public Picture picture(int width, int height, boolean marked) {
    int[] pixels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      int place = i / width * size / height * size + i % width * size / width;
      pixels[i] = Picture.between(0xffffff, Palette.colour(classes[place]), 0.15 + 0.5 * certainty[place]);
    }
    for (Mark m : marked ? marks : List.<Mark>of()) {
      int x = (int) Math.clamp(across(m.x) * width, 0, width - 1);
      int y = (int) Math.clamp(down(m.y) * height, 0, height - 1);
      pixels[y * width + x] = Picture.between(Palette.colour(m.label), 0x000000, 0.25);
    }
    return new Picture(width, height, pixels, "");
  }
}
