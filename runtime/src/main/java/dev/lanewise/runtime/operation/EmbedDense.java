package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An embedding and the linear layer behind it: y[p] = V·W[x[p]] + b. Where the same few rows are looked up at many places, V·W[r] + b is computed once for
 * each row r, and looked up: a table of what the two layers make. So is the gradient: dy is added up for each row before it is multiplied.
 *
 * @param embed its rows lie one after the other
 * @param dense at each of the places
 */
public record EmbedDense(Embed embed, Dense dense) implements Operation {
  public EmbedDense {
    if (!embed.turned() || dense.places() != embed.places() || dense.in() != embed.size()) {
      throw new IllegalArgumentException(dense + " does not follow " + embed);
    }
  }

  @Override
  public String name() {
    return "embed, dense";
  }

  /** Of both; those of a network keep the names that the two layers gave them. */
  @Override
  public List<ParameterSpec> parameters() {
    List<ParameterSpec> all = new ArrayList<>(List.of(ParameterSpec.of("rows", embed.parameters().getFirst().shape(), embed.parameters().getFirst().initializer())));
    all.addAll(dense.parameters());
    return all;
  }

  /** The whole numbers, and the parameters of both. */
  @Override
  public List<Type> inputs() {
    List<Type> types = new ArrayList<>(embed.inputs());
    types.addAll(dense.inputs().subList(1, dense.inputs().size()));
    return types;
  }

  @Override
  public List<Type> outputs() {
    return dense.outputs();
  }

  @Override
  public int bound(int input) {
    return embed.bound(input);
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    double[] rows = rows(in);
    double[][] ofDense = dense.bias() ? new double[][] {rows, in[2], in[3]} : new double[][] {rows, in[2]};
    dense.evaluate(draw, ofDense, out);
  }

  /** What is looked up. */
  private double[] rows(double[][] in) {
    double[] rows = new double[embed.outputs().getFirst().shape().size()];
    embed.evaluate(null, new double[][] {in[0], in[1]}, new double[][] {rows});
    return rows;
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> inputs, List<Value> outputs, Value dOut, boolean[] needed) {
    List<Value> read = new ArrayList<>(inputs.subList(0, 3));
    read.add(dOut);
    List<Value> gradients = emitter.emitAll("d" + outputs.getFirst().name(), new Gradient(this), read);
    return Operation.gradients(
        IntStream.range(0, inputs.size()).mapToObj(i -> i > 0 && needed[i] ? gradients.get(i - 1) : null).toArray(Value[]::new));
  }

  /** From x, W, V and dy: dW[r] = Vᵀ·dT[r], dV = Σ_r dT[r]·W[r]ᵀ and db = Σ_r dT[r], where dT[r] is the sum of dy[p] where x[p] is r. */
  public record Gradient(EmbedDense of) implements Operation {
    @Override
    public String name() {
      return "embed, dense.dWeights";
    }

    @Override
    public List<Type> inputs() {
      List<Type> types = new ArrayList<>(of.inputs().subList(0, 3));
      types.add(of.outputs().getFirst());
      return types;
    }

    /** Of the parameters, in their order. */
    @Override
    public List<Type> outputs() {
      return of.inputs().subList(1, of.inputs().size());
    }

    @Override
    public int bound(int input) {
      return of.bound(input);
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      int size = of.embed.size(), width = of.dense.out();
      for (int p = 0; p < of.embed.places(); p++) {
        int row = Embed.row(in[0][p], of.embed.rows());
        for (int o = 0; o < width; o++) {
          double dy = in[3][p * width + o];
          for (int j = 0; j < size; j++) {
            out[0][row * size + j] += in[2][o * size + j] * dy;
            out[1][o * size + j] += in[1][row * size + j] * dy;
          }
          if (of.dense.bias()) {
            out[2][o] += dy;
          }
        }
      }
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
