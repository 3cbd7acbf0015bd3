package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * A row of a parameter for each place of a sequence, where the lanes of a block are neighbouring places, see {@link AttendAcross}: the k-th place of a lane has the row
 * 16 k + lane. So it is not the same for all lanes, and has no formula of a lane by itself. Where lanes are channels, see {@link ConvAcross}, the rows have one number each.
 *
 * @param rows of the parameter: {@code places x channels}, or {@code channels}
 */
public record SpreadAcross(Shape rows) implements Operation {
  @Override
  public String name() {
    return "spread";
  }

  public Shape each() {
    int groups = rows.dim(0) / AttendAcross.LANES;
    return rows.isFlat() ? Shape.of(groups) : Shape.of(groups, rows.dim(1));
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.shared(rows));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(each()));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    throw new IllegalStateException("rows across lanes have no formula of a lane by itself");
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(emitter.emit("d" + in.getFirst().name(), new Gradient(this), dOut));
  }

  /** What each lane has is added to its rows. */
  public record Gradient(SpreadAcross of) implements Operation {
    @Override
    public String name() {
      return "batch sum";
    }

    @Override
    public List<Type> inputs() {
      return of.outputs();
    }

    @Override
    public List<Type> outputs() {
      return of.inputs();
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      throw new IllegalStateException("rows across lanes have no formula of a lane by itself");
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
