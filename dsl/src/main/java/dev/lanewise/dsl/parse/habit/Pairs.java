package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.ASSIGN;
import static dev.lanewise.dsl.grammar.NetLexer.COLON;
import static dev.lanewise.dsl.grammar.NetLexer.COMMA;
import static dev.lanewise.dsl.grammar.NetLexer.EQUAL;
import static dev.lanewise.dsl.grammar.NetLexer.SEPARATOR;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** A name with its value as in JSON, YAML or C: {@code epochs: 5}, {@code epochs == 5}, and commas between settings. */
final class Pairs implements Habit {
  @Override
  public Optional<Foreign> seen(Place place) {
    int type = place.found().getType();
    if (place.expected().contains(ASSIGN) && (type == COLON || type == EQUAL)) {
      return Optional.of(new Foreign(place.span(place.at()), "a name has its value after `=` here", Remedy.write(place.span(place.at()), type == COLON ? " =" : "=")));
    }
    if (type == COMMA && place.expected().contains(SEPARATOR) && startsPair(place)) {
      return Optional.of(new Foreign(place.span(place.at()), "settings are separated by `;` or a new line", Remedy.of("write `;`", new Edit(place.span(place.at()), ";"))));
    }
    return Optional.empty();
  }

  /** Whether what follows is a name and its value. */
  private static boolean startsPair(Place place) {
    for (int i = place.at() + 1; i < place.tokens().size(); i++) {
      Token token = place.token(i);
      if (token.getType() == ASSIGN || token.getType() == COLON || token.getType() == EQUAL) {
        return i > place.at() + 1;
      }
      boolean isName = Character.isLetter(token.getText().charAt(0)) || token.getText().equals(".");
      if (!isName) {
        return false;
      }
    }
    return false;
  }
}
