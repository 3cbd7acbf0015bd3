package dev.lanewise.dsl.chart;

import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.dsl.exhibit.Palette;
import dev.lanewise.dsl.exhibit.Spectrum;
import java.util.List;

/** A sound as a picture between its scales: seconds below, pitches at the left. */
public final class SpectrumChart implements Chart {
  private static final int WIDTH = 660;
  private static final int LEFT = 64;
  private static final int TOP = 44;
  private static final int BOTTOM = 44;
  private static final int RIGHT = 20;
  private static final int TICK = 5;

  private final Spectrum spectrum;
  private final double scale;

  public SpectrumChart(Spectrum spectrum) {
    this.spectrum = spectrum;
    int width = spectrum.picture().width();
    this.scale = width < WIDTH ? Math.max(1, Math.floor((double) WIDTH / width)) : (double) WIDTH / width;
  }

  private double across() {
    return scale * spectrum.picture().width();
  }

  private double down() {
    return scale * spectrum.picture().height();
  }

  @Override
  public int width() {
    return (int) Math.ceil(Math.max(across(), 8.0 * spectrum.title().length())) + LEFT + RIGHT;
  }

  @Override
  public int height() {
    return (int) Math.ceil(down()) + TOP + BOTTOM;
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.text(LEFT, 26, spectrum.title(), 16, Canvas.Anchor.START, Palette.INK);
    canvas.picture(LEFT, TOP, scale, spectrum.picture());
    double bottom = TOP + down();
    double right = LEFT + across();
    for (double tick : new Axis(0, spectrum.seconds(), false).ticks()) {
      double x = LEFT + spectrum.across(tick) * across();
      canvas.line(List.of(new Point(x, bottom), new Point(x, bottom + TICK)), 1, Palette.INK);
      canvas.text(x, bottom + 19, Axis.text(tick), 12, Canvas.Anchor.MIDDLE, Palette.INK);
    }
    for (Spectrum.Tick tick : spectrum.up()) {
      double y = TOP + spectrum.down(tick.row()) * down();
      canvas.line(List.of(new Point(LEFT - TICK, y), new Point(LEFT, y)), 1, Palette.INK);
      canvas.text(LEFT - 8, y + 4, tick.text(), 12, Canvas.Anchor.END, Palette.INK);
    }
    canvas.text(LEFT - 8, TOP - 8, spectrum.unit(), 12, Canvas.Anchor.END, Palette.INK);
    canvas.text(right, bottom + 36, "seconds", 13, Canvas.Anchor.END, Palette.INK);
  }
}
