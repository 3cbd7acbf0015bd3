package dev.lanewise.dsl.exhibit;

import java.util.List;

/**
 * Rows under a header, all of one length.
 *
 * @param tones of the cells, row by row; where there is none the cell is plain
 */
public record Table(String title, List<String> header, List<List<String>> rows, List<List<Tone>> tones) implements Exhibit {
  /** What a cell is to look like. */
  public enum Tone {
    PLAIN,
    GOOD,
    SLIGHT,
    BAD
  }

  public Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    tones = tones.stream().map(List::copyOf).toList();
  }

  /** All cells plain. */
  public Table(String title, List<String> header, List<List<String>> rows) {
    this(title, header, rows, List.of());
  }

  public Tone tone(int row, int column) {
    return row < tones.size() && column < tones.get(row).size() ? tones.get(row).get(column) : Tone.PLAIN;
  }
}
