package dev.lanewise.dsl.glass;

import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What is seen of a network on an example.
 *
 * @param example what it was shown
 * @param values of layers, by their names, in their order: what they make of it, or how the loss changes with that
 * @param answer what the network says
 * @param words that the example's whole numbers stand for; none where it has others
 */
public record Glimpse(Shown example, Map<String, Numbers> values, Answer answer, List<String> words) {
  /**
   * An example.
   *
   * @param pixels its numbers in their own units
   * @param label its class, if that is known
   * @param index its place among those to test on; -1 if it is somebody's own
   */
  public record Shown(Shape shape, float[] pixels, OptionalInt label, int index) {}

  /** @param most the largest size */
  public record Numbers(Shape shape, float[] values) {
    public double most() {
      double most = 0;
      for (float v : values) {
        most = Math.max(most, Math.abs(v));
      }
      return most;
    }
  }

  /**
   * @param values that the network gives
   * @param probabilities of the classes; none where it predicts numbers
   * @param says which class; -1 where it predicts numbers, or cannot say
   */
  public record Answer(double[] values, double[] probabilities, int says) {
    public boolean isClass() {
      return probabilities.length > 0;
    }
  }

  /** A row for each layer. @param gradient the root of the mean square of how the loss changes with its numbers; NaN where that is not known */
  public record Row(String layer, Shape shape, double least, double mean, double most, double zeros, double gradient) {}

  /** How good it is on some examples. @param confusion by the right class and the one it says; none where it predicts numbers @param worst places of those with the largest losses that it is wrong about */
  public record Tested(int examples, double accuracy, double loss, int[][] confusion, List<Worst> worst) {}

  public record Worst(int index, int label, int says, Shape shape, float[] pixels) {}
}
