package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Sums of an example's values: y[g][i] = factor Σ_r x[g][r][i]. With a group for each channel and factor 1/(h w) it is a mean over
 * positions, with a single group a sum of all; with inner values the sum of rows, such as that of an image's channels.
 *
 * @param inner values that stay beside each other; 1 where whole groups are summed
 */
public record Reduce(Shape shape, int groups, int inner, double factor) implements Operation {
  public Reduce {
    if (groups < 1 || inner < 1 || shape.size() % (groups * inner) != 0) {
      throw new IllegalArgumentException("reduce: " + shape + " has no " + groups + " groups of " + inner + " and of one size");
    }
  }

  public static Reduce sum(Shape shape, int groups) {
    return new Reduce(shape, groups, 1, 1);
  }

  public static Reduce mean(Shape shape, int groups) {
    return new Reduce(shape, groups, 1, (double) groups / shape.size());
  }

  @Override
  public String name() {
    return factor == 1 ? "sum" : "mean";
  }

  /** How many values a sum is of. */
  public int count() {
    return shape.size() / groups / inner;
  }

  private Shape out() {
    return Shape.of(groups * inner);
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(out()));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int i = 0; i < shape.size(); i++) {
      out[0][i / (count() * inner) * inner + i % inner] += factor * in[0][i];
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    String name = "d" + in.getFirst().name();
    Term dx = Term.variable("dy").times(Term.number(factor));
    Shape each = inner == 1 ? shape : out();
    Value scaled = inner > 1 && factor == 1 ? dOut : emitter.emit(name, new Pointwise(name() + ".dx", each, List.of(new Pointwise.Argument("dy", out())), dx), dOut);
    return Operation.gradients(inner == 1 ? scaled : emitter.emit(name, new Repeat(out(), shape, groups), scaled));
  }
}
