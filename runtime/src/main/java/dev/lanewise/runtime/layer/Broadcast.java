package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Repeat;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Values of different shapes that meet element by element, as NumPy has it: a dimension of 1 counts for all of the other's. Dimensions are
 * compared from the channels on, so that 64 goes with 64x32x32 as 64x1x1 does.
 *
 * <pre>{@code Broadcast.joined(Shape.of(64, 1, 1), Shape.of(1, 32, 32))   // 64x32x32 }</pre>
 */
public final class Broadcast {
  private Broadcast() {}

  /**
   * The shape of what comes of two values.
   *
   * @throws ShapeException if they do not go together
   */
  public static Shape joined(Shape a, Shape b) {
    if (a.size() == b.size() && bare(a).equals(bare(b))) {
      // Of as many values, such as 3 and 3x1x1, the one with more dimensions says where they lie, whichever comes first.
      return a.rank() >= b.rank() ? a : b;
    }
    int rank = Math.max(a.rank(), b.rank());
    List<Integer> left = padded(a, rank);
    List<Integer> right = padded(b, rank);
    // A sequence is no image of one column: its length goes with no height.
    boolean fits = a.rank() == b.rank() || bare(a.rank() < b.rank() ? a : b).size() < 2;
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      fits &= left.get(i).equals(right.get(i)) || left.get(i) == 1 || right.get(i) == 1;
      dims.add(Math.max(left.get(i), right.get(i)));
    }
    if (!fits) {
      throw new ShapeException(
          Problem.ELEMENTS, "values of " + a + " and " + b + " do not go together element by element", remedy(a, b));
    }
    return new Shape(dims);
  }

  private static String remedy(Shape a, Shape b) {
    Shape large = a.size() >= b.size() ? a : b;
    return large.isFlat() ? "" : "with " + large + " go " + large + ", " + large.plane(large.channels(), 1, 1) + " and "
        + large.plane(1, large.height(), large.width());
  }

  /** The dimensions without ones at the end. */
  private static List<Integer> bare(Shape shape) {
    return shape.dims().subList(0, reach(shape.dims()));
  }

  /** How many dimensions there are up to the last that is not 1. */
  private static int reach(List<Integer> dims) {
    int reach = dims.size();
    while (reach > 0 && dims.get(reach - 1) == 1) {
      reach--;
    }
    return reach;
  }

  private static List<Integer> padded(Shape shape, int rank) {
    List<Integer> dims = new ArrayList<>(shape.dims());
    while (dims.size() < rank) {
      dims.add(1);
    }
    return dims;
  }

  /**
   * Values that a {@link dev.lanewise.runtime.operation.Pointwise} of a shape can read: full ones, and ones that have a number for each
   * group of elements, all for the same groups. The others are repeated.
   *
   * @param values their numbers in the recipe
   */
  public static List<Integer> fitted(Recipe.Builder recipe, String name, Shape shape, List<Integer> values) {
    int groups = 0;
    for (int value : values) {
      int reach = reach(recipe.shape(value).dims());
      groups = isGrouped(shape, reach) ? Math.max(groups, reach) : groups;
    }
    List<Integer> fitted = new ArrayList<>();
    for (int value : values) {
      boolean grouped = isGrouped(shape, reach(recipe.shape(value).dims()));
      List<Integer> target = new ArrayList<>(shape.dims());
      for (int i = groups; grouped && i < target.size(); i++) {
        target.set(i, 1);
      }
      fitted.add(repeated(recipe, name, value, new Shape(target)));
    }
    return fitted;
  }

  /** Whether values of so many dimensions are fewer than those of a shape. */
  private static boolean isGrouped(Shape shape, int reach) {
    return reach < reach(shape.dims());
  }

  /** Repeats a value along each dimension that it does not have, the last first. */
  private static int repeated(Recipe.Builder recipe, String name, int value, Shape to) {
    List<Integer> dims = padded(recipe.shape(value), to.rank());
    int result = value;
    for (int i = to.rank() - 1; i >= 0; i--) {
      if (!dims.get(i).equals(to.dim(i))) {
        int groups = dims.subList(0, i).stream().reduce(1, (a, b) -> a * b);
        dims.set(i, to.dim(i));
        result = recipe.step(name + ".each", new Repeat(recipe.shape(result), new Shape(dims), groups), result);
      }
    }
    return result;
  }
}
