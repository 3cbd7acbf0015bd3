package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ArrayExamples;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Labels;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.format.Npy;
import dev.lanewise.runtime.data.format.Npz;
import dev.lanewise.runtime.data.format.NumberArray;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Data sets of NumPy's arrays: one with the examples along its first axis, one with their labels. A whole number for
 * each example is its class; others, and arrays with several for each, are numbers to predict.
 *
 * <pre>{@code NumberArrays.npy(Path.of("x.npy"), Path.of("y.npy"), Optional.empty(), Optional.empty()) }</pre>
 */
public final class NumberArrays {
  /** More classes than anybody tells apart: labels that are something else. */
  private static final int MOST_CLASSES = 100_000;

  private NumberArrays() {}

  /**
   * Maps .npy files into memory; they may be larger than that.
   *
   * @param test examples to test on, with their labels
   * @throws IOException naming file, offset, what was expected and what was found
   */
  public static OpenedData npy(Path examples, Path labels, Optional<Path> test,
      Optional<Path> testLabels) throws IOException {
    Dataset train = examples(Npy.read(examples), Npy.read(labels), 0);
    return opened(train, test.isEmpty() ? null
        : examples(Npy.read(test.get()), Npy.read(testLabels.orElseThrow()), train.classes()));
  }

  /**
   * Reads arrays of an .npz archive.
   *
   * @param names of examples and labels, or also of those to test on
   * @throws IOException naming file, array, offset, what was expected and what was found
   */
  public static OpenedData npz(Path archive, List<String> names) throws IOException {
    List<NumberArray> arrays = Npz.read(archive, names);
    Dataset train = examples(arrays.get(0), arrays.get(1), 0);
    return opened(train, arrays.size() < 4 ? null : examples(arrays.get(2), arrays.get(3), train.classes()));
  }

  private static OpenedData opened(Dataset train, Dataset test) throws IOException {
    if (test != null && !test.shape().equals(train.shape())) {
      throw new IOException("examples to train on are " + train.shape() + ", those to test on " + test.shape());
    }
    if (test != null && !test.target().equals(train.target())) {
      throw new IOException("targets to train on are " + said(train.target()) + ", those to test on " + said(test.target()));
    }
    return OpenedData.of(new DataSplit("arrays", train, null, test));
  }

  private static String said(Target target) {
    return target.isClass() ? "classes" : "numbers of " + target.shape();
  }

  /** @param classes of the training examples, if these are to be tested with; otherwise 0 */
  private static Dataset examples(NumberArray x, NumberArray y, int classes) throws IOException {
    Shape shape = shape(x);
    if (x.count() != y.count()) {
      throw new IOException(y.name() + ": " + y.count() + " labels, but " + x.name() + " has " + x.count()
          + " examples");
    }
    if (y.size() == 1 && y.element().isWhole()) {
      return new ArrayExamples(x, shape, labels(y, classes));
    }
    if (classes > 0) {
      throw new IOException(y.name() + ": numbers to predict, but the examples to train on have classes");
    }
    checkFinite(y);
    return new Paired(new ArrayExamples(x, shape, Labels.NONE), new ArrayExamples(y, shape(y), Labels.NONE));
  }

  /** [n] and [n, f] are flat, [n, h, w] are images of one channel, [n, c, h, w] of several. */
  private static Shape shape(NumberArray x) throws IOException {
    List<Integer> dims = new ArrayList<>(x.dims().subList(1, x.dims().size()));
    if (dims.size() > 3) {
      throw new IOException(x.name() + ": " + x.dims().size()
          + " axes, expected examples, channels, height and width at most");
    }
    if (dims.isEmpty() || dims.size() == 2) {
      dims.addFirst(1);
    }
    try {
      return new Shape(dims);
    } catch (IllegalArgumentException e) {
      throw new IOException(x.name() + ": " + e.getMessage(), e);
    }
  }

  private static Labels labels(NumberArray y, int classes) throws IOException {
    int[] values = new int[y.count()];
    int most = 0;
    for (int i = 0; i < values.length; i++) {
      double value = y.at(i);
      double limit = classes > 0 ? classes : MOST_CLASSES;
      if (!(value >= 0 && value < limit)) {
        throw wrong(y, i, "label " + (long) value + ", expected 0 to " + (long) (limit - 1)
            + (classes > 0 ? ", the classes of the examples to train on" : ""));
      }
      values[i] = (int) value;
      most = Math.max(most, (int) value);
    }
    return new Labels(values, classes > 0 ? classes : most + 1);
  }

  private static void checkFinite(NumberArray y) throws IOException {
    long elements = (long) y.count() * y.size();
    for (long i = 0; i < elements && !y.element().isWhole(); i++) {
      if (!Float.isFinite((float) y.at(i))) {
        throw wrong(y, i, "a target of " + y.at(i) + ", expected a finite number");
      }
    }
  }

  private static IOException wrong(NumberArray y, long index, String message) {
    return new IOException(y.name() + ": offset " + (y.offset() + index * y.element().bytes()) + ": " + message);
  }
}
