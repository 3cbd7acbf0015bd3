package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Decorator;
import dev.lanewise.runtime.operation.Recipe;

/**
 * What is done at every place of a sequence by itself, with the same parameters: a step inside {@code each { … }}.
 *
 * <pre>{@code AtPlaces.of(new Dense(8, 32, true), 40)   // of 8x40, gives 32x40 }</pre>
 *
 * @param each what is done at one place, where a value is a vector of channels
 * @param of the same of sequences, {@code channels x length}
 */
public record AtPlaces(Computation each, int places, Recipe of) implements Decorator {
  public static AtPlaces of(Computation each, int places) {
    return new AtPlaces(each, places, Turned.of(each.name(), Lift.over(each, places)));
  }

  /** What is done at one place, if something is done at every place; otherwise what is done. */
  public static Computation plain(Computation computation) {
    return computation instanceof AtPlaces a ? a.each : computation;
  }
}
