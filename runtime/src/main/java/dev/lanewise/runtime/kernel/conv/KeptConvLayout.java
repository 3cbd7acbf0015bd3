package dev.lanewise.runtime.kernel.conv;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.lane.Squares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How x lies in memory for a {@link KeptConv}, whose lanes are pooled positions: {@code [image][column][c][row][positions across]}.
 *
 * <p>A group of positions is a few rows of them, or a part of one. Windows lie two apart, so what all windows of a group see in their
 * first row are rows 0, 2, 4 …; in their second, 1, 3, 5 …; in their third, 2, 4, 6 …. So the even rows lie one after the other, and then
 * the odd ones: what the group sees at one place of its windows is a vector, and the next row but one begins one row later.
 */
record KeptConvLayout(ConvShape shape) {
  /** Whether a group is a whole number of rows, or a part of one, at any vector width. */
  static boolean fits(ConvShape shape) {
    int width = shape.outWidth() / 2;
    return shape.isPlain()
        && shape.isDense()
        && width > 0
        && (BLOCK % width == 0 || width % BLOCK == 0)
        && shape.outHeight() / 2 * width > 0
        && shape.outHeight() / 2 * width % BLOCK == 0;
  }

  /** Whether the products saved are more than the work of turning x round: some five cycles for a vector, and two products in one. */
  boolean pays(double dropped) {
    return dropped * shape.outChannels() * shape.taps() * 2 > 5.0 * columns() * chunks();
  }

  private int width() {
    return shape.outWidth() / 2;
  }

  /** Positions of a group in a row. */
  int across() {
    return Math.min(width(), LENGTH);
  }

  /** Rows of x that a group sees. */
  private int rows() {
    return 2 * (LENGTH / across() - 1) + shape.kernelHeight() + 1;
  }

  /** Columns of x that a position sees. */
  int columns() {
    return shape.kernelWidth() + 1;
  }

  /** Vectors of a column of a channel. */
  int chunks() {
    return (rows() * across() + LENGTH - 1) / LENGTH;
  }

  /** Floats of a column of a channel. */
  int column() {
    return chunks() * LENGTH;
  }

  /** Where the odd rows begin in a column. */
  int odd() {
    return (rows() + 1) / 2 * across();
  }

  /** Floats of an image's group. */
  int size() {
    return columns() * shape.inChannels() * column();
  }

  int groups() {
    return shape.outHeight() / 2 * width() / LENGTH;
  }

  /** Where a group's first window begins in x. */
  int corner(int group) {
    int position = group * LENGTH;
    return (position / width() * shape.width() + position % width()) * 2 * BLOCK;
  }

  /** Where an element of a column lies in x, from the group's first window on; what only fills up is the first one once more. */
  private int source(int element) {
    int row = element < odd() ? element / across() * 2 : (element - odd()) / across() * 2 + 1;
    return row < rows() ? (row * shape.width() + element % across() * 2) * BLOCK : 0;
  }

  /** What turns a group of x round: for each vector of a column the squares of all columns, channels and images. */
  List<Squares> squares() {
    int plane = shape.height() * shape.width() * BLOCK;
    List<Squares> all = new ArrayList<>();
    for (int chunk = 0; chunk < chunks(); chunk++) {
      int[] from = new int[columns() * shape.inChannels() * BLOCK / LENGTH], to = new int[from.length];
      int i = 0;
      for (int column = 0; column < columns(); column++) {
        for (int c = 0; c < shape.inChannels(); c++) {
          for (int image = 0; image < BLOCK; image += LENGTH) {
            from[i] = c * plane + column * BLOCK + image;
            to[i++] = image * size() + (column * shape.inChannels() + c) * column() + chunk * LENGTH;
          }
        }
      }
      int first = chunk * LENGTH;
      int[] rows = new int[LENGTH];
      Arrays.setAll(rows, lane -> source(first + lane));
      all.add(new Squares(from, rows, to, Squares.rows(size())));
    }
    return all;
  }

  /** What turns a group's results back: {@code [O][image][position]} into {@code [O][H'][W'][16]}. */
  Squares joining() {
    int plane = shape.outHeight() / 2 * width() * BLOCK;
    int[] from = new int[shape.outChannels() * BLOCK / LENGTH], to = new int[from.length];
    int i = 0;
    for (int o = 0; o < shape.outChannels(); o++) {
      for (int image = 0; image < BLOCK; image += LENGTH) {
        from[i] = (o * BLOCK + image) * LENGTH;
        to[i++] = o * plane + image;
      }
    }
    return new Squares(from, Squares.rows(LENGTH), to, Squares.rows(BLOCK));
  }
}
