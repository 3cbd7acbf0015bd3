package dev.lanewise.runtime.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.Box;
import dev.lanewise.runtime.data.BoxGrid;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Mean average precision beside NumPy's, as Pascal VOC's development kit computes it ({@code src/test/python/detections.py}), and by hand. */
class DetectionsTest {
  private static final Box LEFT = new Box(0, 0, 0.4, 0.4);
  private static final Box RIGHT = new Box(0.5, 0.5, 1, 1);
  /** Over {@code LEFT} by three quarters. */
  private static final Box NEAR = new Box(0, 0, 0.4, 0.3);

  private static BoxGrid grid(int rows, int columns, int classes) {
    return BoxGrid.of(List.of(
        new Field("image", Shape.of(1, 8, 8), 0), new Field("class", Shape.of(1, rows, columns), classes), new Field("box", Shape.of(4, rows, columns), 0))).orElseThrow();
  }

  private static float[] numbers(String line) {
    double[] all = Stream.of(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    float[] numbers = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      numbers[i] = (float) all[i];
    }
    return numbers;
  }

  private static double[] doubles(String line) {
    return Stream.of(line.split(" ")).skip(1).mapToDouble(w -> w.equals("nan") ? Double.NaN : Double.parseDouble(w)).toArray();
  }

  @Test
  void theMeanIsPascalVocs() throws IOException {
    List<String> lines;
    try (InputStream in = DetectionsTest.class.getResourceAsStream("detections.txt")) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    int cases = 0;
    for (int at = 0; at < lines.size(); cases++) {
      double[] sizes = doubles(lines.get(at++));
      BoxGrid grid = grid((int) sizes[1], (int) sizes[2], (int) sizes[3]);
      Detections detections = new Detections(grid);
      for (int picture = 0; picture < sizes[0]; picture++, at += 4) {
        detections.add(
            Found.of(grid, numbers(lines.get(at + 2)), grid.classes(), 0, numbers(lines.get(at + 3)), 0),
            Found.right(grid, numbers(lines.get(at)), 0, numbers(lines.get(at + 1)), 0));
      }
      double[] each = doubles(lines.get(at++));
      for (int c = 0; c < each.length; c++) {
        assertThat(detections.averagePrecision(c)).isCloseTo(each[c], within(1e-12));
      }
      assertThat(detections.mean()).isCloseTo(doubles(lines.get(at++))[0], within(1e-12));
    }
    assertThat(cases).isEqualTo(5);
  }

  @Test
  void eachThingIsFoundOnce() {
    Detections detections = new Detections(grid(2, 2, 3));
    detections.add(List.of(new Found(0, 0.9, LEFT), new Found(0, 0.8, NEAR)), List.of(new Found(0, 1, LEFT), new Found(0, 1, RIGHT)));
    // Found, then a false alarm; the other one is never found: half of what there is, at precision 1.
    assertThat(detections.averagePrecision(0)).isEqualTo(0.5);
    assertThat(detections.averagePrecision(1)).isNaN();
    assertThat(detections.mean()).isEqualTo(0.5);
    assertThat(detections.there()).isEqualTo(2);
  }

  /** A false alarm that is surer than all else takes from every precision; one that is less sure, from none before it. */
  @Test
  void falseAlarmsCountByHowSureTheyAre() {
    for (boolean first : new boolean[] {true, false}) {
      Detections detections = new Detections(grid(2, 2, 2));
      detections.add(List.of(new Found(0, 0.5, LEFT)), List.of(new Found(0, 1, LEFT)));
      detections.add(List.of(new Found(0, first ? 0.9 : 0.1, LEFT)), List.of());
      assertThat(detections.mean()).isEqualTo(first ? 0.5 : 1);
    }
  }

  /** Where two are equally sure, the earlier picture comes first. */
  @Test
  void tiesAreDecidedByTheOrder() {
    for (boolean first : new boolean[] {true, false}) {
      Detections detections = new Detections(grid(2, 2, 2));
      detections.add(List.of(new Found(0, 0.5, LEFT)), first ? List.of(new Found(0, 1, LEFT)) : List.of());
      detections.add(List.of(new Found(0, 0.5, LEFT)), first ? List.of() : List.of(new Found(0, 1, LEFT)));
      assertThat(detections.mean()).isEqualTo(first ? 1 : 0.5);
    }
  }

  @Test
  void whatIsFoundTwiceInOnePlaceIsToldOnce() {
    BoxGrid grid = grid(1, 2, 3);
    // Both cells tell of the same place: the middle of the picture.
    float[] boxes = {1, 0, 0.5f, 0.5f, 0.4f, 0.4f, 0.4f, 0.4f};
    List<Found> one = Found.of(grid, new float[] {2, 3, 0, 0, 0, 0}, 3, 0, boxes, 0);
    assertThat(one).hasSize(1);
    assertThat(one.getFirst().score()).isCloseTo(Math.exp(3) / (Math.exp(3) + 2), within(1e-12));
    assertThat(one.getFirst().box()).isEqualTo(grid.box(boxes, 0, 1));
    assertThat(Found.of(grid, new float[] {2, 0, 0, 3, 0, 0}, 3, 0, boxes, 0)).as("two classes").extracting(Found::label).containsExactly(1, 0);
  }

  @Test
  void boxesAreMeasured() {
    assertThat(LEFT.iou(LEFT)).isEqualTo(1);
    assertThat(LEFT.iou(RIGHT)).isZero();
    assertThat(LEFT.iou(NEAR)).isCloseTo(0.75, within(1e-12));
    assertThat(Box.around(0.5, 0.5, -1, 1).iou(Box.around(0.5, 0.5, -1, 1))).as("nothing").isZero();
  }

  @Test
  void aGridIsBothPartsByTheirNames() {
    Field image = new Field("image", Shape.of(1, 8, 8), 0);
    Field classes = new Field("class", Shape.of(1, 2, 2), 3);
    assertThat(BoxGrid.of(List.of(image, classes))).isEmpty();
    assertThat(BoxGrid.of(List.of(image, classes, new Field("frame", Shape.of(4, 2, 2), 0)))).isEmpty();
    assertThat(BoxGrid.of(List.of(image, classes, new Field("box", Shape.of(4, 2, 3), 0)))).isEmpty();
    assertThat(BoxGrid.of(List.of(image, classes, new Field("box", Shape.of(4, 2, 2), 0)))).isEqualTo(Optional.of(new BoxGrid(1, 2, 2, 2, 3)));
  }
}
