package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Remedy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Numbers with a letter, a unit or a blank: {@code 0.02f}, {@code 2k}, {@code 85%}, {@code 10°}, {@code 1e -2}. */
final class Numbers implements Custom {
  private static final Set<String> SUFFIXES = Set.of("f", "F", "d", "D", "l", "L", "u", "U", "f32", "f64", "i32");
  private static final Map<String, Integer> THOUSANDS = Map.of("k", 3, "K", 3, "M", 6, "m", 6);
  private static final Set<Integer> ENDS = Set.of(RIGHT, RIGHT_LIST, CLOSE, COMMA, SEPARATOR, COMMENT, OPEN);

  @Override
  public List<Foreign> seen(Page page) {
    return page.indices().filter(i -> page.is(i, NUMBER)).mapToObj(i -> number(page, i)).flatMap(Optional::stream).toList();
  }

  private static Optional<Foreign> number(Page page, int i) {
    String number = page.text(i).replace("_", "");
    String behind = page.text(i + 1);
    if (page.is(i + 1, MODULO) && (i + 2 == page.size() || page.is(i + 2, ENDS))) {
      String share = new BigDecimal(number).movePointLeft(2).stripTrailingZeros().toPlainString();
      return Optional.of(new Foreign(page.span(i, i + 1), "a share is a number from 0 to 1, without `%`", Remedy.write(page.span(i, i + 1), share)));
    }
    if (behind.equals("°") || behind.equals("º")) {
      return Optional.of(new Foreign(page.span(i, i + 1), "degrees are a number alone", Remedy.remove(page.span(i + 1))));
    }
    if (!page.touch(i)) {
      return Optional.empty();
    }
    if (SUFFIXES.contains(behind)) {
      return Optional.of(new Foreign(page.span(i, i + 1), "a number has no letter behind it", Remedy.write(page.span(i, i + 1), page.text(i))));
    }
    if (THOUSANDS.containsKey(behind)) {
      String plain = new BigDecimal(number).movePointRight(THOUSANDS.get(behind)).toPlainString();
      return Optional.of(new Foreign(page.span(i, i + 1), "a number is written out", Remedy.write(page.span(i, i + 1), plain)));
    }
    return behind.equalsIgnoreCase("e") ? power(page, i) : Optional.empty();
  }

  /** {@code 1e -2}. */
  private static Optional<Foreign> power(Page page, int i) {
    int signed = page.is(i + 2, Set.of(MINUS, PLUS)) ? i + 3 : i + 2;
    if (!page.is(signed, NUMBER) || !page.text(signed).chars().allMatch(Character::isDigit)) {
      return Optional.empty();
    }
    String right = page.text(i) + "e" + (page.is(i + 2, MINUS) ? "-" : "") + page.text(signed);
    return Optional.of(new Foreign(page.span(i, signed), "a number has no blanks in it", Remedy.write(page.span(i, signed), right)));
  }
}
