package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Boxes of what is in a picture, told cell by cell of a grid, as networks of one stage predict them (Redmon et al. 2016): each cell has the
 * class of the thing whose middle lies in it, in the part {@code class}, and its box, in the part {@code box}: how far the middle is from the
 * cell's left and upper edge, in cells, then width and height as shares of the picture. The last class is that of cells with nothing.
 *
 * <pre>{@code BoxGrid.of(scenes.fields())   // class 1x8x8 of 11 and box 4x8x8: 10 is nothing }</pre>
 *
 * @param classField where the classes are among the parts of an example
 * @param boxField where the boxes are
 * @param classes how many, nothing among them
 */
public record BoxGrid(int classField, int boxField, int rows, int columns, int classes) {
  /** The names of the two parts. */
  public static final String CLASS = "class";
  public static final String BOX = "box";
  /** Of a box: across, down, width, height. */
  public static final int NUMBERS = 4;

  /** That of examples with such parts; empty if they have none. */
  public static Optional<BoxGrid> of(List<Field> fields) {
    List<String> names = fields.stream().map(Field::name).toList();
    int classField = names.indexOf(CLASS);
    int boxField = names.indexOf(BOX);
    if (classField < Dataset.TARGET || boxField < Dataset.TARGET) {
      return Optional.empty();
    }
    Field own = fields.get(classField);
    Field box = fields.get(boxField);
    Shape cells = own.shape();
    return own.bound() > 1 && cells.isImage() && cells.channels() == 1 && !box.isWhole() && box.shape().equals(cells.plane(NUMBERS, cells.height(), cells.width()))
        ? Optional.of(new BoxGrid(classField, boxField, cells.height(), cells.width(), own.bound()))
        : Optional.empty();
  }

  public int cells() {
    return rows * columns;
  }

  /** The class of a cell that the middle of nothing lies in. */
  public int nothing() {
    return classes - 1;
  }

  /** The box that a cell tells of. @param numbers {@code [4][rows][columns]}, of one example from {@code at} on */
  public Box box(float[] numbers, int at, int cell) {
    int plane = cells();
    return Box.around(
        (cell % columns + numbers[at + cell]) / columns, (cell / columns + numbers[at + plane + cell]) / rows, numbers[at + 2 * plane + cell],
        numbers[at + 3 * plane + cell]);
  }

  /** The cell that the middle of a box lies in. */
  public int cell(Box box) {
    int column = Math.clamp((int) Math.floor((box.left() + box.right()) / 2 * columns), 0, columns - 1);
    int row = Math.clamp((int) Math.floor((box.top() + box.bottom()) / 2 * rows), 0, rows - 1);
    return row * columns + column;
  }

  /** Writes a box that lies within the picture into the cell of its middle; {@link #box} reads it. */
  public void write(Box box, float[] numbers, int at, int stride) {
    int cell = cell(box);
    double x = (box.left() + box.right()) / 2 * columns - cell % columns;
    double y = (box.top() + box.bottom()) / 2 * rows - cell / columns;
    numbers[at + cell * stride] = (float) x;
    numbers[at + (cells() + cell) * stride] = (float) y;
    numbers[at + (2 * cells() + cell) * stride] = (float) box.width();
    numbers[at + (3 * cells() + cell) * stride] = (float) box.height();
  }

  /**
   * Looks through all examples.
   *
   * @throws IllegalArgumentException saying where, if a cell with something has no box, or one whose middle is not in it, or that is larger than the picture
   */
  public void check(Dataset data) {
    float[] labels = new float[cells()];
    float[] boxes = new float[NUMBERS * cells()];
    for (int i = 0; i < data.size(); i++) {
      data.readField(classField, i, labels, 0, 1);
      data.readField(boxField, i, boxes, 0, 1);
      for (int cell = 0; cell < cells(); cell++) {
        if (labels[cell] != nothing() && !isBox(boxes, cell)) {
          throw new IllegalArgumentException(
              "item " + i + ", row " + cell / columns + ", column " + cell % columns + ": the class is " + (int) labels[cell] + ", but the box is "
                  + boxes[cell] + ", " + boxes[cells() + cell] + ", " + boxes[2 * cells() + cell] + ", " + boxes[3 * cells() + cell]);
        }
      }
    }
  }

  private boolean isBox(float[] boxes, int cell) {
    boolean is = true;
    for (int k = 0; k < NUMBERS; k++) {
      float number = boxes[k * cells() + cell];
      is &= number <= 1 && (k < 2 ? number >= 0 : number > 0);
    }
    return is;
  }
}
