package dev.lanewise.runtime.operation;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Initialization;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Looks up a row of a table for each whole number: y[j][p] = W[x[p]][j], or y[p][j]. The parameter is PyTorch's Embedding: weight [rows, size], at first
 * normal. What is no row of the table is the nearest one: data is checked when it is loaded.
 *
 * @param in whole numbers below {@code rows}: 1, a length, or height x width
 * @param size numbers of a row
 * @param turned whether of a length the rows lie one after the other, {@code length x size}, not {@code size x length}
 */
public record Embed(Shape in, int rows, int size, boolean turned) implements Operation {
  public static final Layer LAYER =
      new Layer(
          Signature.of(
              "embed",
              "for every whole number, a row of a table that is learnt",
              required("size", Argument.Type.INTEGER, "numbers of a row"),
              Initialization.ARGUMENT),
          true,
          (arguments, in, bound) -> {
            String call = "embed(" + arguments.integer("size") + ")";
            int size = Checks.positive(call, "size", arguments.integer("size"));
            Checks.places(call, in, size);
            Checks.affordable(call, (double) bound * size);
            return new Embed(in, bound, size);
          });

  public Embed(Shape in, int rows, int size) {
    this(in, rows, size, false);
  }

  /** The same with its rows one after the other, or not. */
  public Embed turned(boolean now) {
    return new Embed(in, rows, size, now);
  }

  /** Where a number of a row is in the output. */
  private int at(int place, int number) {
    return turned ? place * size + number : number * places() + place;
  }

  /** The row that a number stands for. */
  public static int row(double number, int rows) {
    return Math.clamp((int) number, 0, rows - 1);
  }

  /** How many numbers it looks up. */
  public int places() {
    return in.size();
  }

  @Override
  public String name() {
    return "embed";
  }

  private Shape weight() {
    return Shape.of(rows, size);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(ParameterSpec.of("weight", weight(), new Initializer.Normal(1)));
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(in), Type.shared(weight()));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(turned ? Shape.of(places(), size) : in.channelsAt(size)));
  }

  @Override
  public int bound(int input) {
    return input == 0 ? rows : 0;
  }

  /** It is the product with a matrix of what {@code onehot} makes. */
  @Override
  public Optional<LinearMap> linearMap() {
    return Optional.of(new LinearMap(1, 1, false));
  }

  @Override
  public void evaluate(Draw draw, double[][] input, double[][] output) {
    for (int p = 0; p < places(); p++) {
      int row = row(input[0][p], rows);
      for (int j = 0; j < size; j++) {
        output[0][at(p, j)] += input[1][row * size + j];
      }
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> inputs, List<Value> outputs, Value dOut, boolean[] needed) {
    return Operation.gradients(
        null, needed[1] ? emitter.emit("d" + inputs.get(1).name(), new WeightGradient(this), inputs.get(0), dOut) : null);
  }

  /** From x and dy: dW[x[p]][j] += dy[j][p]; all other rows are 0. */
  public record WeightGradient(Embed of) implements Operation {
    @Override
    public String name() {
      return "embed.dWeight";
    }

    @Override
    public List<Type> inputs() {
      return List.of(Type.example(of.in), of.outputs().getFirst());
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.shared(of.weight()));
    }

    @Override
    public int bound(int input) {
      return of.bound(input);
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      for (int p = 0; p < of.places(); p++) {
        int row = row(in[0][p], of.rows);
        for (int j = 0; j < of.size; j++) {
          out[0][row * of.size + j] += in[1][of.at(p, j)];
        }
      }
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
