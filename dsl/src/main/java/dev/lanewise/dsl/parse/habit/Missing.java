package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import java.util.Optional;
import java.util.Set;

/** What was forgotten between two things on one line: {@code flatten dense(10)}, {@code epochs = 4 batch = 2}, {@code … dense(4) data d = xor()}. */
final class Missing implements Habit {
  private static final Set<Integer> STATEMENTS = Set.of(NET, BLOCK, DEF, LAYER, IMPORT, DATA, TRAIN, SWEEP, EXPECT);
  private static final Set<Integer> ENDS = Set.of(IDENTIFIER, RIGHT, CLOSE, NUMBER, SHAPE, RIGHT_LIST, STRING, TRUE, FALSE);

  @Override
  public Optional<Foreign> seen(Place place) {
    int at = place.at();
    boolean between = place.expected().contains(SEPARATOR) && ends(place, at - 1) && place.token(at - 1).getLine() == place.found().getLine();
    if (!between) {
      return Optional.empty();
    }
    if (place.depth() == 0 && STATEMENTS.contains(place.found().getType())) {
      return Optional.of(insert(place, at, ";", "statements on one line are separated by `;`"));
    }
    boolean steps = place.begins() == NET || place.begins() == BLOCK;
    if (steps && place.expected().contains(ARROW) && Set.of(IDENTIFIER, INPUT, IF, REPEAT, PATH, HEAD).contains(place.found().getType())) {
      return Optional.of(insert(place, at, " ->", "layers follow each other after `->`"));
    }
    boolean pair = Character.isLetter(place.found().getText().charAt(0)) && (place.is(at + 1, ASSIGN) || place.is(at + 1, DOT) || place.is(at + 1, IN));
    return pair && place.depth() > 0 && !steps ? Optional.of(insert(place, at, ";", "settings are separated by `;` or a new line")) : Optional.empty();
  }

  private static boolean ends(Place place, int i) {
    return i >= 0 && ENDS.contains(place.token(i).getType());
  }

  private static Foreign insert(Place place, int at, String sign, String message) {
    return new Foreign(place.span(at), message, Remedy.of("write `" + sign.strip() + "` before it", Edit.insert(place.span(at - 1).end(), sign)));
  }
}
