package dev.lanewise.dsl.chart;

import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.dsl.exhibit.Palette;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.language.Printable;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Drawn as SVG, which browsers show at any size. */
final class SvgCanvas implements Canvas {
  private final StringBuilder text = new StringBuilder();
  private final Phrases phrases;

  private SvgCanvas(Phrases phrases) {
    this.phrases = phrases;
  }

  static String draw(Chart chart, Phrases phrases) {
    SvgCanvas canvas = new SvgCanvas(phrases);
    int w = chart.width();
    int h = chart.height();
    canvas.add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\">", w, h, w, h);
    canvas.rectangle(0, 0, w, h, Palette.PAPER);
    chart.draw(canvas);
    return canvas.text.append("</svg>\n").toString();
  }

  @Override
  public void rectangle(double x, double y, double width, double height, int fill) {
    add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#%06x\"/>", x, y, width, height, fill);
  }

  @Override
  public void area(List<Point> around, int fill) {
    add("<polygon points=\"%s\" fill=\"#%06x\"/>", points(around), fill);
  }

  @Override
  public void line(List<Point> through, double width, int colour) {
    add("<polyline points=\"%s\" fill=\"none\" stroke=\"#%06x\" stroke-width=\"%.1f\" stroke-linejoin=\"round\"/>", points(through), colour, width);
  }

  private static String points(List<Point> points) {
    return points.stream().map(p -> String.format(Locale.ROOT, "%.1f,%.1f", p.x(), p.y())).collect(Collectors.joining(" "));
  }

  @Override
  public void dot(double x, double y, double radius, int fill) {
    add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#%06x\" stroke=\"#fff\" stroke-width=\"0.7\"/>", x, y, radius, fill);
  }

  @Override
  public void text(double x, double y, String words, int size, Anchor anchor, int colour) {
    String place = switch (anchor) {
      case START -> "start";
      case MIDDLE -> "middle";
      case END -> "end";
    };
    add("<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\" fill=\"#%06x\">%s</text>", x, y, size, place, colour, escaped(phrases.say(words)));
  }

  @Override
  public void picture(double x, double y, double scale, Picture picture) {
    add("<image x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,%s\"/>",
        x, y, picture.width() * scale, picture.height() * scale, Base64.getEncoder().encodeToString(picture.png()));
  }

  private void add(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escaped(String words) {
    return Printable.text(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
