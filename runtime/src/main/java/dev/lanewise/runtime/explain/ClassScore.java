package dev.lanewise.runtime.explain;

import dev.lanewise.runtime.layer.Losses;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.tensor.Shape;

/**
 * Which of a network's numbers is asked about: the score of a class, as it comes out, before softmax. Of a single output that tells two classes apart it is that output for
 * the second, and the same with the other sign for the first. Where an output has places, such as pixels, it is the mean over them.
 *
 * @param output of the network
 * @param channel of it
 * @param sign 1, or -1 for the first of two classes that one output tells apart
 */
public record ClassScore(Shape output, int channel, int sign) {
  /**
   * The score of a class.
   *
   * @param classes that there are
   * @throws IllegalArgumentException if the output has no score for it
   */
  public static ClassScore of(Shape output, int label, int classes) {
    boolean single = output.channels() == 1 && classes == 2;
    if (label < 0 || label >= (single ? 2 : output.channels())) {
      throw new IllegalArgumentException("an output of " + output + " has no score for class " + label);
    }
    return single ? new ClassScore(output, 0, label == 0 ? -1 : 1) : new ClassScore(output, label, 1);
  }

  /** What is differentiated, with {@link #target} as what is to be learned. */
  Computation computation() {
    return Losses.output(output);
  }

  /** Where there is one channel, what it is multiplied by; else its number. */
  int target() {
    return output.channels() == 1 ? 1 : channel;
  }

  /** The score in what a network gives. */
  double of(float[] outputs) {
    int places = outputs.length / output.channels();
    double sum = 0;
    for (int i = 0; i < places; i++) {
      sum += outputs[channel * places + i];
    }
    return sign * sum / places;
  }
}
