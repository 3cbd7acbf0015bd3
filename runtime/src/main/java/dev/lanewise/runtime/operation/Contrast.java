package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * How well an example's a and b find each other among those of the whole batch. With s_ij = a_i · b_j / t, an example's loss is the mean of two
 * cross-entropies, that of its row and that of its column: (log Σ_j e^{s_ij} + log Σ_j e^{s_ji}) / 2 - s_ii. The mean over the batch is CLIP's
 * loss (Radford et al. 2021), where a and b have length 1.
 *
 * <p>It reads a and b of the example, those of all examples, and what the example counts, which is 0 where it only fills the last block; it
 * gives the loss and the two logarithms.
 *
 * @param temperature t
 */
public record Contrast(int size, double temperature) implements Operation {
  private static final Shape ONE = Shape.of(1);

  @Override
  public String name() {
    return "contrast";
  }

  @Override
  public List<Type> inputs() {
    Shape values = Shape.of(size);
    return List.of(Type.example(values), Type.example(values), Type.gathered(values), Type.gathered(values), Type.example(ONE));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(ONE), Type.example(ONE), Type.example(ONE));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    double row = logSum(in[0], in[3]);
    double column = logSum(in[1], in[2]);
    out[0][0] += (row + column) / 2 - similarity(in[0], in[1], 0);
    out[1][0] += row;
    out[2][0] += column;
  }

  private double logSum(double[] x, double[] all) {
    double[] s = new double[all.length / size];
    for (int j = 0; j < s.length; j++) {
      s[j] = similarity(x, all, j);
    }
    return Softmax.logSumExp(s);
  }

  /** With the j-th of some. */
  private double similarity(double[] x, double[] all, int j) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += x[i] * all[j * size + i];
    }
    return sum / temperature;
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    Value a = in.get(0), b = in.get(1), row = out.get(1), column = out.get(2), weight = in.get(4);
    Value rows = emitter.emit(row.name() + ".all", new Gather(ONE), row);
    Value columns = emitter.emit(column.name() + ".all", new Gather(ONE), column);
    Value counts = emitter.emit("d" + out.getFirst().name() + ".all", new Gather(ONE), dOut);
    return Operation.gradients(
        emitter.emit("d" + a.name(), new Gradient(this), a, b, row, dOut, weight, in.get(3), columns, counts),
        emitter.emit("d" + b.name(), new Gradient(this), b, a, column, dOut, weight, in.get(2), rows, counts),
        null, null, null);
  }

  /**
   * The whole gradient of an example's x, in its own loss and in those of all others, from x and its partner y, its logarithm l and d = dLoss, and
   * the partners Y_j of all examples with their logarithms L_j and D_j: dx = (Σ_j (d e^{s_j - l} + D_j e^{s_j - L_j}) / 2 Y_j - d y) / t with
   * s_j = x · Y_j / t; 0 where the example counts nothing.
   */
  public record Gradient(Contrast of) implements Operation {
    @Override
    public String name() {
      return "contrast.dx";
    }

    @Override
    public List<Type> inputs() {
      Shape values = Shape.of(of.size);
      return List.of(
          Type.example(values), Type.example(values), Type.example(ONE), Type.example(ONE), Type.example(ONE), Type.gathered(values), Type.gathered(ONE),
          Type.gathered(ONE));
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.example(Shape.of(of.size)));
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      for (int i = 0; in[4][0] > 0 && i < of.size; i++) {
        out[0][i] -= in[3][0] * in[1][i] / of.temperature;
      }
      for (int j = 0; in[4][0] > 0 && j < in[6].length; j++) {
        double s = of.similarity(in[0], in[5], j);
        double p = (in[3][0] * Math.exp(s - in[2][0]) + in[7][j] * Math.exp(s - in[6][j])) / 2;
        for (int i = 0; i < of.size; i++) {
          out[0][i] += p * in[5][j * of.size + i] / of.temperature;
        }
      }
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
