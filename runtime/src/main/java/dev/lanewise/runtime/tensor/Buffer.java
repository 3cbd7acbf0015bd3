package dev.lanewise.runtime.tensor;

/** A piece of memory, in use from one step to another, both included; and where it lies. */
public final class Buffer {
  public final int size;
  public final int first;
  public int last;
  int offset;

  public Buffer(int size, int first) {
    this.size = size;
    this.first = first;
    this.last = first;
  }

  /** Where it begins, once it has a place. */
  public int offset() {
    return offset;
  }

  int end() {
    return offset + size;
  }
}
