package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One or more small instances of every operation that a network or loss can contain: what the gradient and kernel tests go through. */
public final class SmallOperations {
  private SmallOperations() {}

  /** Layers, of odd sizes. */
  public static List<Operation> layers() {
    List<Operation> all = new ArrayList<>();
    for (int stride : new int[] {1, 2, 3}) {
      for (int padding : new int[] {0, 1, 2}) {
        all.add(new Conv(Shape.of(3, 7, 6), 5, 3, stride, padding, true));
      }
    }
    all.add(new Conv(Shape.of(1, 9, 9), 10, 5, 1, 0, true));
    all.add(new Conv(Shape.of(7, 4, 5), 2, 1, 1, 0, false));
    all.add(new Conv(Shape.of(10, 8, 8), 20, 5, 1, 0, true));
    all.add(new Dense(7, 5, true));
    all.add(new Dense(50, 10, true));
    all.add(new Dense(33, 17, false));
    for (int[] w : new int[][] {{2, 2, 0}, {3, 2, 1}, {3, 1, 0}, {2, 3, 1}}) {
      all.add(new MaxPool(new Window(Shape.of(3, 7, 6), w[0], w[1], w[2])));
      all.add(new AvgPool(new Window(Shape.of(3, 7, 6), w[0], w[1], w[2])));
    }
    all.add(Pointwise.relu(Shape.of(3, 5)));
    all.add(Pointwise.sigmoid(Shape.of(13)));
    all.add(Pointwise.tanh(Shape.of(13)));
    all.add(new Concat(List.of(Shape.of(2, 3, 2), Shape.of(3, 3, 2), Shape.of(1, 3, 2))));
    all.add(Pointwise.mul(Shape.of(7), 3));
    all.add(Pointwise.add(Shape.of(7)));
    all.add(new Softmax(7));
    all.add(new LogSoftmax(7));
    all.add(new Reshape(Shape.of(3, 2, 2), Shape.of(12)));
    all.add(new Dropout(Shape.of(11), 0.3, false));
    all.add(new Dropout(Shape.of(5, 3, 2), 0.5, true));
    return all;
  }

  public static List<Operation> losses() {
    return List.of(new CrossEntropy(7), new MeanSquaredError(7), new MeanSquaredError(1));
  }

  public static Stream<Operation> all() {
    return Stream.concat(layers().stream(), losses().stream());
  }
}
