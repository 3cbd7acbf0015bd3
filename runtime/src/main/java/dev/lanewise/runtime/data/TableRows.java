package dev.lanewise.runtime.data;

import java.util.ArrayList;
import java.util.List;

/** Rows of as many numbers each, which grow one by one: kept in pieces, so that nothing is copied and no number is an object. */
public final class TableRows {
  /** Numbers of a piece, about. */
  private static final int PIECE = 1 << 16;

  private final int width;
  private final int rowsOfPiece;
  private final List<float[]> pieces = new ArrayList<>();
  private int size;

  /** @param width numbers of a row; may be 0 */
  public TableRows(int width) {
    this.width = width;
    this.rowsOfPiece = Math.max(1, PIECE / Math.max(1, width));
  }

  public int width() {
    return width;
  }

  public int size() {
    return size;
  }

  /** What they take, in bytes. */
  public long bytes() {
    return 4L * pieces.size() * rowsOfPiece * width;
  }

  /** Copies a row. */
  public void add(float[] row) {
    if (size == pieces.size() * rowsOfPiece) {
      pieces.add(new float[rowsOfPiece * width]);
    }
    System.arraycopy(row, 0, pieces.getLast(), size % rowsOfPiece * width, width);
    size++;
  }

  public float at(int row, int column) {
    return pieces.get(row / rowsOfPiece)[row % rowsOfPiece * width + column];
  }
}
