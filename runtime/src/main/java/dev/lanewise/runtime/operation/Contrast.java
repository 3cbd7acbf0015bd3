package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * How well an example's a and b find each other among those of the whole batch. With s_ij = a_i · b_j / t, an example's loss is the mean of two
 * cross-entropies, that of its row and that of its column: (log Σ_j e^{s_ij} + log Σ_j e^{s_ji}) / 2 - s_ii. The mean over the batch is CLIP's
 * loss (Radford et al. 2021), where a and b have length 1. Where all are of one kind, the a of an example is also compared with those of all others, and
 * its b with theirs: both sums run over these, too. That is SimCLR's loss (Chen et al. 2020).
 *
 * <p>It reads a and b of the example, those of all examples, and what the example counts, which is 0 where it only fills the last block; and
 * its {@link Place}, if it is compared with others of its kind. It gives the loss and the two logarithms.
 *
 * @param temperature t
 * @param alike whether a and b are of one kind
 */
public record Contrast(int size, double temperature, boolean alike) implements Operation {
  private static final Shape ONE = Shape.of(1);

  /** Of a and b that are not of one kind. */
  public Contrast(int size, double temperature) {
    this(size, temperature, false);
  }

  @Override
  public String name() {
    return "contrast";
  }

  @Override
  public List<Type> inputs() {
    Shape values = Shape.of(size);
    List<Type> types = new ArrayList<>(
        List.of(Type.example(values), Type.example(values), Type.gathered(values), Type.gathered(values), Type.example(ONE)));
    if (alike) {
      types.add(Type.example(ONE));
    }
    return types;
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(ONE), Type.example(ONE), Type.example(ONE));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    double row = logSum(in[0], in[3], in[2], in);
    double column = logSum(in[1], in[2], in[3], in);
    out[0][0] += (row + column) / 2 - similarity(in[0], in[1], 0);
    out[1][0] += row;
    out[2][0] += column;
  }

  /** Over its partners, and those of its kind but itself. */
  private double logSum(double[] x, double[] partners, double[] kin, double[][] in) {
    int count = partners.length / size;
    double[] s = new double[alike ? 2 * count - 1 : count];
    int at = 0;
    for (int j = 0; j < count; j++) {
      s[at++] = similarity(x, partners, j);
      if (alike && j != (int) in[5][0] && at < s.length) {
        s[at++] = similarity(x, kin, j);
      }
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
    List<Value> ofA = new ArrayList<>(List.of(a, b, row, dOut, weight, in.get(3), columns, counts));
    List<Value> ofB = new ArrayList<>(List.of(b, a, column, dOut, weight, in.get(2), rows, counts));
    if (alike) {
      ofA.addAll(List.of(in.get(2), rows, in.get(5)));
      ofB.addAll(List.of(in.get(3), columns, in.get(5)));
    }
    Value da = emitter.emit("d" + a.name(), new Gradient(this), ofA.toArray(Value[]::new));
    Value db = emitter.emit("d" + b.name(), new Gradient(this), ofB.toArray(Value[]::new));
    return alike ? Operation.gradients(da, db, null, null, null, null) : Operation.gradients(da, db, null, null, null);
  }

  /**
   * The whole gradient of an example's x, in its own loss and in those of all others, from x and its partner y, its logarithm l and d = dLoss, and
   * the partners Y_j of all examples with their logarithms L_j and D_j: dx = (Σ_j (d e^{s_j - l} + D_j e^{s_j - L_j}) / 2 Y_j - d y) / t with
   * s_j = x · Y_j / t; 0 where the example counts nothing. Of those of its own kind X_j, with their logarithms K_j, the same sum is added, without its
   * own place.
   */
  public record Gradient(Contrast of) implements Operation {
    @Override
    public String name() {
      return "contrast.dx";
    }

    @Override
    public List<Type> inputs() {
      Shape values = Shape.of(of.size);
      List<Type> types = new ArrayList<>(List.of(
          Type.example(values), Type.example(values), Type.example(ONE), Type.example(ONE), Type.example(ONE), Type.gathered(values), Type.gathered(ONE),
          Type.gathered(ONE)));
      if (of.alike) {
        types.addAll(List.of(Type.gathered(values), Type.gathered(ONE), Type.example(ONE)));
      }
      return types;
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
        add(in, j, in[5], in[6], out[0]);
        if (of.alike && j != (int) in[10][0]) {
          add(in, j, in[8], in[9], out[0]);
        }
      }
    }

    private void add(double[][] in, int j, double[] all, double[] logs, double[] dx) {
      double s = of.similarity(in[0], all, j);
      double p = (in[3][0] * Math.exp(s - in[2][0]) + in[7][j] * Math.exp(s - logs[j])) / 2;
      for (int i = 0; i < of.size; i++) {
        dx[i] += p * all[j * of.size + i] / of.temperature;
      }
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
