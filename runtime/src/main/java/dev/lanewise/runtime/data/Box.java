package dev.lanewise.runtime.data;

/**
 * A rectangle in a picture, whose edges are shares of the picture's width and height: 0 is the left or upper edge, 1 the other one.
 *
 * <pre>{@code new Box(0, 0, 0.5, 0.5).iou(new Box(0, 0, 0.5, 1))   // 0.5 }</pre>
 */
public record Box(double left, double top, double right, double bottom) {
  /** Around a middle. What is narrower or lower than nothing has no area. */
  public static Box around(double x, double y, double width, double height) {
    double half = Math.max(0, width) / 2;
    double high = Math.max(0, height) / 2;
    return new Box(x - half, y - high, x + half, y + high);
  }

  public double width() {
    return right - left;
  }

  public double height() {
    return bottom - top;
  }

  public double area() {
    return width() * height();
  }

  /** Intersection over union (Jaccard 1912): of what either covers, the share that both do; 0 where neither covers anything. */
  public double iou(Box other) {
    double across = Math.min(right, other.right) - Math.max(left, other.left);
    double down = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    double both = Math.max(0, across) * Math.max(0, down);
    double either = area() + other.area() - both;
    return either > 0 ? both / either : 0;
  }

  /** What of it lies within the picture; of one that lies outside an empty one. */
  public Box inside() {
    double l = Math.clamp(left, 0, 1);
    double t = Math.clamp(top, 0, 1);
    return new Box(l, t, Math.clamp(right, l, 1), Math.clamp(bottom, t, 1));
  }
}
