package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.spec.Window;
import dev.lanewise.runtime.symbolic.Relation;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Max pooling: y = the largest x under the window; padding never wins, the first of equals does. The second output is the winning
 * position in the window, ky * columns + kx, which the gradient needs.
 */
public record MaxPool(Window window) implements Operation {
  public static final Layer LAYER =
      new Layer(
          Signature.of("maxpool", "the largest value under a window", Window.arguments()),
          (arguments, in) -> {
            MaxPool pool = new MaxPool(Window.bind("maxpool", arguments, in));
            return in.isSequence() && pool.window.coversAll() ? new PaddingAware(pool, 0, pool.padded()) : pool;
          });

  /** The largest of the real places of a sequence; 0 if all are padding. */
  private Recipe padded() {
    Shape in = window.in();
    Recipe.Builder r = new Recipe.Builder("maxpool");
    int x = r.input(in);
    int mask = Padding.mask(r, r.input(Shape.of(in.dim(1))));
    int largest = r.step("largest", this, Padding.filled(r, "in", x, mask, -Float.MAX_VALUE));
    int count = r.step("count", Reduce.sum(r.shape(mask), 1), mask);
    Term none = Term.where(Relation.GT, Term.variable("b"), Term.number(0), Term.variable("a"), Term.number(0));
    return r.build(r.formula("any", window.out(), none, largest, count));
  }

  @Override
  public String name() {
    return "maxpool";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(window.in()));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(window.out()), Type.example(window.out()));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    double[] best = new double[out[0].length];
    java.util.Arrays.fill(best, Double.NEGATIVE_INFINITY);
    window.forEach(
        (x, position, y) -> {
          if (in[0][x] > best[y]) {
            best[y] = in[0][x];
            out[1][y] = position;
          }
        });
    for (int y = 0; y < best.length; y++) {
      out[0][y] += best[y];
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(emitter.emit("d" + in.getFirst().name(), new Gradient(window), dOut, out.get(1)));
  }

  /** From dy and the winning positions: each dy goes to the element that won. */
  public record Gradient(Window window) implements Operation {
    @Override
    public String name() {
      return "maxpool.dx";
    }

    @Override
    public List<Type> inputs() {
      return List.of(Type.example(window.out()), Type.example(window.out()));
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.example(window.in()));
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      window.forEach((x, position, y) -> out[0][x] += in[1][y] == position ? in[0][y] : 0);
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
