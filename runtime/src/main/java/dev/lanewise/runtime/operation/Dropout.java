package dev.lanewise.runtime.operation;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Dropout (Srivastava et al. 2014): in training each value is zero with probability p, else divided by 1 - p. {@code dropout2d} drops
 * whole channels (Tompson et al. 2015). The second output is the factor, one for each value or channel. Outside training it does nothing:
 * the inference graph leaves it out.
 */
public record Dropout(Shape shape, double p, boolean wholeChannels, boolean turned) implements Operation {
  public static final Layer LAYER =
      new Layer(
          Signature.of(
              "dropout",
              "in training, sets values to zero at random",
              optional("p", Argument.Type.NUMBER, 0.5, "probability of a zero")),
          (arguments, in) -> new Dropout(in, Checks.probability("dropout", arguments.number("p")), false));

  public static final Layer LAYER_2D =
      new Layer(
          Signature.of(
              "dropout2d",
              "in training, sets whole channels to zero at random",
              optional("p", Argument.Type.NUMBER, 0.5, "probability of a zero")),
          (arguments, in) -> {
            Checks.planes("dropout2d", in);
            return new Dropout(in, Checks.probability("dropout2d", arguments.number("p")), true);
          });

  public Dropout(Shape shape, double p, boolean wholeChannels) {
    this(shape, p, wholeChannels, false);
  }

  @Override
  public String name() {
    return wholeChannels ? "dropout2d" : "dropout";
  }

  /** The shape of the mask. */
  public Shape mask() {
    return wholeChannels ? Shape.of(shape.channels()) : shape;
  }

  private int perFactor() {
    return shape.size() / mask().size();
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(shape), Type.example(mask()));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    factors().evaluate(draw, in, new double[][] {out[1]});
    for (int i = 0; i < shape.size(); i++) {
      out[0][i] += in[0][i] * out[1][i / perFactor()];
    }
  }

  @Override
  public List<Integer> overwrites() {
    return List.of(0);
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(
        emitter.emit("d" + in.getFirst().name(), product(name() + ".dx"), dOut, out.get(1)));
  }

  /** What a value becomes: x times its factor. */
  public Pointwise product(String name) {
    Term formula = Term.variable("x").times(Term.variable("factor"));
    return new Pointwise(
        name, shape, List.of(new Pointwise.Argument("x", shape), new Pointwise.Argument("factor", mask())), formula);
  }

  /** What draws the factors alone. */
  public Mask factors() {
    return new Mask(mask(), p, turned);
  }

  /**
   * Random factors: zero with probability p, else 1 / (1 - p).
   *
   * @param turned whether they are those of the shape with its two axes exchanged
   */
  public record Mask(Shape shape, double p, boolean turned) implements Operation {
    /** The number of the element that a factor belongs to. */
    private int element(int i) {
      return turned ? i % shape.dim(1) * shape.dim(0) + i / shape.dim(1) : i;
    }

    @Override
    public String name() {
      return "mask";
    }

    @Override
    public List<Type> inputs() {
      return List.of();
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.example(shape));
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      for (int i = 0; i < shape.size(); i++) {
        out[0][i] += draw.uniform(element(i)) < p ? 0 : 1 / (1 - p);
      }
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return List.of();
    }
  }
}
