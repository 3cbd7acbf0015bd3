package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;

/**
 * What is to be learned of each example, and what a loss compares the network's output with: its class, or numbers to
 * predict, one or many of them.
 *
 * <pre>{@code Target.numbers(Shape.of(1, 28, 28))   // an image, or a mask }</pre>
 *
 * @param shape of the numbers; a class is one number
 * @param classes how many classes the labels 0, 1, 2 … tell apart; 0 if there are numbers to predict
 */
public record Target(Shape shape, int classes) {
  private static final Shape ONE = Shape.of(1);

  public static Target classes(int count) {
    return new Target(ONE, count);
  }

  public static Target numbers(Shape shape) {
    return new Target(shape, 0);
  }

  public boolean isClass() {
    return classes > 0;
  }

  /** The shape in which a loss reads it, beside an output: as many numbers come in the output's shape. */
  public Shape beside(Shape output) {
    return isClass() ? ONE : output;
  }
}
