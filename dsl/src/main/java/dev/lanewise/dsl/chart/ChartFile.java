package dev.lanewise.dsl.chart;

import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.runtime.file.AtomicFile;
import dev.lanewise.runtime.file.FileForm;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Charts as files.
 *
 * <pre>{@code ChartFile.write(new FigureChart(figure), Path.of("loss.svg"), Phrases.ENGLISH); }</pre>
 */
public final class ChartFile {
  /** Twice as many pixels as are counted, for the screens of today. */
  private static final double SCALE = 2;

  /** Of any program that writes SVG. */
  private static final FileForm SVG = new FileForm("an SVG picture", head -> new String(head, StandardCharsets.UTF_8).contains("<svg"));

  private static final FileForm PNG = new FileForm("a PNG picture", head -> head.length > 3 && head[0] == (byte) 0x89 && head[1] == 'P' && head[2] == 'N' && head[3] == 'G');

  private ChartFile() {}

  /** Whether a name's ending says how to draw. */
  public static boolean isKnown(String name) {
    return name.endsWith(".png") || name.endsWith(".svg");
  }

  /**
   * Writes a chart, beside the path and then moved into place.
   *
   * @param phrases in which its words are said
   * @throws IOException if it cannot be written
   */
  public static void write(Chart chart, Path path, Phrases phrases) throws IOException {
    byte[] bytes = path.toString().endsWith(".svg")
        ? svg(chart, phrases).getBytes(StandardCharsets.UTF_8)
        : Picture.png(image(chart, SCALE, phrases));
    form(path).check(path);
    AtomicFile.write(path, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(bytes)));
  }

  private static FileForm form(Path path) {
    return path.toString().endsWith(".svg") ? SVG : PNG;
  }

  public static String svg(Chart chart, Phrases phrases) {
    return SvgCanvas.draw(chart, phrases);
  }

  /**
   * @param scale pixels of the image for one of the chart
   * @param phrases in which its words are said, where this machine has letters for them
   * @throws IOException if this machine has no fonts
   */
  public static BufferedImage image(Chart chart, double scale, Phrases phrases) throws IOException {
    return ImageCanvas.draw(chart, scale, phrases);
  }
}
