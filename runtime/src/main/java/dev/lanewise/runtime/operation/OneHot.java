package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Whole numbers as channels: 1 at the number's place and 0 elsewhere; of a single channel the number itself. So a label becomes the target of
 * a network's outputs.
 *
 * @param in the whole numbers: 1, a length, or height x width
 */
public record OneHot(Shape in, int count) implements Operation {
  public static final Layer LAYER =
      new Layer(
          Signature.of("onehot", "for every whole number, 1 in the channel of that number and 0 in all others"),
          true,
          (_, in, bound) -> {
            if (bound < 2) {
              throw new ShapeException(Problem.BAD_ARGUMENT, "onehot needs two whole numbers or more, but gets " + in + " of " + bound, "");
            }
            Checks.places("onehot", in, bound);
            return new OneHot(in, bound);
          });

  /** Of a label. */
  public OneHot(int count) {
    this(Shape.of(1), count);
  }

  @Override
  public String name() {
    return "onehot";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(in));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(in.channelsAt(count)));
  }

  @Override
  public int bound(int input) {
    return Math.max(2, count);
  }

  @Override
  public void evaluate(Draw draw, double[][] input, double[][] out) {
    int places = in.size();
    for (int i = 0; i < count * places; i++) {
      double number = input[0][i % places];
      int channel = i / places;
      out[0][i] += count == 1 ? number : channel == (int) number ? 1 : 0;
    }
  }

  /** A whole number has none. */
  @Override
  public List<Value> gradient(Emitter emitter, List<Value> inputs, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients((Value) null);
  }
}
