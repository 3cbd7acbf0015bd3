package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Networks and blocks in other forms: {@code N = net { … }}, {@code net N = { … }}, {@code net N ( … )}, {@code net N = Sequential(…)}, {@code block B(c) = …}. */
final class Networks implements Custom {
  private static final String MESSAGE = "a network is written `net N { … }` or `net N = input 4 -> …`";
  private static final Set<String> CONTAINERS = Set.of("Sequential", "sequential", "chain", "Chain", "serial", "Serial");

  @Override
  public List<Foreign> seen(Page page) {
    List<Foreign> found = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      if (page.isTopLevel(i) && page.startsStatement(i)) {
        int at = i;
        named(page, i).or(() -> body(page, at)).ifPresent(found::add);
      }
    }
    return found;
  }

  /** {@code N = net { … }}. */
  private static Optional<Foreign> named(Page page, int i) {
    boolean behind = page.is(i, IDENTIFIER) && page.is(i + 1, Set.of(ASSIGN, COLON)) && page.is(i + 2, Set.of(NET, BLOCK, DEF, LAYER, DATA)) && !page.is(i + 3, Set.of(DOT, ASSIGN, EQUAL, SEPARATOR));
    if (!behind) {
      return Optional.empty();
    }
    Span span = page.span(i, i + 2);
    return Optional.of(new Foreign(span, "the word comes first: `" + page.text(i + 2) + " " + page.text(i) + "`", Remedy.write(span, page.text(i + 2) + " " + page.text(i))));
  }

  private static Optional<Foreign> body(Page page, int i) {
    if (!page.is(i, Set.of(NET, BLOCK)) || !page.isWord(i + 1)) {
      return Optional.empty();
    }
    int at = page.is(i + 2, LEFT) && isParameters(page, i + 2) ? page.partner(i + 2) + 1 : i + 2;
    if (page.is(at, Set.of(LEFT, LEFT_LIST))) {
      return page.partner(at) > at ? Optional.of(bracketed(page, i, at, " {", "}", at)) : Optional.empty();
    }
    if (!page.is(at, Set.of(ASSIGN, COLON, ARROW)) || at >= page.last(i)) {
      return page.is(at, INPUT) && at <= page.last(i) ? Optional.of(new Foreign(page.span(at), MESSAGE, Remedy.of("write `=` before it", Edit.insert(page.span(at).start(), "= ")))) : Optional.empty();
    }
    if (page.is(at + 1, OPEN)) {
      return Optional.of(new Foreign(page.span(at), MESSAGE, Remedy.of("leave out `" + page.text(at) + "`", Edit.remove(new Span(page.span(at).start(), page.span(at + 1).start())))));
    }
    Optional<Foreign> contained = contained(page, i, at + 1);
    if (contained.isPresent()) {
      return contained;
    }
    if (page.is(i, BLOCK)) {
      int end = end(page, at);
      Edit open = new Edit(page.span(at), page.touch(at - 1) ? " {" : "{");
      return Optional.of(new Foreign(page.span(at), "a block is written `block B { … }`", Remedy.of("enclose it in braces", open, Edit.insert(page.span(end).end(), " }"))));
    }
    return page.is(at, ASSIGN) ? Optional.empty() : Optional.of(new Foreign(page.span(at), MESSAGE, Remedy.write(page.span(at), page.touch(at - 1) ? " =" : "=")));
  }

  /** The last token of a statement that may go on in the next lines. */
  private static int end(Page page, int at) {
    int end = page.last(at);
    while (page.is(page.next(end), ARROW) || page.is(end, ARROW)) {
      end = page.last(page.next(end));
    }
    return page.partner(end) < at && page.partner(end) >= 0 ? end - 1 : end;
  }

  /** Layers in brackets. */
  private static Optional<Foreign> contained(Page page, int i, int from) {
    int at = from;
    while (page.is(at, IDENTIFIER) && page.is(at + 1, DOT)) {
      at += 2;
    }
    int open = CONTAINERS.contains(page.text(at)) ? at + 1 : at;
    boolean brackets = open > at ? page.is(open, LEFT) : at == from && page.is(open, Set.of(LEFT, LEFT_LIST));
    if (!brackets || page.partner(open) <= open + 1 || page.last(page.partner(open)) != page.partner(open)) {
      return Optional.empty();
    }
    return Optional.of(bracketed(page, i, open, "", "", from));
  }

  /** Other brackets, or none, with arrows in the place of commas. */
  private static Foreign bracketed(Page page, int i, int open, String left, String right, int from) {
    List<Edit> edits = new ArrayList<>();
    int close = page.partner(open);
    boolean list = page.is(open + 1, LEFT_LIST) && page.partner(open + 1) == close - 1;
    int inner = list ? open + 1 : open;
    edits.add(new Edit(new Span(page.span(from).start(), page.span(inner).end()), left.isEmpty() ? "" : page.touch(from - 1) ? left : left.strip()));
    for (int k = inner + 1; k < page.partner(inner); k++) {
      if (page.is(k, COMMA)) {
        boolean last = page.next(k) >= page.partner(inner);
        edits.add(new Edit(page.span(k), last || page.next(k) > k + 1 && !left.isEmpty() ? "" : " ->"));
      }
      k = page.partner(k) > k ? page.partner(k) : k;
    }
    edits.add(new Edit(new Span(page.span(page.partner(inner)).start(), page.span(close).end()), right));
    return new Foreign(page.span(i, open), MESSAGE, new Remedy("write it so", edits, true));
  }

  /** Whether brackets hold names with values, not layers. */
  private static boolean isParameters(Page page, int open) {
    int close = page.partner(open);
    boolean steps = page.is(open + 1, Set.of(SEPARATOR, COMMENT)) || page.is(open + 1, INPUT) && !page.is(open + 2, Set.of(COMMA, RIGHT, ASSIGN));
    return close > open && !steps;
  }
}
