package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution where the lanes of a block are not examples but 16 neighbouring channels of one: channel 16 k + lane is the k-th of its lane. It sums over all channels,
 * so it looks across the lanes, and has no formula of a lane by itself: what it computes is what {@link #of} computes of the whole example. Such graphs are tested, not
 * trained.
 *
 * @param of the same of a whole example; its channels, and those of its result, fill lanes
 * @param raw whether the input is as it comes, channel by channel without lanes; then it may have any number of channels
 */
public record ConvAcross(Conv of, boolean raw) implements Operation {
  public ConvAcross {
    if (!fits(of, raw)) {
      throw new IllegalArgumentException("a convolution cannot go across lanes: " + of);
    }
  }

  /** Whether a convolution can be computed so. */
  public static boolean fits(Conv of, boolean raw) {
    return of.groups() == 1 && EachLane.fits(of.out()) && (raw || EachLane.fits(of.in()));
  }

  @Override
  public String name() {
    return of.name();
  }

  @Override
  public List<Type> inputs() {
    List<Type> types = new ArrayList<>(of.inputs());
    types.set(0, Type.example(raw ? EachLane.raw(of.in()) : EachLane.fewer(of.in())));
    return types;
  }

  public Shape out() {
    return EachLane.fewer(of.out());
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(out()));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    throw new IllegalStateException("a convolution across lanes has no formula of a lane by itself");
  }

  @Override
  public long multiplyAdds() {
    return of.multiplyAdds() / EachLane.LANES;
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.none(this);
  }
}
