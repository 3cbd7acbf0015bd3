package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Several values in round brackets or braces: {@code (3, 3)} is one number or {@code 3x5} in a call, {@code (0.1, 0.3)} and {@code {a, b}} are lists. */
final class Tuples implements Custom {
  private static final Set<Integer> BEFORE = Set.of(ASSIGN, IN, LEFT, COMMA, LEFT_LIST, COLON, EQUAL);

  @Override
  public List<Foreign> seen(Page page) {
    List<Foreign> found = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      boolean brackets = page.is(i, LEFT) && page.is(i - 1, BEFORE) || page.is(i, OPEN) && page.is(i - 1, Set.of(ASSIGN, IN, LEFT, COMMA)) && !page.is(page.first(i), Set.of(NET, BLOCK, DEF, LAYER));
      if (brackets && page.partner(i) > i + 1) {
        tuple(page, i).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<Foreign> tuple(Page page, int open) {
    int close = page.partner(open);
    List<Integer> commas = new ArrayList<>();
    for (int i = open + 1; i < close; i++) {
      if (page.is(i, Set.of(ASSIGN, COLON)) || page.is(i, "=>")) {
        return Optional.empty();
      }
      if (page.is(i, COMMA)) {
        commas.add(i);
      }
      i = page.partner(i) > i ? page.partner(i) : i;
    }
    if (commas.isEmpty() && page.is(open, LEFT) || page.is(close + 1, ARROW) && page.isTopLevel(open)) {
      return Optional.empty();
    }
    List<String> sides = new ArrayList<>();
    int from = open + 1;
    for (int comma : commas) {
      sides.add(page.text(page.span(from, comma - 1)));
      from = comma + 1;
    }
    if (from < close) {
      sides.add(page.text(page.span(from, close - 1)));
    }
    boolean call = page.is(open, LEFT) && page.is(page.inside(open), LEFT);
    return Optional.of(call ? ofCall(page, open, sides) : list(page, open));
  }

  private static Foreign ofCall(Page page, int open, List<String> sides) {
    boolean whole = sides.stream().allMatch(s -> s.matches("\\d{1,6}"));
    if (page.is(open - 1, ASSIGN) && page.is(open - 2, "betas") && sides.size() == 2) {
      String right = "beta1 = " + sides.getFirst() + ", beta2 = " + sides.getLast();
      return new Foreign(page.span(open, page.partner(open)), "each of them has a name: `" + right + "`", Remedy.write(page.span(open - 2, page.partner(open)), right));
    }
    if (!whole) {
      return list(page, open);
    }
    String right = sides.stream().distinct().count() == 1 ? sides.getFirst() : sides.stream().collect(Collectors.joining("x"));
    return new Foreign(page.span(open, page.partner(open)), "both sides are one number if they are alike, else `3x5`", Remedy.write(page.span(open, page.partner(open)), right));
  }

  private static Foreign list(Page page, int open) {
    Edit left = new Edit(page.span(open), "[");
    Edit right = new Edit(page.span(page.partner(open)), "]");
    return new Foreign(page.span(open, page.partner(open)), "several values stand in a list: `[a, b]`", Remedy.of("write `[` and `]`", left, right));
  }
}
