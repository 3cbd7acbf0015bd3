package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Attention of a sequence to itself where the lanes of a block are not examples but neighbouring places of one: place 16 k + lane is the k-th of its lane. So it looks
 * across the lanes, and has no formula of a lane by itself: what it computes is what {@link #of} computes of the whole sequence.
 *
 * @param of the same of a whole sequence, whose queries, keys and values are channels of one input
 */
public record AttendAcross(Attend of) implements Operation {
  /** Places that are the lanes of one vector. */
  public static final int LANES = 16;

  public AttendAcross {
    if (!fits(of)) {
      throw new IllegalArgumentException("attention cannot go across lanes: " + of);
    }
  }

  /** Whether attention can be computed so. */
  public static boolean fits(Attend of) {
    return of.sources() == 1 && !of.masked() && of.places() == of.others() && of.places() % LANES == 0 && of.size() == of.valueSize();
  }

  /** Places of a lane. */
  public int each() {
    return of.places() / LANES;
  }

  @Override
  public String name() {
    return of.name();
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(Shape.of(each(), of.q().width())));
  }

  private Shape probabilities() {
    return Shape.of(of.heads(), of.places(), each());
  }

  /** The probabilities lie as {@code [heads][looked at][looks]}. */
  @Override
  public List<Type> outputs() {
    return List.of(Type.example(Shape.of(each(), of.heads() * of.valueSize())), Type.example(probabilities()));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    throw new IllegalStateException("attention across lanes has no formula of a lane by itself");
  }

  @Override
  public long multiplyAdds() {
    return of.multiplyAdds() / LANES;
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(emitter.emit("d" + in.getFirst().name(), new Gradient(this), in.getFirst(), out.get(1), dOut));
  }

  /** From the input, the probabilities and dy. */
  public record Gradient(AttendAcross of) implements Operation {
    @Override
    public String name() {
      return "attend.dx";
    }

    @Override
    public List<Type> inputs() {
      return List.of(of.inputs().getFirst(), Type.example(of.probabilities()), of.outputs().getFirst());
    }

    @Override
    public List<Type> outputs() {
      return of.inputs();
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      throw new IllegalStateException("attention across lanes has no formula of a lane by itself");
    }

    @Override
    public long multiplyAdds() {
      return 2 * of.multiplyAdds();
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
