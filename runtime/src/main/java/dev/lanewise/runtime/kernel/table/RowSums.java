package dev.lanewise.runtime.kernel.table;

import java.util.Arrays;

/**
 * What is added to some rows of a table, kept for those rows alone: to add, to clear and to read takes no longer if the table is larger.
 * What is added to a row is added in its order, in double, so that the error hardly grows with the number of examples that have it.
 */
public final class RowSums {
  private static final int LEAST = 64;
  private static final int GOLDEN = 0x9e3779b9;

  private final int size;
  private int count;
  /** Of each entry, in the order in which rows were first touched. */
  private int[] rows = new int[LEAST];
  private int[] places = new int[LEAST];
  private double[] sums;
  /** Open addressing by the row: the entry + 1, or 0 where there is none. */
  private int[] entries = new int[2 * LEAST];
  /** Once sorted: row and entry. */
  private long[] sorted = new long[LEAST];

  /** @param size numbers of a row */
  public RowSums(int size) {
    this.size = size;
    this.sums = new double[LEAST * size];
  }

  /** How many rows were touched. */
  public int count() {
    return count;
  }

  public void clear() {
    for (int e = 0; e < count; e++) {
      entries[places[e]] = 0;
    }
    count = 0;
  }

  /** Adds to a row. */
  public void add(int row, float[] values, int at) {
    int to = entry(row) * size;
    for (int j = 0; j < size; j++) {
      sums[to + j] += values[at + j];
    }
  }

  /** Adds what has been added to another. */
  public void add(RowSums other) {
    for (int e = 0; e < other.count; e++) {
      int to = entry(other.rows[e]) * size;
      for (int j = 0; j < size; j++) {
        sums[to + j] += other.sums[e * size + j];
      }
    }
  }

  private int entry(int row) {
    int mask = entries.length - 1;
    int place = place(row);
    while (entries[place] != 0) {
      int entry = entries[place] - 1;
      if (rows[entry] == row) {
        return entry;
      }
      place = place + 1 & mask;
    }
    if (count == rows.length) {
      grow();
      return entry(row);
    }
    rows[count] = row;
    places[count] = place;
    entries[place] = count + 1;
    Arrays.fill(sums, count * size, (count + 1) * size, 0);
    return count++;
  }

  private int place(int row) {
    return row * GOLDEN >>> Integer.numberOfLeadingZeros(entries.length - 1);
  }

  /** Happens in the first batches: as many rows as a batch has are soon there. */
  private void grow() {
    int more = Math.multiplyExact(2, count);
    rows = Arrays.copyOf(rows, more);
    places = Arrays.copyOf(places, more);
    sums = Arrays.copyOf(sums, Math.multiplyExact(more, size));
    sorted = new long[more];
    entries = new int[2 * more];
    for (int e = 0; e < count; e++) {
      int place = place(rows[e]);
      while (entries[place] != 0) {
        place = place + 1 & entries.length - 1;
      }
      places[e] = place;
      entries[place] = e + 1;
    }
  }

  /** Puts the rows in their order, from the first row of the table on: {@link #row} and {@link #value} tell of them then. */
  public void sort() {
    for (int e = 0; e < count; e++) {
      sorted[e] = (long) rows[e] << 32 | e;
    }
    Arrays.sort(sorted, 0, count);
  }

  /** The row that is the k-th. */
  public int row(int k) {
    return (int) (sorted[k] >>> 32);
  }

  /** A number of the k-th row's sum. */
  public float value(int k, int j) {
    return (float) sums[(int) sorted[k] * size + j];
  }

  /** How many of the rows lie before one. */
  public int before(int row) {
    int low = 0, high = count;
    while (low < high) {
      int middle = low + high >>> 1;
      if (row(middle) < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
