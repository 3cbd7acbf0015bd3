package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Commas within a number, as in {@code 0,3} and {@code 1,024}. They can be read as two numbers, as long as nobody looks for these. */
final class Decimals implements Custom {
  /** Calls whose first number is a small one. */
  private static final Set<String> SMALL =
      Set.of("dropout", "dropout2d", "leaky_relu", "sgd", "adam", "adamw", "adagrad", "adadelta", "adamax", "nadam", "radam", "rmsprop", "lion", "lamb", "lars", "rprop", "muon");

  @Override
  public List<Foreign> seen(Page page) {
    List<Foreign> found = new ArrayList<>();
    for (int i = 0; i + 2 < page.size(); i++) {
      if (page.is(i, NUMBER) && page.is(i + 1, COMMA) && page.is(i + 2, NUMBER) && page.touch(i) && page.touch(i + 1) && isWhole(page, i) && isWhole(page, i + 2)) {
        boolean thousands = !page.is(i, "0") && page.text(i + 2).length() == 3 && page.text(i + 2).charAt(0) == '0';
        if (thousands || isDecimal(page, i)) {
          found.add(number(page, i, thousands));
          i += 2;
        }
      }
    }
    return found;
  }

  private static boolean isWhole(Page page, int i) {
    return page.text(i).chars().allMatch(Character::isDigit);
  }

  private static boolean isDecimal(Page page, int i) {
    boolean led = page.text(i + 2).length() > 1 && page.text(i + 2).charAt(0) == '0';
    boolean named = page.is(i - 1, Set.of(ASSIGN, LESS, GREATER, AT_MOST, AT_LEAST, TIMES, MINUS, PLUS)) && !page.is(page.inside(i), LEFT_LIST);
    boolean called = page.is(i - 1, LEFT) && SMALL.contains(page.text(i - 2));
    return page.is(i, "0") && (led || named || called);
  }

  private static Foreign number(Page page, int i, boolean thousands) {
    String right = page.text(i) + (thousands ? "" : ".") + page.text(i + 2);
    Edit edit = new Edit(page.span(i + 1), thousands ? "" : ".");
    return new Foreign(page.span(i, i + 2), "`" + page.text(page.span(i, i + 2)) + "` are two numbers", Remedy.of("write `" + right + "`", edit));
  }
}
