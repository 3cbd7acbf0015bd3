package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.Labels;
import dev.lanewise.runtime.data.format.NumberArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What arrays of labels stand for. One whole number or one word for each example is its class; so is a row of 0 and a single 1, one-hot.
 * Others are numbers to predict.
 *
 * @param train {@link Labels#NONE} where there are numbers to predict; so are the others
 * @param others of examples to validate and test on, as far as there are such
 * @param names of the classes; none where there are numbers to predict
 * @param note on how they were read; empty if there is nothing to say
 */
record ArrayLabels(Labels train, List<Labels> others, List<String> names, String note) {
  /** More classes than anybody tells apart: labels that are something else. */
  private static final int MOST_CLASSES = 100_000;

  /** @throws IOException naming file and item */
  static ArrayLabels of(NumberArray train, List<NumberArray> others) throws IOException {
    if (!train.words().isEmpty()) {
      return words(train, others);
    }
    for (NumberArray other : others) {
      if (!other.words().isEmpty()) {
        throw new IOException(other.name() + ": labels are words, but those to train with are numbers");
      }
    }
    if (isOneHot(train)) {
      return oneHot(train, others);
    }
    if (train.size() > 1 || !train.element().isWhole()) {
      for (NumberArray other : others) {
        if (train.size() == 1 && other.element().isWhole()) {
          throw new IOException(other.name() + ": whole numbers are classes, but those to train with are numbers to predict: save them as floats");
        }
      }
      return new ArrayLabels(Labels.NONE, Collections.nCopies(others.size(), Labels.NONE), List.of(), "");
    }
    return numbers(train, others);
  }

  private static ArrayLabels words(NumberArray train, List<NumberArray> others) throws IOException {
    if (train.size() > 1) {
      throw new IOException(train.name() + ": " + train.size() + " words for each example, expected one");
    }
    Classes classes = Classes.named(train.words());
    List<Labels> more = new ArrayList<>();
    for (NumberArray array : others) {
      NumberArray other = single(array);
      if (other.words().isEmpty()) {
        throw new IOException(other.name() + ": labels are numbers, but those to train with are words");
      }
      int[] values = values(other);
      for (int i = 0; i < values.length; i++) {
        String word = other.words().get(values[i]);
        values[i] = train.words().indexOf(word);
        if (values[i] < 0) {
          throw wrong(other, i, "no example to train on has the class \"" + word + "\"");
        }
      }
      more.add(classes.labels(values));
    }
    return new ArrayLabels(classes.labels(values(train)), more, classes.names(), "");
  }

  private static ArrayLabels oneHot(NumberArray train, List<NumberArray> others) throws IOException {
    List<Labels> more = new ArrayList<>();
    for (NumberArray other : others) {
      if (!isOneHot(other) || other.size() != train.size()) {
        throw new IOException(other.name() + ": labels to train with are one-hot, " + train.size() + " numbers of which one is 1; these are not");
      }
      more.add(places(other));
    }
    return new ArrayLabels(places(train), more, Classes.between(0, train.size() - 1).names(), "one-hot labels read as classes");
  }

  private static ArrayLabels numbers(NumberArray train, List<NumberArray> others) throws IOException {
    int[] values = values(train);
    int least = Arrays.stream(values).min().orElseThrow();
    List<int[]> more = new ArrayList<>();
    for (NumberArray other : others) {
      more.add(values(classes(other)));
      least = Math.min(least, Arrays.stream(more.getLast()).min().orElseThrow());
    }
    Classes classes = Classes.between(least, Arrays.stream(values).max().orElseThrow());
    for (int k = 0; k < others.size(); k++) {
      for (int i = 0; i < more.get(k).length; i++) {
        if (!classes.has(more.get(k)[i])) {
          throw wrong(others.get(k), i, "label " + more.get(k)[i] + ", expected " + classes.range() + ", the classes of the examples to train on");
        }
      }
    }
    return new ArrayLabels(classes.labels(values), more.stream().map(classes::labels).toList(), classes.names(), "");
  }

  private static NumberArray classes(NumberArray test) throws IOException {
    if (!test.element().isWhole()) {
      throw new IOException(test.name() + ": numbers to predict, but the examples to train on have classes");
    }
    return single(test);
  }

  private static NumberArray single(NumberArray y) throws IOException {
    if (y.size() > 1) {
      throw new IOException(y.name() + ": " + y.size() + " labels for each example, expected one");
    }
    return y;
  }

  private static int[] values(NumberArray y) throws IOException {
    int[] values = new int[y.count()];
    for (int i = 0; i < values.length; i++) {
      double value = y.at(i);
      if (!(value >= 0 && value < MOST_CLASSES)) {
        throw wrong(y, i, "label " + (long) value + ", expected 0 to " + (MOST_CLASSES - 1)
            + ": number the classes from 0 on, or save the labels as floats to predict them as numbers");
      }
      values[i] = (int) value;
    }
    return values;
  }

  private static boolean isOneHot(NumberArray y) {
    return y.dims().size() == 2 && y.size() > 1 && IntStream.range(0, y.count()).allMatch(i -> ones(y, i) == 1);
  }

  /** How many values of a row are 1; -1 if one is neither 0 nor 1. */
  private static int ones(NumberArray y, int row) {
    int ones = 0;
    for (int k = 0; k < y.size(); k++) {
      double value = y.at(row * y.step(0) + k * y.step(1));
      if (value != 0 && value != 1) {
        return -1;
      }
      ones += value == 1 ? 1 : 0;
    }
    return ones;
  }

  private static Labels places(NumberArray y) {
    int[] values = new int[y.count()];
    for (int i = 0; i < values.length; i++) {
      while (y.at(i * y.step(0) + values[i] * y.step(1)) != 1) {
        values[i]++;
      }
    }
    return new Labels(values, y.size());
  }

  private static IOException wrong(NumberArray y, int item, String message) {
    return new IOException(y.name() + ": item " + item + ": " + message);
  }
}
