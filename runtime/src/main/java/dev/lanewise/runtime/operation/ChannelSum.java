package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Sums over the examples of a batch: y[c] = Σ over examples and positions of x[c][position]. The gradient of a bias; with
 * as many channels as values, of whatever formulas read of a parameter.
 *
 * @param sum its shape
 */
public record ChannelSum(Shape shape, Shape sum) implements Operation {
  /** A sum for each channel. */
  public ChannelSum(Shape shape) {
    this(shape, Shape.of(shape.channels()));
  }

  @Override
  public String name() {
    return "batch sum";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.shared(sum));
  }

  /** Values of one channel. */
  public int perChannel() {
    return shape.size() / sum.size();
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int i = 0; i < shape.size(); i++) {
      out[0][i / perChannel()] += in[0][i];
    }
  }

  /** Every example's part counts once: dx = dy. */
  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    String name = "d" + in.getFirst().name();
    Value each = emitter.emit(name, new Spread(sum), dOut);
    if (sum.equals(shape)) {
      return Operation.gradients(each);
    }
    List<Pointwise.Argument> arguments = List.of(new Pointwise.Argument("dy", sum));
    return Operation.gradients(
        emitter.emit(name, new Pointwise("batch sum.dx", shape, arguments, Term.variable("dy")), each));
  }
}
