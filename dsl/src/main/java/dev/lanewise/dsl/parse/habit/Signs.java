package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.TIMES;

import dev.lanewise.dsl.diagnostic.Remedy;
import java.util.Optional;

/** Operators of two signs that have another form here: {@code 2 ** 5}. */
final class Signs implements Habit {
  @Override
  public Optional<Foreign> seen(Place place) {
    int at = place.at();
    if (place.is(at, TIMES) && place.is(at - 1, TIMES) && place.touch(at - 1)) {
      return Optional.of(new Foreign(place.span(at - 1, at), "a power is written with `^`", Remedy.write(place.span(at - 1, at), "^")));
    }
    return Optional.empty();
  }
}
