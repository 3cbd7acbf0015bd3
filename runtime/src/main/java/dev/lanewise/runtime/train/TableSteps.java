package dev.lanewise.runtime.train;

import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.kernel.element.UpdateKernel;
import dev.lanewise.runtime.kernel.table.RowSums;

/**
 * The steps of a table, whose gradient is 0 but for the rows that a batch touched: of those rows alone, where a step leaves all others as they
 * are, or is to leave them; else of all. Elementwise, so that parts do not matter.
 */
final class TableSteps {
  private final int index;
  private final int first;
  private final int floats;
  private final int size;
  private RowSums gradient;

  /**
   * @param index its place among the tables
   * @param first where it lies among the parameters
   */
  TableSteps(int index, int first, Parameter table) {
    this.index = index;
    this.first = first;
    this.floats = table.shape().size();
    this.size = table.shape().dim(1);
  }

  /** Where what follows it lies. */
  int end() {
    return first + floats;
  }

  /** Adds up the gradient of the batch. Answers whether all of it are numbers. */
  boolean add(BatchRunner runner) {
    gradient = runner.table(index);
    boolean finite = true;
    for (int k = 0; k < gradient.count(); k++) {
      for (int j = 0; j < size; j++) {
        finite &= Float.isFinite(gradient.value(k, j));
      }
    }
    return finite;
  }

  /** The sum of the squares of the gradient. */
  double squares() {
    double squares = 0;
    for (int k = 0; k < gradient.count(); k++) {
      for (int j = 0; j < size; j++) {
        squares += (double) gradient.value(k, j) * gradient.value(k, j);
      }
    }
    return squares;
  }

  /** How many numbers the rows have that were touched. */
  int touched() {
    return gradient.count() * size;
  }

  /** Steps of the rows that were touched, a part of them: as many as fit at a time, brought together. */
  void touched(UpdateKernel kernel, float[] p, float[][] kept, float[] scalars, int part, int parts, Aside aside) {
    int begin = (int) ((long) gradient.count() * part / parts);
    int end = (int) ((long) gradient.count() * (part + 1) / parts);
    if (size > Aside.FLOATS) {
      wide(kernel, p, kept, scalars, begin, end, aside);
      return;
    }
    int most = Aside.FLOATS / size;
    for (int from = begin; from < end; from += most) {
      int to = Math.min(end, from + most);
      for (int k = from; k < to; k++) {
        aside.take(p, kept, place(k), (k - from) * size, size);
        copy(k, 0, size, aside.gradient, (k - from) * size);
      }
      aside.run(kernel, scalars, (to - from) * size);
      for (int k = from; k < to; k++) {
        aside.giveBack(p, kept, place(k), (k - from) * size, size);
      }
    }
  }

  /** Of rows of which not even one fits. */
  private void wide(UpdateKernel kernel, float[] p, float[][] kept, float[] scalars, int begin, int end, Aside aside) {
    for (int k = begin; k < end; k++) {
      for (int from = 0; from < size; from += Aside.FLOATS) {
        int count = Math.min(Aside.FLOATS, size - from);
        aside.take(p, kept, place(k) + from, 0, count);
        copy(k, from, from + count, aside.gradient, 0);
        aside.run(kernel, scalars, count);
        aside.giveBack(p, kept, place(k) + from, 0, count);
      }
    }
  }

  private int place(int k) {
    return first + gradient.row(k) * size;
  }

  private void copy(int k, int from, int to, float[] out, int at) {
    for (int j = from; j < to; j++) {
      out[at + j - from] = gradient.value(k, j);
    }
  }

  /** Steps of all rows, a part of them: some of the table at a time, its gradient being 0 but for what was touched. */
  void all(UpdateKernel kernel, float[] p, float[][] kept, float[] scalars, int part, int parts, Aside aside) {
    float[] zeros = aside.zeros;
    int pieces = (floats + zeros.length - 1) / zeros.length;
    for (int piece = (int) ((long) pieces * part / parts); piece < (int) ((long) pieces * (part + 1) / parts); piece++) {
      int from = piece * zeros.length;
      int to = Math.min(floats, from + zeros.length);
      overlap(from, to, zeros, true);
      aside.run(kernel, p, zeros, -first - from, kept, scalars, first + from, first + to);
      overlap(from, to, zeros, false);
    }
  }

  /** Writes the gradient of the table's numbers from..to, or zeros in its place. */
  private void overlap(int from, int to, float[] out, boolean writes) {
    for (int k = gradient.before(from / size); k < gradient.count() && gradient.row(k) * size < to; k++) {
      int row = gradient.row(k) * size;
      for (int i = Math.max(from, row); i < Math.min(to, row + size); i++) {
        out[i - from] = writes ? gradient.value(k, i - row) : 0;
      }
    }
  }
}
