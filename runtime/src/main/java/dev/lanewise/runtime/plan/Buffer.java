package dev.lanewise.runtime.plan;

/** A piece of the arena, in use from one node to another, both included. */
final class Buffer {
  final int size;
  final int first;
  int last;
  int offset;

  Buffer(int size, int first) {
    this.size = size;
    this.first = first;
    this.last = first;
  }

  int end() {
    return offset + size;
  }
}
