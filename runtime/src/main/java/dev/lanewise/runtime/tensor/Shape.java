package dev.lanewise.runtime.tensor;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shape of one example: {@code 20x4x4} is 20 channels of 4 rows of 4 columns, {@code 8x100} a sequence of 100 values in each of 8
 * channels, {@code 320} a flat vector. The batch is never part of it.
 *
 * <pre>{@code Shape.of(20, 4, 4).size() == 320 }</pre>
 *
 * @throws IllegalArgumentException if there is no dimension, one is not positive, or the size exceeds an int
 */
public record Shape(List<Integer> dims) {
  public Shape {
    dims = List.copyOf(dims);
    if (dims.isEmpty() || dims.stream().anyMatch(d -> d < 1)) {
      throw new IllegalArgumentException("a shape needs positive dimensions, not " + dims);
    }
    if (dims.stream().mapToDouble(d -> d).reduce(1, (a, b) -> a * b) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a shape of " + dims + " has too many elements");
    }
  }

  public static Shape of(int... dims) {
    return new Shape(IntStream.of(dims).boxed().toList());
  }

  /** The number of values in one example. */
  public int size() {
    // A plain loop: it is asked for every example that is read, and a stream would be an allocation each time.
    int size = 1;
    for (int i = 0; i < dims.size(); i++) {
      size *= dims.get(i);
    }
    return size;
  }

  public int rank() {
    return dims.size();
  }

  public int dim(int axis) {
    return dims.get(axis);
  }

  /** True for a vector of features. */
  public boolean isFlat() {
    return rank() == 1;
  }

  /** True for channels x height x width. */
  public boolean isImage() {
    return rank() == 3;
  }

  /** True for channels x length. */
  public boolean isSequence() {
    return rank() == 2;
  }

  public int channels() {
    return dim(0);
  }

  /** Rows of an image; a sequence is an image of one row. */
  public int height() {
    return isSequence() ? 1 : dim(1);
  }

  /** Columns of an image, the length of a sequence. */
  public int width() {
    return dim(rank() - 1);
  }

  /** A shape of the same rank: {@code channels x width} if this is a sequence, else {@code channels x height x width}. */
  public Shape plane(int channels, int height, int width) {
    return isSequence() ? Shape.of(channels, width) : Shape.of(channels, height, width);
  }

  /** So many channels at each of these places: of 1 a vector, of a length a sequence, of height x width an image. */
  public Shape channelsAt(int channels) {
    return size() == 1 && isFlat() ? of(channels) : isFlat() ? of(channels, size()) : of(channels, dim(0), dim(1));
  }

  public Shape flat() {
    return Shape.of(size());
  }

  @Override
  public String toString() {
    return dims.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
