package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.format.NumberArray;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which axis of an image in an array has its channels. */
public enum Channels {
  /** The last one, where it has 1, 3 or 4 values and the first two have more than 4 each; otherwise the first. */
  AUTO,
  /** As PyTorch has them: [n, c, h, w]. */
  FIRST,
  /** As Keras and image files have them: [n, h, w, c]. */
  LAST;

  private static final int MOST_AXES = 3;

  /**
   * How an array's examples are read.
   *
   * @param axes of the array, from 1 on, in the order in which an example has them
   */
  record Layout(Shape shape, int[] axes) {
    boolean isLast() {
      return axes.length == MOST_AXES && axes[0] == MOST_AXES;
    }
  }

  /**
   * [n] and [n, f] are flat, [n, h, w] are images of one channel, of four axes this says which.
   *
   * @param name of the file, for messages
   * @param dims of the array, of which the first counts examples
   */
  Layout of(String name, List<Integer> dims) throws IOException {
    List<Integer> own = new ArrayList<>(dims.subList(1, dims.size()));
    if (own.size() > MOST_AXES) {
      throw new IOException(name + ": " + dims.size() + " axes, expected examples, channels, height and width at most");
    }
    boolean last = own.size() == MOST_AXES && isLast(own);
    int[] axes = last ? new int[] {3, 1, 2} : IntStream.rangeClosed(1, own.size()).toArray();
    if (last) {
      own.addFirst(own.removeLast());
    }
    if (own.isEmpty() || own.size() == 2) {
      own.addFirst(1);
    }
    try {
      return new Layout(new Shape(own), axes);
    } catch (IllegalArgumentException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }

  /** Of arrays that belong together some must be images, or there is nothing to say of channels. */
  void check(List<NumberArray> arrays) throws IOException {
    NumberArray first = arrays.getFirst();
    if (this != AUTO && arrays.stream().noneMatch(a -> a.dims().size() == 1 + MOST_AXES)) {
      throw new IOException(first.name() + ": " + first.dims().size() + " axes, but channels is for images of four: leave it out");
    }
  }

  private boolean isLast(List<Integer> image) {
    int last = image.getLast();
    boolean looks = (last == 1 || last == 3 || last == 4) && image.get(0) > 4 && image.get(1) > 4;
    return this == LAST || this == AUTO && looks;
  }
}
