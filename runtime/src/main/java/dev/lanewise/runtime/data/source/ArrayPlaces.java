package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.format.Element;
import dev.lanewise.runtime.data.format.NumberArray;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.util.List;

/**
 * Whether an array of labels has a class at each pixel of the examples: whole numbers, {@code [n, h, w]} beside images of {@code h x w}. Those of
 * two values and bytes up to 255 are masks and images, numbers to predict.
 */
final class ArrayPlaces {
  /** More classes than anybody tells apart at each place. */
  private static final int MOST_CLASSES = 1_000;
  private static final int BRIGHTEST = 255;

  private ArrayPlaces() {}

  /**
   * How many classes there are: one more than the largest number; 0 if the array is of something else.
   *
   * @throws IOException naming array and item, where a number is no class
   */
  static int classes(NumberArray labels, List<NumberArray> others, Shape examples) throws IOException {
    boolean whole = labels.element().isWhole() && labels.element() != Element.BOOL && labels.words().isEmpty();
    if (!whole || !lies(labels, examples) || isImage(labels)) {
      return 0;
    }
    int classes = Math.max(2, largest(labels, MOST_CLASSES) + 1);
    for (NumberArray other : others) {
      if (other.element().isWhole() && lies(other, examples)) {
        largest(other, classes);
      }
    }
    return classes;
  }

  private static boolean lies(NumberArray labels, Shape examples) {
    return examples.isImage() && labels.dims().size() == 3 && labels.dims().get(1) == examples.height() && labels.dims().get(2) == examples.width();
  }

  private static boolean isImage(NumberArray labels) {
    boolean found = false;
    for (long i = 0; labels.element() == Element.U1 && !found && i < (long) labels.count() * labels.size(); i++) {
      found = labels.at(i) == BRIGHTEST;
    }
    return found;
  }

  /** The largest number, which is below a limit. */
  private static int largest(NumberArray labels, int limit) throws IOException {
    int largest = 0;
    for (long i = 0; i < (long) labels.count() * labels.size(); i++) {
      double label = labels.at(i);
      if (!(label >= 0 && label < limit)) {
        throw wrong(labels, i, (long) label, limit);
      }
      largest = Math.max(largest, (int) label);
    }
    return largest;
  }

  private static IOException wrong(NumberArray labels, long at, long label, int limit) {
    long item = labels.fortran() ? at % labels.count() : at / labels.size();
    return new IOException(labels.name() + ": item " + item + ": label " + label + " at a place, expected 0 to " + (limit - 1)
        + (limit == MOST_CLASSES ? ": number the classes from 0 on, or save the labels as floats to predict them as numbers" : ", the classes of the examples to train on"));
  }
}
