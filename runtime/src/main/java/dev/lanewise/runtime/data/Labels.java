package dev.lanewise.runtime.data;

/**
 * What is to be learned of each example: its class, or a number.
 *
 * @param values class numbers from 0 on, or any numbers
 * @param classes how many there are; 0 if the values are numbers to predict (regression)
 */
record Labels(float[] values, int classes) {
  static Labels classes(int[] labels, int classes) {
    float[] values = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException("label " + labels[i] + " of example " + i + ": classes are 0 to "
            + (classes - 1));
      }
      values[i] = labels[i];
    }
    return new Labels(values, classes);
  }

  /** Class numbers that have been checked. */
  static Labels of(byte[] labels, int classes) {
    float[] values = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      values[i] = labels[i] & 255;
    }
    return new Labels(values, classes);
  }

  static Labels targets(float[] values) {
    return new Labels(values, 0);
  }

  int label(int index) {
    return classes == 0 ? 0 : (int) values[index];
  }
}
