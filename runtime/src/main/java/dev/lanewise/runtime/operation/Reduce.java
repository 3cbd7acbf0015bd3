package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Sums of an example's values in groups that lie one after the other: y[g] = factor Σ_i x[g][i]. With a group for each
 * channel and factor 1/(h w) it is a mean over positions, with a single group a sum of all.
 */
public record Reduce(Shape shape, int groups, double factor) implements Operation {
  public Reduce {
    if (groups < 1 || shape.size() % groups != 0) {
      throw new IllegalArgumentException("reduce: " + shape + " has no " + groups + " groups of one size");
    }
  }

  public static Reduce sum(Shape shape, int groups) {
    return new Reduce(shape, groups, 1);
  }

  public static Reduce mean(Shape shape, int groups) {
    return new Reduce(shape, groups, (double) groups / shape.size());
  }

  @Override
  public String name() {
    return factor == 1 ? "sum" : "mean";
  }

  /** Values of a group. */
  public int perGroup() {
    return shape.size() / groups;
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(Shape.of(groups)));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int i = 0; i < shape.size(); i++) {
      out[0][i / perGroup()] += factor * in[0][i];
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    Term dx = Term.variable("dy").times(Term.number(factor));
    List<Pointwise.Argument> arguments = List.of(new Pointwise.Argument("dy", Shape.of(groups)));
    return Operation.gradients(
        emitter.emit("d" + in.getFirst().name(), new Pointwise(name() + ".dx", shape, arguments, dx), dOut));
  }
}
