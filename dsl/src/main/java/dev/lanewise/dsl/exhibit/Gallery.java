package dev.lanewise.dsl.exhibit;

import java.util.List;

/**
 * Pictures side by side, under a title.
 *
 * @param together how many that follow each other stay in one row
 */
public record Gallery(String title, List<Picture> pictures, int together) implements Exhibit {
  public Gallery {
    pictures = List.copyOf(pictures);
  }

  public Gallery(String title, List<Picture> pictures) {
    this(title, pictures, 1);
  }

  /** How many stand in a row, of so many that fit. */
  public int inRow(int fitting) {
    return Math.max(1, Math.max(together, fitting / together * together));
  }
}
