package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.OneHot;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** The losses that have kernels of their own: computations of the network's output and a label. */
public final class Losses {
  private static final List<Layer> ALL = List.of(CrossEntropy.LOSS, Triplet.LOSS, TwoViews.LOSS);

  private Losses() {}

  public static List<Layer> all() {
    return ALL;
  }

  /** The output of an example's class, which is no loss but what can be asked how it changes: y_t of outputs y and a class t. */
  public static Computation output(Shape outputs) {
    Recipe.Builder r = new Recipe.Builder("output");
    int y = r.input(outputs.flat());
    int t = r.input(Shape.of(1));
    int chosen = r.step("chosen", new OneHot(outputs.size()), t);
    int product = r.formula("product", outputs.flat(), Term.variable("a").times(Term.variable("b")), y, chosen);
    return r.build(r.step("sum", Reduce.sum(outputs.flat(), 1), product));
  }

  public static Optional<Layer> named(String name) {
    return ALL.stream().filter(l -> l.name().equals(name)).findFirst();
  }
}
