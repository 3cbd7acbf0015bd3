package dev.lanewise.dsl.check.network;

import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/** Where branches meet: their sum, their product, or one after the other. */
record Joins(String word, List<Integer> values, IntFunction<Shape> shapes) {
  static final Set<String> NAMES = Set.of("add", "mul", "concat");

  /**
   * The layer that joins the values.
   *
   * @throws ShapeException if the shapes do not fit together
   */
  Operation operation() {
    List<Shape> all = values.stream().map(shapes::apply).toList();
    if (word.equals("concat")) {
      return new Concat(all);
    }
    Shape shape = all.getFirst();
    for (Shape other : all) {
      if (!other.equals(shape)) {
        throw new ShapeException(
            Problem.BRANCHES,
            word + " needs values of one shape, but gets " + shape + " and " + other,
            remedy(shape, other));
      }
    }
    return word.equals("add") ? Pointwise.add(shape, all.size()) : Pointwise.mul(shape, all.size());
  }

  /** What would bring the second to the shape of the first. */
  private static String remedy(Shape wanted, Shape found) {
    if (!wanted.isImage() || !found.isImage()) {
      return "";
    }
    boolean sides = wanted.dim(1) == found.dim(1) && wanted.dim(2) == found.dim(2);
    if (sides) {
      return "let the shorter path change the channels too: path { conv(" + wanted.channels() + ", 1) }";
    }
    int more = Math.max(wanted.dim(1), found.dim(1));
    int less = Math.min(wanted.dim(1), found.dim(1));
    return more > less && more % less == 0
        ? "give both paths the same stride: one is " + more / less + " times as high as the other"
        : "pad = same keeps height and width";
  }
}
