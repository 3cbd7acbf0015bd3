package dev.lanewise.dsl.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.dsl.exhibit.Boundary;
import dev.lanewise.dsl.exhibit.Boundary.Mark;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Figure.Curve;
import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Spectrum;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.language.Phrases;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ChartFileTest {
  private static final Figure FIGURE = new Figure(
      "loss of <A & B>", "epoch", true,
      List.of(
          new Curve("train", IntStream.rangeClosed(1, 50).mapToObj(i -> new Point(i, 1.0 / i)).toList()),
          new Curve("val", List.of(new Point(1, 0.9), new Point(2, Double.NaN), new Point(3, 0.5), new Point(50, 0.4)))));

  private static final Gallery GALLERY = new Gallery(
      "two", List.of(new Picture(2, 1, new int[] {0xff0000, 0x00ff00}, "a"), new Picture(2, 1, new int[] {0, 0xffffff}, "b")));

  private static final Boundary BOUNDARY = new Boundary(
      "halves", -1, 1, -2, 2, 2, new int[] {0, 1, 0, 1}, new double[] {1, 1, 0.5, 1}, List.of(new Mark(-0.5, 1, 0), new Mark(0.5, -1, 1)),
      List.of("class 0", "pear"));

  @TempDir private Path folder;

  private static Document parsed(Chart chart) throws Exception {
    byte[] svg = ChartFile.svg(chart, Phrases.ENGLISH).getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
  }

  @Test
  void curvesAreWellFormedSvgWithGaps() throws Exception {
    Document svg = parsed(new FigureChart(FIGURE));
    assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("loss of <A & B>");
    // The second curve has a dot for each of its three finite points; the first has too many for dots.
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(3);
    String text = svg.getDocumentElement().getTextContent();
    assertThat(text).contains("0.02", "0.1", "1", "epoch", "train", "val").doesNotContain("NaN");
  }

  @Test
  void pointsByThemselvesHaveNoLine() throws Exception {
    Figure figure = new Figure("fit", "input", false, List.of(
        new Curve("N", IntStream.rangeClosed(0, 60).mapToObj(i -> new Point(i / 10.0, i)).toList()),
        Curve.dotted("training", IntStream.range(0, 50).mapToObj(i -> new Point(i / 10.0, i)).toList()),
        Curve.dotted("test", List.of(new Point(1, Double.NaN), new Point(2, 7)))));
    Document svg = parsed(new FigureChart(figure));
    // 50 and one, and one for each of both in the legend; the curve has too many for dots.
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(53);
    String blue = "#0072b2";
    var lines = svg.getElementsByTagName("polyline");
    assertThat(IntStream.range(0, lines.getLength()).mapToObj(lines::item).map(l -> l.getAttributes().getNamedItem("stroke").getNodeValue()))
        .containsOnlyOnce(blue).doesNotContain("#d55e00", "#009e73");
    assertThat(svg.getDocumentElement().getTextContent()).contains("training", "test", "N");
  }

  private static List<Element> all(Document svg, String tag) {
    return IntStream.range(0, svg.getElementsByTagName(tag).getLength()).mapToObj(i -> (Element) svg.getElementsByTagName(tag).item(i)).toList();
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static Element text(Document svg, String said) {
    return all(svg, "text").stream().filter(e -> e.getTextContent().equals(said)).findFirst().orElseThrow();
  }

  /** Beside the title where there is room, else in lines below it; what is drawn lies below that. */
  @Test
  void aLegendDoesNotRunIntoTheTitle() throws Exception {
    Document few = parsed(new FigureChart(FIGURE));
    assertThat(number(text(few, "train"), "y")).isEqualTo(number(text(few, "loss of <A & B>"), "y"));
    List<Curve> curves = IntStream.range(0, 26).mapToObj(i -> new Curve("class " + (char) ('a' + i), List.of(new Point(0, i), new Point(1, i)))).toList();
    FigureChart chart = new FigureChart(new Figure("letters.test where Net.fc puts it", "x", false, curves));
    Document many = parsed(chart);
    double title = number(text(many, "letters.test where Net.fc puts it"), "y");
    List<Double> lines = curves.stream().map(c -> number(text(many, c.name()), "y")).distinct().toList();
    assertThat(lines).hasSizeGreaterThan(1).isSorted().allMatch(y -> y > title);
    assertThat(curves).allMatch(c -> number(text(many, c.name()), "x") - 8 * c.name().length() > 0);
    assertThat(all(many, "circle")).isNotEmpty().allMatch(dot -> number(dot, "cy") > lines.getLast() && number(dot, "cy") < chart.height());
  }

  /** What letters would show as blocks, whose width nobody knows, is drawn: the picture of a row begins behind its bars. */
  @Test
  void theBarsOfAWalkEndBeforeItsPicture() throws Exception {
    List<Double> profile = IntStream.range(0, 16).mapToObj(i -> (double) i).toList();
    Walked.Row row = new Walked.Row("conv1", "4x2x2", List.of(), List.of(), profile, Optional.of(new Picture(4, 2, new int[8], "")), false, List.of());
    Document svg = parsed(new WalkedChart(new Walked("walk", List.of(), List.of(row), List.of(), List.of())));
    List<Element> bars = all(svg, "rect").stream().skip(1).toList();
    assertThat(bars).hasSize(16);
    assertThat(bars.getLast().getAttribute("height")).isNotEqualTo(bars.getFirst().getAttribute("height"));
    assertThat(number(bars.getLast(), "x") + number(bars.getLast(), "width")).isLessThan(number(all(svg, "image").getFirst(), "x"));
    assertThat(svg.getDocumentElement().getTextContent()).doesNotContainPattern("[▁-█]");
  }

  @Test
  void aCaptionStandsBelowItsPictureHoweverLowThatIs() throws Exception {
    Document svg = parsed(new GalleryChart(new Gallery("map", List.of(new Picture(4, 4, new int[16], "upper"), new Picture(4, 1, new int[4], "scale")))));
    for (int i = 0; i < 2; i++) {
      Element picture = all(svg, "image").get(i);
      assertThat(number(text(svg, i == 0 ? "upper" : "scale"), "y")).isBetween(number(picture, "y") + number(picture, "height"), number(picture, "y") + number(picture, "height") + 20);
    }
  }

  @Test
  void picturesAreInTheFileThemselves() throws Exception {
    Document svg = parsed(new GalleryChart(GALLERY));
    assertThat(svg.getElementsByTagName("image").getLength()).isEqualTo(2);
    assertThat(ChartFile.svg(new GalleryChart(GALLERY), Phrases.ENGLISH).replace("http://www.w3.org/2000/svg", "")).doesNotContain("http");
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(GALLERY.pictures().getFirst().png()));
    assertThat(read.getRGB(0, 0) & 0xffffff).isEqualTo(0xff0000);
    assertThat(read.getRGB(1, 0) & 0xffffff).isEqualTo(0x00ff00);
  }

  @Test
  void namesOfRowsAndColumnsStandBesideAPicture() throws Exception {
    Picture named = new Picture(3, 2, new int[6], "head", new Picture.Axes(List.of("一", "<end>"), List.of("a", "to", "c")));
    GalleryChart chart = new GalleryChart(new Gallery("looks", List.of(named)));
    Document svg = parsed(chart);
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (String text : List.of("一", "<end>", "a", "t", "o", "c", "head")) {
      Element found = IntStream.range(0, svg.getElementsByTagName("text").getLength()).mapToObj(i -> (Element) svg.getElementsByTagName("text").item(i))
          .filter(e -> e.getTextContent().equals(text)).findFirst().orElseThrow();
      x.add(Double.valueOf(found.getAttribute("x")));
      y.add(Double.valueOf(found.getAttribute("y")));
    }
    Element picture = (Element) svg.getElementsByTagName("image").item(0);
    double left = Double.parseDouble(picture.getAttribute("x"));
    double top = Double.parseDouble(picture.getAttribute("y"));
    double side = Double.parseDouble(picture.getAttribute("height")) / 2;
    assertThat(x.subList(0, 2)).allMatch(v -> v < left);
    assertThat(y.get(0)).isBetween(top, top + side);
    assertThat(y.get(1)).isBetween(top + side, top + 2 * side);
    assertThat(y.subList(2, 6)).allMatch(v -> v < top);
    assertThat(y.get(3)).as("letters stand one below the other").isLessThan(y.get(4));
    assertThat(x.subList(3, 5)).allMatch(v -> v > left + side && v < left + 2 * side);
    assertThat(y.get(6)).isGreaterThan(top + 2 * side).isLessThan(chart.height());
  }

  @Test
  void boundariesAreRegionsAndPoints() throws Exception {
    Document svg = parsed(new BoundaryChart(BOUNDARY));
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(2);
    assertThat(svg.getDocumentElement().getTextContent()).contains("class 0", "pear");
    Picture whole = BOUNDARY.picture(4, 4, false);
    assertThat(whole.at(0, 0)).isEqualTo(whole.at(1, 1)).isNotEqualTo(whole.at(2, 0));
    // Less sure is paler.
    assertThat(Picture.brightness(whole.at(0, 2))).isGreaterThan(Picture.brightness(whole.at(0, 0)));
    Picture marked = BOUNDARY.picture(4, 4, true);
    assertThat(marked.at(1, 1)).isNotEqualTo(whole.at(1, 1));
    assertThat(marked.at(3, 3)).isNotEqualTo(whole.at(3, 3));
    assertThat(marked.at(3, 2)).isEqualTo(whole.at(3, 2));
  }

  @Test
  void soundsStandBetweenTheirScales() throws Exception {
    Spectrum spectrum = new Spectrum("seven", new Picture(63, 40, new int[63 * 40], ""), 0.992, List.of(new Spectrum.Tick(39, "60"), new Spectrum.Tick(0, "3600")), "Hz");
    Document svg = parsed(new SpectrumChart(spectrum));
    assertThat(svg.getDocumentElement().getTextContent()).contains("seven", "60", "3600", "Hz", "seconds", "0.8");
    assertThat(svg.getElementsByTagName("image").getLength()).isEqualTo(1);
    assertThat(Chart.of(spectrum)).containsInstanceOf(SpectrumChart.class);
    // A column has its time in its middle.
    assertThat(spectrum.across(0)).isEqualTo(0.5 / 63);
    assertThat(spectrum.across(0.992)).isEqualTo(62.5 / 63);
    assertThat(spectrum.down(39)).isEqualTo(39.5 / 40);
  }

  /** A machine without fonts cannot draw letters; then it says so, and what to do. */
  @Test
  void imagesAreWrittenWholeOrNotAtAll() throws IOException {
    Path file = folder.resolve("two.png");
    try {
      ChartFile.write(new GalleryChart(GALLERY), file, Phrases.ENGLISH);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("no fonts").hasMessageContaining(".svg");
      assertThat(file).doesNotExist();
      return;
    }
    GalleryChart chart = new GalleryChart(GALLERY);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(2 * chart.width());
    assertThat(image.getHeight()).isEqualTo(2 * chart.height());
    assertThat(image.getRGB(2 * 20, 2 * 40) & 0xffffff).isEqualTo(0xff0000);
    assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0xffffff);
  }

  @Test
  void whatWasThereStaysUntilTheNewIsWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("loss.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n");
    ChartFile.write(new FigureChart(FIGURE), file, Phrases.ENGLISH);
    assertThat(Files.readString(file)).startsWith("<svg ").endsWith("</svg>\n");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
    assertThatThrownBy(() -> ChartFile.write(new FigureChart(FIGURE), folder.resolve("none/loss.svg"), Phrases.ENGLISH))
        .isInstanceOf(IOException.class);
  }

  @Test
  void axesHaveRoundNumbers() {
    assertThat(new Axis(0, 1, false).ticks().stream().map(Axis::text)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
    assertThat(new Axis(-3, 118, false).ticks().stream().map(Axis::text)).containsExactly("0", "20", "40", "60", "80", "100");
    assertThat(new Axis(0.03, 2.3, true).ticks().stream().map(Axis::text)).containsExactly("0.05", "0.1", "0.2", "0.5", "1", "2");
    assertThat(new Axis(1e-7, 3, true).ticks().stream().map(Axis::text)).contains("1e-06", "0.01", "1");
    assertThat(new Axis(5, 5, false).share(5)).isEqualTo(0.5);
    assertThat(new Axis(1, 100, true).share(10)).isEqualTo(0.5);
  }

  @Test
  void aPictureHasAsManyPixelsAsItSays() {
    assertThatThrownBy(() -> new Picture(2, 2, new int[3], "")).hasMessage("a picture of 2x2 with 3 pixels");
  }
}
