package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.Augmentation.Change;
import dev.lanewise.runtime.data.Augmentation.Flip;
import dev.lanewise.runtime.data.Augmentation.Rotate;
import dev.lanewise.runtime.data.Augmentation.Scale;
import dev.lanewise.runtime.data.Augmentation.Shift;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The box of a changed image is that of what is in it: here of a bright rectangle. */
class MovedBoxesTest {
  private static final int HEIGHT = 24;
  private static final int WIDTH = 32;
  private static final int COUNT = 200;
  private static final List<Field> FIELDS = List.of(
      new Field("image", Shape.of(1, HEIGHT, WIDTH), 0), new Field("class", Shape.of(1, 3, 4), 3), new Field("box", Shape.of(4, 3, 4), 0));
  private static final BoxGrid GRID = BoxGrid.of(FIELDS).orElseThrow();

  /** One rectangle in each image, of class 0 or 1. */
  private static Dataset rectangles() {
    float[][] images = new float[COUNT][HEIGHT * WIDTH];
    float[][] classes = new float[COUNT][GRID.cells()];
    float[][] boxes = new float[COUNT][BoxGrid.NUMBERS * GRID.cells()];
    for (int i = 0; i < COUNT; i++) {
      int height = 4 + Draws.below(8, i, 0);
      int width = 4 + Draws.below(8, i, 1);
      int top = Draws.below(HEIGHT - height + 1, i, 2);
      int left = Draws.below(WIDTH - width + 1, i, 3);
      for (int y = top; y < top + height; y++) {
        Arrays.fill(images[i], y * WIDTH + left, y * WIDTH + left + width, 1);
      }
      Box box = new Box((double) left / WIDTH, (double) top / HEIGHT, (double) (left + width) / WIDTH, (double) (top + height) / HEIGHT);
      Arrays.fill(classes[i], GRID.nothing());
      classes[i][GRID.cell(box)] = i % 2;
      GRID.write(box, boxes[i], 0, 1);
    }
    Dataset first = new Paired(new Points(FIELDS.getFirst().shape(), images), new Points(FIELDS.get(1).shape(), classes), Target.classes(FIELDS.get(1).shape(), 3));
    return new Parts(first, FIELDS, List.of(new Points(FIELDS.get(2).shape(), boxes)));
  }

  static Stream<List<Change>> changes() {
    return Stream.of(
        List.of(new Flip(1)), List.of(new Shift(6)), List.of(new Scale(0.6, 1.7)), List.of(new Scale(0.8, 1.2), new Flip(0.5), new Shift(9)),
        List.of(new Shift(4), new Scale(0.7, 0.8), new Flip(0.5)));
  }

  /** What of an image is brighter than one half, with its edges where brightness crosses it. */
  private static Box bright(float[] image) {
    double left = WIDTH;
    double top = HEIGHT;
    double right = 0;
    double bottom = 0;
    for (int i = 0; i < image.length; i++) {
      if (image[i] > 0.5f) {
        left = Math.min(left, i % WIDTH);
        right = Math.max(right, i % WIDTH + 1);
        top = Math.min(top, i / WIDTH);
        bottom = Math.max(bottom, i / WIDTH + 1);
      }
    }
    return new Box(left / WIDTH, top / HEIGHT, right / WIDTH, bottom / HEIGHT);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void theBoxIsThatOfTheRectangle(List<Change> changes) {
    Dataset data = rectangles();
    GRID.check(data);
    Augmentation augmentation = new Augmentation(changes, List.of(), Optional.of(GRID));
    int there = 0;
    int elsewhere = 0;
    for (int i = 0; i < COUNT; i++) {
      float[] image = new float[HEIGHT * WIDTH];
      float[] classes = new float[GRID.cells()];
      float[] before = new float[GRID.cells()];
      float[] boxes = new float[BoxGrid.NUMBERS * GRID.cells()];
      augmentation.read(data, i, 77 + i, image);
      augmentation.readOver(data, 1, i, 77 + i, classes);
      augmentation.readOver(data, 2, i, 77 + i, boxes);
      data.readField(1, i, before, 0, 1);
      int[] cells = java.util.stream.IntStream.range(0, classes.length).filter(c -> classes[c] != GRID.nothing()).toArray();
      assertThat(cells.length).isLessThanOrEqualTo(1);
      if (cells.length == 0) {
        continue;
      }
      there++;
      elsewhere += before[cells[0]] == GRID.nothing() ? 1 : 0;
      assertThat(classes[cells[0]]).isEqualTo(i % 2);
      Box box = GRID.box(boxes, 0, cells[0]);
      Box bright = bright(image);
      assertThat(GRID.cell(box)).isEqualTo(cells[0]);
      // A pixel is bright if its middle is, so an edge is known to half a pixel.
      assertThat(box.left()).as("%s of %d", changes, i).isCloseTo(bright.left(), within(0.51 / WIDTH));
      assertThat(box.right()).isCloseTo(bright.right(), within(0.51 / WIDTH));
      assertThat(box.top()).isCloseTo(bright.top(), within(0.51 / HEIGHT));
      assertThat(box.bottom()).isCloseTo(bright.bottom(), within(0.51 / HEIGHT));
    }
    assertThat(there).as("most stay").isGreaterThan(COUNT * 3 / 4);
    assertThat(elsewhere).as("some have another cell then").isGreaterThan(COUNT / 20);
  }

  /** Of a picture that moves so far that less than half of the rectangle is left, the cell says nothing. */
  @Test
  void whatHasLeftIsNotThere() {
    Dataset data = rectangles();
    Augmentation augmentation = new Augmentation(List.of(new Shift(20)), List.of(), Optional.of(GRID));
    int gone = 0;
    for (int i = 0; i < COUNT; i++) {
      float[] image = new float[HEIGHT * WIDTH];
      float[] was = new float[HEIGHT * WIDTH];
      float[] classes = new float[GRID.cells()];
      augmentation.read(data, i, i, image);
      data.read(i, was, 0, 1);
      augmentation.readOver(data, 1, i, i, classes);
      double left = sum(image) / sum(was);
      boolean isThere = !allNothing(classes);
      gone += isThere ? 0 : 1;
      if (Math.abs(left - 0.5) > 1e-3) {
        assertThat(isThere).as("%d: %f are left", i, left).isEqualTo(left > 0.5);
      }
    }
    assertThat(gone).isBetween(COUNT / 10, COUNT * 9 / 10);
  }

  private static boolean allNothing(float[] classes) {
    boolean all = true;
    for (float c : classes) {
      all &= c == GRID.nothing();
    }
    return all;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += v;
    }
    return sum;
  }

  @Test
  void boxesAreNotTurned() {
    assertThatThrownBy(() -> new Augmentation(List.of(new Rotate(5)), List.of(), Optional.of(GRID))).hasMessageContaining("upright");
    assertThat(new Augmentation(List.of(new Augmentation.Noise(0.1)), List.of(), Optional.of(GRID)).moves(2)).isFalse();
  }
}
