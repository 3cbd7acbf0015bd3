package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.grammar.NetLexer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/** A word of the language with a letter too many, too few, or in capitals: {@code tarin N on digits}, {@code imput 1x28x28}, {@code Net N { … }}. */
final class Keywords implements Habit {
  private static final List<String> TOP = List.of("net", "block", "def", "layer", "import", "data", "train", "sweep", "expect");
  private static final List<String> STEP = List.of("input", "repeat", "path", "head", "if", "expect");
  private static final List<String> INNER = List.of("weight", "state");
  private static final Set<Integer> BEHIND = Set.of(IDENTIFIER, NUMBER, SHAPE, STRING, LEFT, TRAIN, NET, DATA, IN, INPUT, OPEN);

  @Override
  public Optional<Foreign> seen(Place place) {
    int at = place.at();
    Optional<Foreign> here = place.found().getType() == IDENTIFIER ? near(place, at, expected(place)) : Optional.empty();
    if (here.isPresent()) {
      return here;
    }
    for (int i = Math.max(0, at - 2); i < at; i++) {
      boolean starts = i == 0 || Set.of(SEPARATOR, OPEN, ARROW, ASSIGN).contains(place.token(i - 1).getType());
      if (starts && place.is(i, IDENTIFIER) && BEHIND.contains(place.token(i + 1).getType())) {
        Optional<Foreign> word = near(place, i, i == 0 ? TOP : place.begins() == LAYER ? INNER : STEP);
        if (word.isPresent()) {
          return word;
        }
      }
    }
    return Optional.empty();
  }

  /** The words that would fit. */
  private static List<String> expected(Place place) {
    return place.expected().toList().stream().map(NetLexer.VOCABULARY::getLiteralName).filter(w -> w != null && Character.isLetter(w.charAt(1)))
        .map(w -> w.substring(1, w.length() - 1)).filter(w -> !Set.of("of", "or", "and", "padded", "against", "state", "true", "false", "not", "as", "if", "at").contains(w)).toList();
  }

  private static Optional<Foreign> near(Place place, int i, List<String> words) {
    Token token = place.token(i);
    return token.getText().length() < 2 ? Optional.empty()
        : Suggestions.nearest(token.getText(), words).filter(w -> Suggestions.distance(token.getText().toLowerCase(Locale.ROOT), w) <= 2)
            .map(w -> new Foreign(place.span(i), "`" + token.getText() + "` is no word of the language", Remedy.mean(place.span(i), w)));
  }
}
