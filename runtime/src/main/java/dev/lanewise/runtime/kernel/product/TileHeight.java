package dev.lanewise.runtime.kernel.product;

/** How many rows a tile has. */
final class TileHeight {
  private TileHeight() {}

  /** At most so many, and if possible a divisor, so that one kernel does for all rows; but no small one. */
  static int of(int rows, int most) {
    for (int height = Math.min(rows, most); height > most / 2; height--) {
      if (rows % height == 0) {
        return height;
      }
    }
    return Math.min(rows, most);
  }
}
