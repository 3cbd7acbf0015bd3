package dev.lanewise.runtime.tensor;

/** Two numbers, of what lies along the height and what along the width: a kernel of 3x5. A sequence has a width alone. */
public record Sides(int height, int width) {
  /** The same both ways. */
  public static Sides of(int both) {
    return new Sides(both, both);
  }

  public boolean isSquare() {
    return height == width;
  }

  public int least() {
    return Math.min(height, width);
  }

  /** As users write it. */
  @Override
  public String toString() {
    return isSquare() ? Integer.toString(width) : height + "x" + width;
  }
}
