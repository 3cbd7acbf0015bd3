package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Brackets that nobody has closed: where that should have been, as the lines begin farther out again, or as what follows cannot stand in brackets. */
final class Braces implements Custom {
  private static final Set<Integer> GOES_ON =
      Set.of(COMMA, ASSIGN, EQUAL, DIFFERENT, AT_MOST, AT_LEAST, LESS, GREATER, PLUS, MINUS, TIMES, OVER, MODULO, POWER, AT, AND, OR, NOT, DOT, COLON, LEFT, LEFT_LIST);

  /** An open brace. @param deeper whether its first line begins farther in */
  private record Brace(int at, int indent, boolean deeper) {}

  @Override
  public List<Foreign> seen(Page page) {
    List<Foreign> found = new ArrayList<>();
    page.indices().filter(i -> page.is(i, Set.of(LEFT, LEFT_LIST)) && page.partner(i) < 0).limit(50).forEach(i -> found.add(round(page, i)));
    boolean open = page.indices().anyMatch(i -> page.is(i, OPEN) && page.partner(i) < 0);
    if (found.isEmpty() && open) {
      new Scan(page, found).all();
    }
    return found;
  }

  /** To the first thing that cannot stand in brackets. */
  private static Foreign round(Page page, int open) {
    int at = open;
    while (at + 1 < page.size() && !page.is(at + 1, Set.of(ARROW, OPEN, CLOSE, COMMENT)) && !page.is(at + 1, ";") && !(page.is(at + 1, SEPARATOR) && ends(page, at))) {
      at = page.partner(at + 1) > at ? page.partner(at + 1) : at + 1;
    }
    while (at > open && page.is(at, SEPARATOR)) {
      at--;
    }
    String closing = page.is(open, LEFT) ? ")" : "]";
    return new Foreign(
        Code.L002, page.span(open), "this `" + page.text(open) + "` is not closed",
        Remedy.of("close it with `" + closing + "`", Edit.insert(page.span(at).end(), closing)));
  }

  /** Whether a line does not go on in the next one. */
  private static boolean ends(Page page, int at) {
    return !page.is(at, GOES_ON) && !page.is(page.next(at), Set.of(COMMA, RIGHT, RIGHT_LIST, PLUS, TIMES, OVER));
  }

  private static final class Scan {
    private final Page page;
    private final List<Foreign> found;
    private final Deque<Brace> open = new ArrayDeque<>();
    private int before;
    private int line;

    Scan(Page page, List<Foreign> found) {
      this.page = page;
      this.found = found;
    }

    void all() {
      for (int i = 0; i < page.size(); i++) {
        boolean starts = page.startsLine(i) && page.last(i) >= i && !page.is(i, SEPARATOR);
        if (starts) {
          startLine(i);
        }
        if (page.is(i, OPEN)) {
          open.push(new Brace(i, line, false));
        } else if (page.is(i, CLOSE) && !open.isEmpty()) {
          open.pop();
        }
        before = page.is(i, Set.of(SEPARATOR, COMMENT)) ? before : i;
      }
      while (!open.isEmpty()) {
        unclosed(open.pop());
      }
    }

    private void startLine(int i) {
      line = page.column(i);
      if (!open.isEmpty() && before == open.peek().at) {
        Brace brace = open.pop();
        open.push(new Brace(brace.at, brace.indent, line > brace.indent));
      }
      boolean closes = page.is(i, CLOSE);
      while (!open.isEmpty() && page.startsTopLevel(i)) {
        unclosed(open.pop());
      }
      while (!open.isEmpty() && open.peek().deeper && (closes ? open.peek().indent > line : open.peek().indent >= line && !page.is(i, Set.of(ARROW, ELSE)))) {
        unclosed(open.pop());
      }
    }

    private void unclosed(Brace brace) {
      boolean lines = brace.deeper;
      int at = page.is(before + 1, COMMENT) ? page.span(before + 1).end() : page.span(before).end();
      String closing = lines ? "\n" + " ".repeat(brace.indent) + "}" : " }";
      Span span = page.span(brace.at);
      found.add(new Foreign(Code.L002, span, "this `{` is not closed", Remedy.of("close it with `}`", Edit.insert(at, closing))));
    }
  }
}
