package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Some rows of a parameter, as a parameter: it lies where they lie, and costs nothing.
 *
 * @param from the first row, counted from 0
 * @param to the first that is no longer part of it
 */
public record Excerpt(Shape whole, int from, int to) implements Operation {
  public Excerpt {
    if (from < 0 || from >= to || to > whole.dim(0)) {
      throw new IllegalArgumentException("excerpt: " + whole + " has no rows from " + from + " to " + to);
    }
  }

  @Override
  public String name() {
    return "excerpt";
  }

  public Shape part() {
    List<Integer> dims = new ArrayList<>(whole.dims());
    dims.set(0, to - from);
    return new Shape(dims);
  }

  /** Where it begins, in elements. */
  public int begin() {
    return whole.size() / whole.dim(0) * from;
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.shared(whole));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.shared(part()));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int i = 0; i < out[0].length; i++) {
      out[0][i] += in[0][begin() + i];
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(emitter.emit("d" + in.getFirst().name(), new Gradient(this), dOut));
  }

  /** The gradient of the rows is a part of that of all. */
  public record Gradient(Excerpt of) implements Operation {
    @Override
    public String name() {
      return "excerpt.dx";
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
      for (int i = 0; i < in[0].length; i++) {
        out[0][of.begin() + i] += in[0][i];
      }
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
