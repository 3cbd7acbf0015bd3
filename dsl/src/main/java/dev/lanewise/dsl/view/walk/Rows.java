package dev.lanewise.dsl.view.walk;

import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Walked.Row;
import dev.lanewise.dsl.exhibit.Worked;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A row for a value: figures, its numbers or means of them, a picture. */
final class Rows {
  /** Numbers that are told themselves. */
  private static final int FEW = 6;
  private static final int GROUPS = 16;
  private static final int MOST_PLANES = 8;
  private static final int LARGEST = 1 << 20;
  private static final int BELOW = 0x16318f;
  private static final int ZERO = 0x858585;
  private static final int ABOVE = 0xffe07a;

  private Rows() {}

  static Row of(String name, String kind, Shape shape, List<Double> figures, double[] values, boolean standsOut, List<Worked> worked) {
    return new Row(name, kind, figures, few(values), profile(values), picture(shape, values), standsOut, worked);
  }

  /** Of a value of which nothing is left. */
  static Row passed(String name, String kind) {
    return new Row(name, kind, List.of(), List.of(), List.of(), Optional.empty(), false, List.of());
  }

  private static List<Double> few(double[] values) {
    return values.length > FEW ? List.of() : Arrays.stream(values).boxed().toList();
  }

  /** Means of equal groups, in the order in which the numbers lie. */
  private static List<Double> profile(double[] values) {
    int groups = Math.min(GROUPS, values.length);
    return IntStream.range(0, groups)
        .mapToObj(g -> Arrays.stream(values, (int) ((long) g * values.length / groups), (int) ((long) (g + 1) * values.length / groups)).average().orElse(0)).toList();
  }

  static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  static double zeros(double[] values) {
    return Arrays.stream(values).filter(v -> v == 0).count() / (double) values.length;
  }

  /** Planes side by side, of a sequence channels below each other, of anything flat one line: blue below zero, grey at zero, yellow above. */
  private static Optional<Picture> picture(Shape shape, double[] values) {
    if (values.length > LARGEST) {
      return Optional.empty();
    }
    int height = shape.rank() > 1 ? shape.dim(shape.rank() - 2) : 1, width = shape.dim(shape.rank() - 1);
    int planes = Math.min(MOST_PLANES, values.length / (height * width));
    double most = Math.max(1e-30, largest(values));
    int[] pixels = new int[planes * height * width];
    for (int i = 0; i < pixels.length; i++) {
      int plane = i / (height * width), y = i / width % height, x = i % width;
      double v = values[i] / most;
      pixels[(y * planes + plane) * width + x] = Picture.between(ZERO, v < 0 ? BELOW : ABOVE, Math.abs(v));
    }
    return Optional.of(new Picture(planes * width, height, pixels, ""));
  }

  /** One plane, from -most to most. */
  static Picture plane(double[] values, int from, int width, int height, double most, String caption) {
    int[] pixels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      double v = values[from + i] / Math.max(1e-30, most);
      pixels[i] = Picture.between(ZERO, v < 0 ? BELOW : ABOVE, Math.abs(v));
    }
    return new Picture(width, height, pixels, caption);
  }

  /** All numbers of a value. */
  static List<Integer> elements(Shape shape) {
    List<Integer> all = new ArrayList<>();
    IntStream.range(0, shape.size()).forEach(all::add);
    return all;
  }
}
