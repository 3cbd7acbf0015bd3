package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;

/**
 * What is to be learned of each example, and what a loss compares the network's output with: its class, a class at each of its places, or
 * numbers to predict, one or many of them.
 *
 * <pre>{@code
 * Target.numbers(Shape.of(1, 28, 28))       // an image, or a mask
 * Target.classes(Shape.of(1, 28, 28), 11)   // each pixel is one of eleven classes
 * }</pre>
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

  /** A class at each place: of {@code 1 x height x width}, or of a length. */
  public static Target classes(Shape shape, int count) {
    return new Target(shape, count);
  }

  /** Whether an example has one class. */
  public boolean isClass() {
    return classes > 0 && shape.equals(ONE);
  }

  /** Whether each of an example's places has a class. */
  public boolean isPlaces() {
    return classes > 0 && !shape.equals(ONE);
  }

  /** Whether there are numbers to predict. */
  public boolean isNumbers() {
    return classes == 0;
  }

  /** The shape in which a loss reads it, beside an output: as many numbers come in the output's shape. */
  public Shape beside(Shape output) {
    return isNumbers() ? output : shape;
  }

  /** What scores of classes at each place tell of it, {@code classes x height x width} or {@code classes x length}. */
  public static Target ofScores(Shape scores) {
    Shape places = scores.isImage() ? scores.plane(1, scores.height(), scores.width()) : Shape.of(scores.size() / scores.channels());
    return classes(places, scores.channels());
  }

  /** The outputs that tell the classes of each place apart: {@code classes x height x width}, or {@code classes x length}. */
  public Shape scores() {
    return shape.isFlat() ? Shape.of(classes, shape.size()) : shape.plane(classes, shape.height(), shape.width());
  }

  /** {@code 28x28 of 11}, {@code 1x28x28}: as people say it. */
  @Override
  public String toString() {
    String places = shape.isImage() && classes > 0 ? shape.height() + "x" + shape.width() : shape.toString();
    return classes == 0 ? places : places + " of " + classes;
  }
}
