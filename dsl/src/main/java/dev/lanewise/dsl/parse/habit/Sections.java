package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.LEFT_LIST;
import static dev.lanewise.dsl.grammar.NetLexer.RIGHT_LIST;

import dev.lanewise.dsl.diagnostic.Remedy;
import java.util.Optional;

/** A heading as darknet's cfg has them, {@code [net]}: a word of this language alone in brackets. */
final class Sections implements Habit {
  /** Two brackets, a word, and the end. */
  private static final int TOKENS = 4;

  @Override
  public Optional<Foreign> seen(Place place) {
    boolean heading = place.is(0, LEFT_LIST) && place.at() == 1 && place.is(2, RIGHT_LIST) && place.tokens().size() <= TOKENS + 1 && Character.isLetter(place.token(1).getText().charAt(0));
    return heading ? Optional.of(new Foreign(place.span(0, 2), "there are no headings here: a network is written `net N { … }`", Remedy.remove(place.span(0, 2)))) : Optional.empty();
  }
}
