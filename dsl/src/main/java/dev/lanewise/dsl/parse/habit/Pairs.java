package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Names with their values as in JSON, YAML or C: {@code "epochs": 5}, {@code epochs == 5}, {@code epochs 5}, commas between settings, lists without brackets. */
final class Pairs implements Custom {
  private static final Set<Integer> VALUES = Set.of(NUMBER, SHAPE, STRING, TRUE, FALSE, LEFT_LIST, IDENTIFIER, MINUS);

  @Override
  public List<Foreign> seen(Page page) {
    List<Foreign> found = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      if (page.is(i, OPEN) && page.partner(i) > i && Set.of(TRAIN, DATA, SWEEP).contains(page.head(i))) {
        new Settings(page, i).all(found);
      } else if (page.is(i, COLON) && page.is(page.inside(i), LEFT) && page.is(i - 2, Set.of(LEFT, COMMA)) && page.head(i) != DEF && (page.isWord(i - 1) || page.is(i - 1, STRING))) {
        found.add(foreign(page, i, new ArrayList<>(value(page, i - 1, i, i - 1))));
      }
    }
    return found;
  }

  /** The equal sign that stands for another, behind a name that may be in quotes. */
  private static List<Edit> value(Page page, int name, int sign, int before) {
    List<Edit> edits = new ArrayList<>();
    if (page.is(name, STRING)) {
      edits.add(new Edit(page.span(name), page.text(name).substring(1, page.text(name).length() - 1)));
    }
    if (!page.is(sign, ASSIGN)) {
      edits.add(new Edit(page.span(sign), (page.touch(before) ? " " : "") + "=" + (page.touch(sign) ? " " : "")));
    }
    return edits;
  }

  private static Foreign foreign(Page page, int at, List<Edit> edits) {
    return new Foreign(page.span(at), "a name has its value after `=` here", new Remedy("write `=`", edits, true));
  }

  /** What stands between two braces, but not in brackets of its own. */
  private static final class Settings {
    private final Page page;
    private final int close;
    private final List<Edit> values = new ArrayList<>();
    private final List<Edit> commas = new ArrayList<>();
    private final List<Foreign> lists = new ArrayList<>();
    private Span value;
    private Span comma;
    private int at;

    Settings(Page page, int open) {
      this.page = page;
      this.close = page.partner(open);
      this.at = page.next(open);
    }

    void all(List<Foreign> found) {
      while (at < close) {
        setting();
      }
      if (value != null) {
        found.add(new Foreign(value, "a name has its value after `=` here", new Remedy("write `=`", values, true)));
      }
      if (comma != null) {
        found.add(new Foreign(comma, "settings are separated by `;` or a new line", new Remedy("write `;`", commas, true)));
      }
      found.addAll(lists);
    }

    private void setting() {
      int name = at;
      int behind = key(name);
      if (behind < 0 || page.is(behind, OPEN)) {
        skip(name);
        return;
      }
      if (page.is(behind, Set.of(COLON, EQUAL)) || page.is(behind, ASSIGN) && page.is(name, STRING)) {
        take(value(page, name, behind, behind - 1), page.is(behind, ASSIGN) ? name : behind);
      } else if (page.is(behind, LEFT) && page.partner(behind) > behind + 1 && endsSetting(page.partner(behind) + 1)) {
        take(List.of(new Edit(page.span(behind), " = "), Edit.remove(page.span(page.partner(behind)))), behind);
      } else if (page.is(behind, VALUES) && behind <= page.last(name)) {
        take(List.of(Edit.insert(page.span(behind).start(), "= ")), behind);
      }
      skip(behind);
    }

    private void take(List<Edit> edits, int where) {
      values.addAll(edits);
      value = value == null ? page.span(where) : value;
    }

    private boolean endsSetting(int i) {
      return page.is(i, Set.of(SEPARATOR, COMMENT, CLOSE, COMMA));
    }

    /** What comes behind a name; -1 where there is none. */
    private int key(int name) {
      if (page.is(name, STRING)) {
        return page.is(name + 1, Set.of(COLON, ASSIGN)) ? name + 1 : -1;
      }
      int end = name;
      while (page.isWord(end) && page.is(end + 1, DOT)) {
        end += 2;
      }
      return page.isWord(end) ? end + 1 : -1;
    }

    /** To the next setting. */
    private void skip(int from) {
      int list = -1;
      int start = page.is(from, Set.of(ASSIGN, COLON, EQUAL)) ? from + 1 : from;
      for (at = from; at < close && !page.is(at, Set.of(SEPARATOR, COMMENT)); at++) {
        if (page.partner(at) > at) {
          at = page.partner(at);
        } else if (page.is(at, COMMA)) {
          int next = page.next(at);
          if (next >= close || startsPair(next)) {
            comma(at, next);
            break;
          }
          list = at;
        }
      }
      if (list > start && page.is(from, Set.of(ASSIGN, COLON, EQUAL))) {
        int end = page.is(at, Set.of(SEPARATOR, COMMENT, COMMA)) || at == close ? at - 1 : at;
        Edit open = Edit.insert(page.span(start).start(), "[");
        Edit shut = Edit.insert(page.span(end).end(), "]");
        lists.add(new Foreign(page.span(start, end), "several values stand in a list", Remedy.of("write `[" + page.text(page.span(start, end)) + "]`", open, shut)));
      }
      at = page.is(at, Set.of(SEPARATOR, COMMENT, COMMA)) ? page.next(at) : Math.max(at, from + 1);
    }

    private boolean startsPair(int i) {
      int behind = key(i);
      return behind >= 0 && page.is(behind, Set.of(ASSIGN, COLON, EQUAL, IN, OPEN));
    }

    private void comma(int i, int next) {
      boolean ends = next >= close || next > i + 1;
      commas.add(new Edit(page.span(i), ends ? "" : ";"));
      comma = comma == null ? page.span(i) : comma;
    }
  }
}
