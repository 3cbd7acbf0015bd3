package dev.lanewise.dsl.chart;

import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.dsl.exhibit.Palette;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.language.Printable;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

/** Drawn as pixels, by Java's own graphics. No window system is needed, but fonts are. */
final class ImageCanvas implements Canvas {
  /** Pixels of an image: half a gigabyte. */
  private static final double MOST = 1 << 27;

  private final Graphics2D graphics;
  private final Phrases phrases;

  private ImageCanvas(Graphics2D graphics, Phrases phrases) {
    this.graphics = graphics;
    this.phrases = phrases;
  }

  /**
   * @param scale pixels of the image for one of the chart
   * @throws IOException if this machine has no fonts, or the image would be too large
   */
  static BufferedImage draw(Chart chart, double scale, Phrases phrases) throws IOException {
    if (chart.width() * scale * chart.height() * scale > MOST) {
      throw new IOException("a PNG of " + chart.width() + " x " + chart.height() + " points would be too large; an .svg may have any size");
    }
    BufferedImage image =
        new BufferedImage((int) (chart.width() * scale), (int) (chart.height() * scale), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.scale(scale, scale);
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      ImageCanvas canvas = new ImageCanvas(graphics, phrases);
      canvas.rectangle(0, 0, chart.width(), chart.height(), Palette.PAPER);
      chart.draw(canvas);
      return image;
    } catch (LinkageError | InternalError | RuntimeException e) {
      // What Java throws where the library that finds fonts is missing depends on the version.
      if (String.valueOf(e).toLowerCase(java.util.Locale.ROOT).contains("font")) {
        throw new IOException("this machine has no fonts for a PNG (package fontconfig, and a font); an .svg needs none", e);
      }
      throw e;
    } finally {
      graphics.dispose();
    }
  }

  @Override
  public void rectangle(double x, double y, double width, double height, int fill) {
    graphics.setColor(new Color(fill));
    graphics.fill(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void area(List<Point> around, int fill) {
    graphics.setColor(new Color(fill));
    graphics.fill(path(around));
  }

  @Override
  public void line(List<Point> through, double width, int colour) {
    if (through.isEmpty()) {
      return;
    }
    graphics.setColor(new Color(colour));
    graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(path(through));
  }

  private static Path2D path(List<Point> through) {
    Path2D path = new Path2D.Double();
    path.moveTo(through.getFirst().x(), through.getFirst().y());
    through.forEach(p -> path.lineTo(p.x(), p.y()));
    return path;
  }

  @Override
  public void dot(double x, double y, double radius, int fill) {
    Ellipse2D circle = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    graphics.setColor(new Color(fill));
    graphics.fill(circle);
    graphics.setColor(Color.WHITE);
    graphics.setStroke(new BasicStroke(0.7f));
    graphics.draw(circle);
  }

  @Override
  public void text(double x, double y, String english, int size, Anchor anchor, int colour) {
    graphics.setColor(new Color(colour));
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, size);
    graphics.setFont(font);
    String said = Printable.line(phrases.say(english));
    String words = font.canDisplayUpTo(said) < 0 ? said : Printable.line(english);
    int width = graphics.getFontMetrics().stringWidth(words);
    double start = switch (anchor) {
      case START -> x;
      case MIDDLE -> x - width / 2.0;
      case END -> x - width;
    };
    graphics.drawString(words, (float) start, (float) y);
  }

  @Override
  public void picture(double x, double y, double scale, Picture picture) {
    graphics.drawImage(picture.image(), (int) x, (int) y, (int) (picture.width() * scale), (int) (picture.height() * scale), null);
  }
}
