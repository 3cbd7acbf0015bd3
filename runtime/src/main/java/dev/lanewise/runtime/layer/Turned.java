package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers of sequences. A user's sequence is {@code channels x length}; what computes with its places works on {@code length x channels}, where all that
 * belongs to a place lies together. So such a layer turns what it gets, and turns back what it makes; where layers follow each other, a pass takes away
 * what undoes each other ({@code rewrite.Turns}).
 *
 * <pre>{@code Turned.of("layernorm", new LayerNorm(Shape.of(40, 8), 40, 1e-5))   // of 8x40 }</pre>
 */
final class Turned {
  private Turned() {}

  /** A layer of sequences that does what a computation does with sequences whose places lie outside: all of its data that has two axes is turned. */
  static Recipe of(String name, Computation of) {
    Recipe.Builder r = new Recipe.Builder(name);
    List<Type> data = of.inputs().subList(0, of.inputs().size() - of.parameters().size());
    List<Integer> inputs = data.stream().map(t -> r.input(turned(t.shape()))).toList();
    List<Integer> parameters = of.parameters().stream().map(r::parameter).toList();
    List<Integer> read = new ArrayList<>();
    for (int input : inputs) {
      read.add(turn(r, "in", input));
    }
    read.addAll(parameters);
    return r.build(turn(r, "out", r.all("at", of, read)));
  }

  private static Shape turned(Shape shape) {
    return shape.isSequence() ? Shape.of(shape.dim(1), shape.dim(0)) : shape;
  }

  /** A sequence with its axes exchanged; what is none stays as it is. */
  static int turn(Recipe.Builder r, String name, int value) {
    Shape shape = r.shape(value);
    return shape.isSequence() ? r.step(name, new Transpose(shape), value) : value;
  }

  /** The same under another shape, if it has another. */
  static int shaped(Recipe.Builder r, String name, int value, Shape shape) {
    return r.shape(value).equals(shape) ? value : r.step(name, new Reshape(r.shape(value), shape), value);
  }
}
