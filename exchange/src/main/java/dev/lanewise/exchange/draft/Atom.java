package dev.lanewise.exchange.draft;

import java.util.List;

/**
 * A dimension of a value, or a part of one: what was cut out of a dimension, or put together to one, consists of the same atoms as before. Two are equal only if they
 * are the same; of size 1 there are none.
 */
public final class Atom {
  private final long size;
  private final boolean batch;

  private Atom(long size, boolean batch) {
    this.size = size;
    this.batch = batch;
  }

  /** A dimension of an example. */
  public static Atom of(long size) {
    return new Atom(size, false);
  }

  /** What counts the examples. @param size a number that stands for it */
  public static Atom batch(long size) {
    return new Atom(size, true);
  }

  public long size() {
    return size;
  }

  public boolean isBatch() {
    return batch;
  }

  public static long size(List<Atom> atoms) {
    return atoms.stream().mapToLong(Atom::size).reduce(1, (a, b) -> a * b);
  }

  @Override
  public String toString() {
    return batch ? "batch" : Long.toString(size);
  }
}
