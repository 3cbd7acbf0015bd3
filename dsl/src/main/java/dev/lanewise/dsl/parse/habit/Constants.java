package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values that other languages have words for: {@code True}, {@code FALSE}, {@code None}, {@code null}. They can be read as names, as long as nobody looks for these. */
final class Constants implements Custom {
  private static final Map<String, String> FLAGS = Map.of("True", "true", "TRUE", "true", "False", "false", "FALSE", "false");
  private static final Set<String> NOTHING = Set.of("None", "NONE", "null", "NULL", "nil", "undefined", "nullptr");
  private static final Set<Integer> BEFORE = Set.of(ASSIGN, LEFT, LEFT_LIST, COMMA, AND, OR, NOT, IF, EQUAL, DIFFERENT, COLON);
  private static final Set<Integer> BEHIND = Set.of(RIGHT, RIGHT_LIST, COMMA, SEPARATOR, COMMENT, CLOSE, AND, OR, OPEN, ELSE, EQUAL, DIFFERENT);

  @Override
  public List<Foreign> seen(Page page) {
    Set<String> bound = new HashSet<>();
    for (int i = 0; i + 1 < page.size(); i++) {
      boolean named = page.is(i + 1, ASSIGN) || page.is(i - 1, Set.of(NET, BLOCK, DEF, LAYER, DATA, AS)) || page.is(i, COMMA) && page.is(i + 1, IDENTIFIER) && page.head(i) == DEF;
      if (named) {
        bound.add(page.text(page.is(i, COMMA) ? i + 1 : i));
      }
    }
    List<Foreign> found = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      boolean value = page.is(i, IDENTIFIER) && page.is(i - 1, BEFORE) && (i + 1 == page.size() || page.is(i + 1, BEHIND)) && !bound.contains(page.text(i));
      if (value && FLAGS.containsKey(page.text(i))) {
        found.add(new Foreign(page.span(i), "`" + page.text(i) + "` is written `" + FLAGS.get(page.text(i)) + "` here", Remedy.write(page.span(i), FLAGS.get(page.text(i)))));
      } else if (value && NOTHING.contains(page.text(i)) && page.is(i - 1, ASSIGN) && page.isWord(i - 2)) {
        found.add(nothing(page, i));
      }
    }
    return found;
  }

  /** An argument or setting without a value is left out. */
  private static Foreign nothing(Page page, int i) {
    int from = i - 2;
    while (page.is(from - 1, DOT)) {
      from -= 2;
    }
    boolean behind = page.is(from - 1, COMMA) || page.is(from - 1, ";");
    boolean before = !behind && (page.is(i + 1, COMMA) || page.is(i + 1, ";"));
    Span span = behind ? new Span(page.span(from - 1).start(), page.span(i).end()) : before ? new Span(page.span(from).start(), page.span(Math.min(i + 2, page.size() - 1)).start()) : page.span(from, i);
    boolean inner = page.inside(i) >= 0;
    Remedy remedy = Remedy.of("leave it out", Edit.remove(span));
    return new Foreign(page.span(from, i), "there is no `" + page.text(i) + "`: what has no value is left out", inner ? remedy : Remedy.say("leave it out"));
  }
}
