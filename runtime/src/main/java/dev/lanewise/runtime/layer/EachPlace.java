package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Decorator;
import dev.lanewise.runtime.operation.Lift;
import dev.lanewise.runtime.operation.Recipe;

/**
 * What is done at every place of a sequence by itself, with the same parameters: a step inside {@code each { … }}.
 *
 * <pre>{@code EachPlace.of(new Dense(8, 32, true), 40)   // of 8x40, gives 32x40 }</pre>
 *
 * @param each what is done at one place, where a value is a vector of channels
 * @param of the same of sequences, {@code channels x length}
 */
public record EachPlace(Computation each, int places, Recipe of) implements Decorator {
  public static EachPlace of(Computation each, int places) {
    return new EachPlace(each, places, Turned.of(each.name(), Lift.over(each, places)));
  }

  /** What is done at one place, if something is done at every place; otherwise what is done. */
  public static Computation plain(Computation computation) {
    return computation instanceof EachPlace a ? a.each : computation;
  }
}
