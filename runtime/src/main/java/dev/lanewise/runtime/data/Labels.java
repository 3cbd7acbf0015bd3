package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;

/**
 * The classes of examples.
 *
 * @param values class numbers from 0 on; none where there are no classes
 * @param classes how many there are
 */
public record Labels(int[] values, int classes) {
  /** Of examples that have no classes. */
  public static final Labels NONE = new Labels(new int[0], 0);

  /**
   * @throws IllegalArgumentException if a label is not a class
   */
  static Labels of(int[] labels, int classes) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException("label " + labels[i] + " of example " + i + ": classes are 0 to "
            + (classes - 1));
      }
    }
    return new Labels(labels, classes);
  }

  /** Class numbers that have been checked. */
  public static Labels of(byte[] labels, int classes) {
    int[] values = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      values[i] = labels[i] & 255;
    }
    return new Labels(values, classes);
  }

  int label(int index) {
    return classes == 0 ? 0 : values[index];
  }

  /** Without classes, an example of that shape is what it is, and there is nothing else to learn of it. */
  Target target(Shape example) {
    return classes == 0 ? Target.numbers(example) : Target.classes(classes);
  }
}
