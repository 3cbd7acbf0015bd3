package dev.lanewise.runtime.data;

import dev.lanewise.runtime.file.Overflow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of as many numbers each, which grow one by one: kept in pieces, so that nothing is copied and no number is an object. What is beyond a quarter of the memory lies on
 * the disk: a table may be larger than the memory.
 */
public final class TableRows {
  /** Numbers of a piece, about. */
  private static final int PIECE = 1 << 16;
  private static final long KEPT = Runtime.getRuntime().maxMemory() / 4;

  private final int width;
  private final int rowsOfPiece;
  private final long most;
  private final List<float[]> pieces = new ArrayList<>();
  private final Overflow beyond = new Overflow();
  private int size;
  /** Rows of the pieces; those that follow lie on the disk. */
  private int kept;

  /** @param width numbers of a row; may be 0 */
  public TableRows(int width) {
    this(width, KEPT);
  }

  /** @param most bytes that are kept in memory */
  TableRows(int width, long most) {
    this.width = width;
    this.rowsOfPiece = Math.max(1, PIECE / Math.max(1, width));
    this.most = most;
  }

  public int width() {
    return width;
  }

  public int size() {
    return size;
  }

  /**
   * Copies a row.
   *
   * @throws IOException if the disk has no room for what is beyond the memory
   */
  public void add(float[] row) throws IOException {
    if (kept == size && size == pieces.size() * rowsOfPiece && 4L * (pieces.size() + 1) * rowsOfPiece * width <= most) {
      pieces.add(new float[rowsOfPiece * width]);
    }
    if (size < pieces.size() * rowsOfPiece) {
      System.arraycopy(row, 0, pieces.getLast(), size % rowsOfPiece * width, width);
      kept++;
    } else {
      beyond.add(row, width);
    }
    size++;
  }

  /**
   * There are no more: from now on they can be read.
   *
   * @throws IOException if the disk has no room for the last ones
   */
  public void end() throws IOException {
    beyond.end();
  }

  public float at(int row, int column) {
    return row < kept ? pieces.get(row / rowsOfPiece)[row % rowsOfPiece * width + column] : beyond.at((long) (row - kept) * width + column);
  }
}
