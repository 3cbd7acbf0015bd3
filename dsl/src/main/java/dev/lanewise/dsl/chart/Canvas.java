package dev.lanewise.dsl.chart;

import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.dsl.exhibit.Picture;
import java.util.List;

/** What can be drawn on, in pixels from the upper left. Colours are {@code 0xRRGGBB}. */
public interface Canvas {
  /** Which end of a text stands at its place. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void rectangle(double x, double y, double width, double height, int fill);

  /** What lies between points. */
  void area(List<Point> around, int fill);

  void line(List<Point> through, double width, int colour);

  void dot(double x, double y, double radius, int fill);

  /** @param y of its base line */
  void text(double x, double y, String text, int size, Anchor anchor, int colour);

  /** Each of its pixels is a square. @param scale pixels across it */
  void picture(double x, double y, double scale, Picture picture);
}
