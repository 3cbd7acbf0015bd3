package dev.lanewise.dsl.check.network;

import dev.lanewise.runtime.layer.Broadcast;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;

/** Where branches meet: their sum, their product, one after the other, or the sum of the products of two. */
record Joins(String word, List<Integer> values, IntFunction<Shape> shapes) {
  static final Set<String> NAMES = Set.of("add", "mul", "concat", "dot");

  /**
   * The layer that joins the values.
   *
   * @throws ShapeException if the shapes do not fit together
   */
  Computation operation() {
    List<Shape> all = values.stream().map(shapes::apply).toList();
    return switch (word) {
      case "concat" -> new Concat(all);
      case "dot" -> dot(all);
      case "add" -> elements(all, Pointwise::add, Term::plus);
      default -> elements(all, Pointwise::mul, Term::times);
    };
  }

  private Computation elements(List<Shape> all, BiFunction<Shape, Integer, Pointwise> alike, BinaryOperator<Term> join) {
    if (all.stream().distinct().count() == 1) {
      return alike.apply(all.getFirst(), all.size());
    }
    Shape shape = all.stream().reduce(this::joined).orElseThrow();
    Recipe.Builder recipe = new Recipe.Builder(word);
    List<Integer> inputs = all.stream().map(recipe::input).toList();
    Integer[] fitted = Broadcast.fitted(recipe, word, shape, inputs).toArray(Integer[]::new);
    List<String> names = Pointwise.names(all.size());
    Term formula = names.stream().map(Term::variable).reduce(join).orElseThrow();
    List<Pointwise.Argument> arguments = new ArrayList<>();
    for (int i = 0; i < fitted.length; i++) {
      arguments.add(new Pointwise.Argument(names.get(i), recipe.shape(fitted[i])));
    }
    return recipe.build(recipe.step(word, new Pointwise(word, shape, arguments, formula), fitted));
  }

  private Shape joined(Shape a, Shape b) {
    try {
      return Broadcast.joined(a, b);
    } catch (ShapeException e) {
      String remedy = remedy(a, b);
      throw new ShapeException(
          Problem.BRANCHES, word + " needs values that go together element by element, but gets " + a + " and " + b,
          remedy.isEmpty() ? e.remedy() : remedy);
    }
  }

  private static Computation dot(List<Shape> all) {
    Shape shape = all.getFirst();
    if (all.size() != 2 || !shape.equals(all.getLast())) {
      throw new ShapeException(
          Problem.BRANCHES,
          all.size() == 2
              ? "dot needs two values of one shape, but gets " + shape + " and " + all.getLast()
              : "dot needs two values, but gets " + all.size(),
          "");
    }
    Recipe.Builder recipe = new Recipe.Builder("dot");
    int product = recipe.step("product", Pointwise.mul(shape, 2), recipe.input(shape), recipe.input(shape));
    return recipe.build(recipe.step("sum", Reduce.sum(shape, 1), product));
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
