package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.DOT;
import static dev.lanewise.dsl.grammar.NetLexer.IDENTIFIER;
import static dev.lanewise.dsl.grammar.NetLexer.LEFT;
import static dev.lanewise.dsl.grammar.NetLexer.RIGHT;

import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.elsewhere.Table;
import dev.lanewise.dsl.elsewhere.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Java's builders: {@code new DenseLayer.Builder().nOut(10).build()} is one call with arguments, {@code DenseLayer(nOut = 10)}, which is {@code dense(10)} here. */
final class Builders implements Habit {
  private static final String BUILDER = "Builder";

  @Override
  public Optional<Foreign> seen(Place place) {
    int builder = builder(place);
    if (builder < 2 || !place.is(builder - 1, DOT) || !place.is(builder + 1, LEFT)) {
      return Optional.empty();
    }
    List<String> arguments = new ArrayList<>();
    int close = closing(place, builder + 1);
    inside(place, builder + 1, close).ifPresent(arguments::add);
    int end = close;
    while (close > 0 && place.is(end + 1, DOT) && place.is(end + 2, IDENTIFIER) && place.is(end + 3, LEFT)) {
      int next = closing(place, end + 3);
      if (next < 0) {
        return Optional.empty();
      }
      String name = place.token(end + 2).getText();
      inside(place, end + 3, next).ifPresent(value -> arguments.add(name + " = " + value));
      end = next;
    }
    if (close < 0) {
      return Optional.empty();
    }
    int from = place.is(builder - 3, "new") ? builder - 3 : builder - 2;
    Span whole = place.span(from, end);
    String name = place.token(builder - 2).getText();
    String call = name + "(" + String.join(", ", arguments) + ")";
    return Written.of(call).flatMap(w -> Table.translate(Room.LAYER, w)).filter(t -> t.sure() && t.lost().isEmpty())
        .map(t -> new Foreign(whole, "`" + name + "` of " + t.library() + " is `" + t.here() + "` here", Remedy.write(whole, t.text())));
  }

  /** Before the place, or behind the class that it is about: -1 if there is none. */
  private static int builder(Place place) {
    if (place.is(place.at() - 1, "new") && place.is(place.at() + 2, BUILDER)) {
      return place.at() + 2;
    }
    int builder = place.at();
    while (builder >= 0 && !place.is(builder, BUILDER)) {
      builder--;
    }
    return builder;
  }

  private static Optional<String> inside(Place place, int open, int close) {
    return close > open + 1 ? Optional.of(place.source().text(place.span(open + 1, close - 1))) : Optional.empty();
  }

  /** Where a bracket closes; -1 if it does not. */
  private static int closing(Place place, int open) {
    int depth = 0;
    for (int i = open; i < place.tokens().size(); i++) {
      depth += place.is(i, LEFT) ? 1 : place.is(i, RIGHT) ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }
}
