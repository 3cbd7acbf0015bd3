package dev.lanewise.benchmarks;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.kernel.conv.ConvShape;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ObjIntConsumer;

/** A library that Lanewise is compared with. What it does not offer stays empty; nothing is estimated. */
public interface Peer {
  String name();

  /** Prepares the library for so many threads. */
  void threads(int count);

  /** Seconds for one product of {@code m x k} and {@code k x n}: the best of several. */
  default OptionalDouble matmul(int m, int k, int n) {
    return OptionalDouble.empty();
  }

  /** Seconds for one convolution of a batch: the best of several. */
  default OptionalDouble convForward(ConvShape shape, int batch) {
    return OptionalDouble.empty();
  }

  /** Seconds for a convolution and both its gradients: the best of several. */
  default OptionalDouble convTraining(ConvShape shape, int batch) {
    return OptionalDouble.empty();
  }

  /**
   * Trains the classic CNN with so many times its channels; tells seconds and test accuracy after each epoch, if it
   * can.
   */
  default void train(DataSplit data, int factor, int batch, int epochs, ObjIntConsumer<Epoch> after) {}

  /** Trains a network on pictures. @return the seconds of each epoch; none from who cannot */
  default List<Double> train(Picture picture, DataSplit data, int epochs) {
    return List.of();
  }

  /** Trains a network on texts, some epochs of {@link Sequence#STEPS} steps. @return the seconds of each epoch; none from who cannot */
  default List<Double> train(Sequence sequence, int epochs) {
    return List.of();
  }

  /** @param testSeconds for classifying the test set once */
  record Epoch(double seconds, double accuracy, double testSeconds) {}
}
