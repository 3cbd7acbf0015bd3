package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Blend;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Planes of another size, every value a weighted sum of neighbours: y[c][r][s] = Σ_i Σ_j R[r][i] S[s][j] x[c][i][j]. Average pooling,
 * upsampling, padding and cropping are that, each with its own weights R of the rows and S of the columns. The gradient is the same with the
 * weights transposed.
 *
 * @param layer what it is called
 */
public record Resample(String layer, Shape in, Blend rows, Blend columns) implements Operation {
  public Resample {
    if (rows.in() != in.height() || columns.in() != in.width()) {
      throw new IllegalArgumentException(layer + ": weights for " + rows.in() + "x" + columns.in() + " do not fit " + in);
    }
  }

  @Override
  public String name() {
    return layer;
  }

  public Shape out() {
    return in.plane(in.channels(), rows.out(), columns.out());
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(in));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(out()));
  }

  @Override
  public void evaluate(Draw draw, double[][] x, double[][] y) {
    for (int i = 0; i < y[0].length; i++) {
      Blend.Part column = columns.parts().get(i % columns.out());
      Blend.Part row = rows.parts().get(i / columns.out() % rows.out());
      int plane = i / columns.out() / rows.out() * rows.in();
      for (int j = 0; j < row.weights().size(); j++) {
        for (int k = 0; k < column.weights().size(); k++) {
          int at = (plane + row.first() + j) * columns.in() + column.first() + k;
          y[0][i] += row.weights().get(j) * column.weights().get(k) * x[0][at];
        }
      }
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    Resample back = new Resample(layer + ".dx", out(), rows.transposed(), columns.transposed());
    return Operation.gradients(emitter.emit("d" + in.getFirst().name(), back, dOut));
  }

  @Override
  public long multiplyAdds() {
    return (long) in.channels() * taps(rows) * taps(columns);
  }

  private static int taps(Blend blend) {
    return blend.parts().stream().mapToInt(p -> p.weights().size()).sum();
  }
}
