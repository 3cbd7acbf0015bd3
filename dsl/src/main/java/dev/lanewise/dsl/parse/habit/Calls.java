package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Layers whose arguments are not in round brackets: {@code conv{8, 3}}, {@code dense[4]}, {@code dense<4>}, {@code conv(8; 3)}. */
final class Calls implements Custom {
  private static final Set<Integer> BEFORE = Set.of(ARROW, SEPARATOR, OPEN, COLON, ASSIGN, COMMENT);
  private static final Set<Integer> VALUES = Set.of(NUMBER, SHAPE, IDENTIFIER, TRUE, FALSE);

  @Override
  public List<Foreign> seen(Page page) {
    return page.indices().filter(i -> page.is(i, IDENTIFIER) && page.isAmongSteps(i) && page.is(i - 1, BEFORE)).mapToObj(i -> call(page, i)).flatMap(Optional::stream).toList();
  }

  private static Optional<Foreign> call(Page page, int i) {
    int open = i + 1;
    if (page.is(open, Set.of(OPEN, LEFT_LIST)) && page.partner(open) > open) {
      return ofValues(page, open, page.partner(open)) ? Optional.of(bracketed(page, i, open, page.partner(open))) : Optional.empty();
    }
    if (page.is(open, LESS)) {
      int close = open;
      while (close < page.last(i) && !page.is(close, GREATER)) {
        close++;
      }
      return page.is(close, GREATER) && ofValues(page, open, close) ? Optional.of(bracketed(page, i, open, close)) : Optional.empty();
    }
    return page.is(open, LEFT) && page.partner(open) > open ? semicolons(page, i, open) : Optional.empty();
  }

  /** Whether only values stand there, that follow each other by commas, the first of them a number or one with a name. */
  private static boolean ofValues(Page page, int open, int close) {
    boolean first = page.is(open + 1, Set.of(NUMBER, SHAPE)) || page.is(open + 1, IDENTIFIER) && page.is(open + 2, ASSIGN) && page.is(open - 1, IDENTIFIER) && page.is(open, LEFT_LIST);
    for (int k = open + 1; first && k < close; k += 2) {
      if (page.isWord(k) && page.is(k + 1, ASSIGN)) {
        k += 2;
      }
      if (!page.is(k, VALUES) || k + 1 < close && !page.is(k + 1, COMMA)) {
        return false;
      }
    }
    return first;
  }

  private static Foreign bracketed(Page page, int i, int open, int close) {
    String arguments = "(" + page.text(page.span(open + 1, close - 1)) + ")";
    Remedy remedy = Remedy.write(new Span(page.span(i).end(), page.span(close).end()), arguments).saying("write `" + page.text(i) + arguments + "`");
    return new Foreign(page.span(i, close), "what a layer is given stands in round brackets", remedy);
  }

  /** {@code conv(8; 3)}. */
  private static Optional<Foreign> semicolons(Page page, int i, int open) {
    List<Edit> edits = new ArrayList<>();
    for (int k = open + 1; k < page.partner(open); k++) {
      if (page.is(k, ";")) {
        edits.add(new Edit(page.span(k), ","));
      }
      k = page.partner(k) > k ? page.partner(k) : k;
    }
    return edits.isEmpty() ? Optional.empty() : Optional.of(new Foreign(page.span(i, open), "a comma stands between two arguments", new Remedy("write `,`", edits, true)));
  }
}
