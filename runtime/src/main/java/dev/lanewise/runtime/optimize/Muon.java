package dev.lanewise.runtime.optimize;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.LinearMaps;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.kernel.product.NewtonSchulz;
import dev.lanewise.runtime.operation.LinearMap;
import dev.lanewise.runtime.tensor.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Steps of the hidden matrices of a network along their momentum, made orthogonal (Jordan et al. 2024). Hidden are the weights of linear maps
 * but for those that lie at the network's input or output, see {@link LinearMaps}; never biases, or what normalisations scale by, whatever
 * their shape. A convolution's weight is a matrix of a row for each output; of a convolution with groups, each group has a matrix of its own, and so have queries, keys and
 * values of attention, which share a parameter.
 * After a step the gradients of these are zero, so that an elementwise step leaves them alone.
 */
public final class Muon {
  /** @param momentum share of the momentum that is kept; @param decay share of a matrix that a step with lr = 1 takes away */
  public record Settings(double momentum, double decay) {}

  private final Settings settings;
  private final List<Matrix> matrices = new ArrayList<>();

  /**
   * A parameter that is one matrix, or several one below the other.
   *
   * @param size of the parameter
   * @param each values of a matrix
   * @param length of a step with lr = 1: √max(1, outputs/inputs)
   */
  private record Matrix(int at, int size, int each, double length, float[] step, NewtonSchulz schulz) {
    static Matrix of(int at, Parameter parameter, LinearMap map) {
      int size = parameter.shape().size();
      int rows = parameter.shape().dim(0) / map.groups();
      int columns = size / parameter.shape().dim(0);
      double ratio = map.rowsAreOutputs() ? (double) rows / columns : (double) columns / rows;
      return new Matrix(at, size, rows * columns, Math.sqrt(Math.max(1, ratio)), new float[size], new NewtonSchulz(rows, columns));
    }

    void orthogonalize() {
      for (int from = 0; from < size; from += each) {
        schulz.orthogonalize(step, from);
      }
    }
  }

  public Muon(Settings settings, Graph graph) {
    this.settings = settings;
    Map<Parameter, LinearMap> hidden = LinearMaps.hidden(graph);
    int at = Memory.BASE;
    for (Parameter p : graph.parameters()) {
      if (p.isTrainable() && hidden.containsKey(p)) {
        matrices.add(Matrix.of(at, p, hidden.get(p)));
      }
      at += p.shape().size();
    }
  }

  /** How many matrices there are. */
  public int count() {
    return matrices.size();
  }

  /**
   * Takes a step of one matrix.
   *
   * @param momentum laid out as the parameters
   * @param most gradients are limited to -most to most
   * @return false if its gradient was no number
   */
  public boolean step(int matrix, float[] parameters, float[] gradient, float[] momentum, double rate, float scale, float most) {
    Matrix m = matrices.get(matrix);
    float kept = (float) settings.momentum;
    boolean finite = true;
    for (int i = 0; i < m.size; i++) {
      float g = Math.clamp(gradient[m.at + i] * scale, -most, most);
      finite &= Float.isFinite(g);
      momentum[m.at + i] = kept * momentum[m.at + i] + g;
      // Nesterov's: the step looks ahead.
      m.step[i] = kept * momentum[m.at + i] + g;
    }
    if (!finite) {
      return false;
    }
    m.orthogonalize();
    float shrunk = (float) (1 - rate * settings.decay);
    float length = (float) (rate * m.length);
    for (int i = 0; i < m.size; i++) {
      parameters[m.at + i] = shrunk * parameters[m.at + i] - length * m.step[i];
      gradient[m.at + i] = 0;
    }
    return true;
  }
}
