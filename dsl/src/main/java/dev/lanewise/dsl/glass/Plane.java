package dev.lanewise.dsl.glass;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import java.util.ArrayList;
import java.util.List;

/**
 * The plane that examples of two numbers lie in.
 *
 * @param examples as a network is shown them
 * @param scale by which their own values were brought to that
 */
public record Plane(Dataset examples, Normalization scale) {
  /** Points that are told. */
  private static final int MOST = 500;
  private static final double ROOM = 0.1;

  /** Where they lie, with some room around them. */
  public record Sides(double left, double right, double bottom, double top) {}

  private float[] point(int index) {
    float[] seen = new float[2];
    examples.read(index, seen, 0, 1);
    return scale.undone(seen);
  }

  private int count() {
    return Math.min(MOST, examples.size());
  }

  public Sides sides() {
    double left = Double.MAX_VALUE, right = -Double.MAX_VALUE, bottom = Double.MAX_VALUE, top = -Double.MAX_VALUE;
    for (int i = 0; i < count(); i++) {
      float[] p = point(i);
      left = Math.min(left, p[0]);
      right = Math.max(right, p[0]);
      bottom = Math.min(bottom, p[1]);
      top = Math.max(top, p[1]);
    }
    double across = Math.max(1e-6, right - left) * ROOM, up = Math.max(1e-6, top - bottom) * ROOM;
    return new Sides(left - across, right + across, bottom - up, top + up);
  }

  /** Some of the points: x, y and class of each; without classes 0. */
  public List<double[]> points() {
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < count(); i++) {
      float[] p = point(i);
      all.add(new double[] {p[0], p[1], examples.classes() > 0 ? examples.label(i) : 0});
    }
    return all;
  }

  /** The middles of so many cells across and down, row by row from the top. */
  public List<float[]> grid(int cells) {
    Sides sides = sides();
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < cells * cells; i++) {
      double x = sides.left() + (i % cells + 0.5) / cells * (sides.right() - sides.left());
      double y = sides.top() - (i / cells + 0.5) / cells * (sides.top() - sides.bottom());
      all.add(new float[] {(float) x, (float) y});
    }
    return all;
  }
}
