package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Some of the channels of a value, one after the other: channels 2 and 3 of 8x5x5 are 2x5x5, the first 4 of 10 features 4 features.
 *
 * @param from the first, counted from 0
 * @param to the first that is no longer part of it
 */
public record Slice(Shape in, int from, int to) implements Operation {
  public Slice {
    if (from < 0 || from >= to || to > in.channels()) {
      throw new IllegalArgumentException("slice: " + in + " has no channels from " + from + " to " + to);
    }
  }

  @Override
  public String name() {
    return "slice";
  }

  /** The output's shape. */
  public Shape out() {
    List<Integer> dims = new ArrayList<>(in.dims());
    dims.set(0, to - from);
    return new Shape(dims);
  }

  /** Where it begins, in elements. */
  public int begin() {
    return in.size() / in.channels() * from;
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
      y[0][i] += x[0][begin() + i];
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(emitter.emit("d" + in.getFirst().name(), new Gradient(this), dOut));
  }

  /** From dy: dx is 0 outside the slice. */
  public record Gradient(Slice of) implements Operation {
    @Override
    public String name() {
      return "slice.dx";
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
    public void evaluate(Draw draw, double[][] dy, double[][] dx) {
      for (int i = 0; i < dy[0].length; i++) {
        dx[0][of.begin() + i] += dy[0][i];
      }
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.gradients(emitter.emit("d" + in.getFirst().name(), of, dOut));
    }
  }
}
