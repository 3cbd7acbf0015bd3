package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What an operation does, at each place of a sequence by itself: y[p] = f(x[p]). Of an input or output of n values it has {@code places x n}, one place
 * after the other; parameters are the same at all places, and what is added to them is added up.
 *
 * <p>Many operations have a form for places of their own, which is faster: {@link Lift} knows which.
 */
public record AtPlaces(Operation of, int places) implements Operation {
  @Override
  public String name() {
    return of.name();
  }

  /** The type at all places of what has a type at each. */
  private Type over(Type each) {
    return Lift.over(each, places);
  }

  @Override
  public List<Type> inputs() {
    return of.inputs().stream().map(this::over).toList();
  }

  @Override
  public List<Type> outputs() {
    return of.outputs().stream().map(this::over).toList();
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int p = 0; p < places; p++) {
      double[][] read = at(p, in, of.inputs());
      double[][] made = at(p, out, of.outputs());
      int place = p;
      of.evaluate(element -> draw.uniform(place * drawn() + element), read, made);
      for (int i = 0; i < made.length; i++) {
        if (made[i] != out[i]) {
          System.arraycopy(made[i], 0, out[i], p * made[i].length, made[i].length);
        }
      }
    }
  }

  /** How many random numbers a place has. */
  private int drawn() {
    return of.outputs().getFirst().shape().size();
  }

  private static double[][] at(int place, double[][] all, List<Type> types) {
    double[][] own = new double[all.length][];
    for (int i = 0; i < own.length; i++) {
      int size = types.get(i).shape().size();
      own[i] = types.get(i).kind() == Type.Kind.EXAMPLE ? Arrays.copyOfRange(all[i], place * size, (place + 1) * size) : all[i];
    }
    return own;
  }

  /** The rule of the operation, each of whose steps works at all places. */
  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return of.gradient(Lift.emitter(emitter, places), in, out, dOut, needed);
  }

  @Override
  public Optional<LinearMap> linearMap() {
    return of.linearMap();
  }

  @Override
  public int bound(int input) {
    return of.bound(input);
  }

  @Override
  public long multiplyAdds() {
    return of.multiplyAdds() * places;
  }
}
