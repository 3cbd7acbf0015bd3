package dev.lanewise.dsl.chart;

/** Something that can be drawn. */
public interface Chart {
  int width();

  int height();

  void draw(Canvas canvas);
}
