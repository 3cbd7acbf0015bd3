package dev.lanewise.runtime.data;

import java.util.Arrays;

/**
 * The boxes of an image that is moved, flipped or made larger or smaller: each moves with what it is around, and belongs to the cell that its middle
 * then lies in. What lies outside is cut off; where less than half of a box is left, nothing is said to be there. Of two in one cell the
 * larger stays. Kept, so that it does not allocate.
 */
final class MovedBoxes {
  private static final double LEAST = 0.5;

  private final BoxGrid grid;
  private final float[] labels;
  private final float[] boxes;
  /** Of both parts, one after the other: what comes of it. */
  private final float[] movedLabels;
  private final float[] movedBoxes;
  private final double[] areas;

  MovedBoxes(BoxGrid grid) {
    this.grid = grid;
    this.labels = new float[grid.cells()];
    this.boxes = new float[BoxGrid.NUMBERS * grid.cells()];
    this.movedLabels = new float[labels.length];
    this.movedBoxes = new float[boxes.length];
    this.areas = new double[labels.length];
  }

  /** Writes one of the two parts of an example. @param warp that has drawn how the lane's image moves */
  void read(Dataset data, int field, int index, Warp warp, int lane, float[] out, int offset, int stride) {
    data.readField(grid.classField(), index, labels, 0, 1);
    data.readField(grid.boxField(), index, boxes, 0, 1);
    Arrays.fill(movedLabels, grid.nothing());
    Arrays.fill(movedBoxes, 0);
    Arrays.fill(areas, 0);
    for (int cell = 0; cell < labels.length; cell++) {
      if ((int) labels[cell] != grid.nothing()) {
        move(warp.moved(grid.box(boxes, 0, cell), lane), labels[cell]);
      }
    }
    float[] moved = field == grid.classField() ? movedLabels : movedBoxes;
    for (int i = 0; i < moved.length; i++) {
      out[offset + i * stride] = moved[i];
    }
  }

  private void move(Box moved, float label) {
    Box inside = moved.inside();
    int cell = grid.cell(inside);
    if (inside.area() > 0 && inside.area() >= LEAST * moved.area() && inside.area() > areas[cell]) {
      areas[cell] = inside.area();
      movedLabels[cell] = label;
      grid.write(inside, movedBoxes, 0, 1);
    }
  }
}
