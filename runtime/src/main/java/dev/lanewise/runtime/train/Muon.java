package dev.lanewise.runtime.train;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.kernel.NewtonSchulz;
import dev.lanewise.runtime.tensor.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps of the hidden matrices of a network along their momentum, made orthogonal (Jordan et al. 2024). Hidden are the weights of two
 * and more dimensions but for the first and the last, which are a network's input and output layers; a convolution's weight is a
 * matrix of a row for each output. After a step the gradients of these are zero, so that an elementwise step leaves them alone.
 */
public final class Muon {
  /** @param momentum share of the momentum that is kept; @param decay share of a matrix that a step with lr = 1 takes away */
  public record Settings(double momentum, double decay) {}

  private final Settings settings;
  private final List<Matrix> matrices = new ArrayList<>();

  private record Matrix(int at, int rows, int columns, float[] step, NewtonSchulz schulz) {
    int size() {
      return rows * columns;
    }
  }

  Muon(Settings settings, Graph graph) {
    this.settings = settings;
    List<Parameter> wide = graph.trainable().stream().filter(p -> p.shape().rank() > 1).toList();
    int at = Memory.BASE;
    for (Parameter p : graph.parameters()) {
      if (wide.indexOf(p) > 0 && wide.indexOf(p) < wide.size() - 1) {
        int rows = p.shape().dim(0);
        int columns = p.shape().size() / rows;
        matrices.add(new Matrix(at, rows, columns, new float[rows * columns], new NewtonSchulz(rows, columns)));
      }
      at += p.shape().size();
    }
  }

  /** How many matrices there are. */
  int count() {
    return matrices.size();
  }

  /**
   * Takes a step of one matrix.
   *
   * @param momentum laid out as the parameters
   * @param most gradients are limited to -most to most
   * @return false if its gradient was no number
   */
  boolean step(int matrix, float[] parameters, float[] gradient, float[] momentum, double rate, float scale, float most) {
    Matrix m = matrices.get(matrix);
    float kept = (float) settings.momentum;
    boolean finite = true;
    for (int i = 0; i < m.size(); i++) {
      float g = Math.clamp(gradient[m.at + i] * scale, -most, most);
      finite &= Float.isFinite(g);
      momentum[m.at + i] = kept * momentum[m.at + i] + g;
      // Nesterov's: the step looks ahead.
      m.step[i] = kept * momentum[m.at + i] + g;
    }
    if (!finite) {
      return false;
    }
    m.schulz.orthogonalize(m.step, 0);
    float shrunk = (float) (1 - rate * settings.decay);
    float length = (float) (rate * Math.sqrt(Math.max(1, (double) m.rows / m.columns)));
    for (int i = 0; i < m.size(); i++) {
      parameters[m.at + i] = shrunk * parameters[m.at + i] - length * m.step[i];
      gradient[m.at + i] = 0;
    }
    return true;
  }
}
