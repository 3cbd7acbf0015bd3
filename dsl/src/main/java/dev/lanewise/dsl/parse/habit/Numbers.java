package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.Matcher;

/** Numbers with a letter, a unit or a blank: {@code 0.02f}, {@code 2k}, {@code 85%}, {@code 10°}, {@code 1e -2}. */
final class Numbers implements Custom {
  private static final Set<String> SUFFIXES = Set.of("f", "F", "d", "D", "l", "L", "u", "U", "f32", "f64", "i32");
  private static final Map<String, Integer> THOUSANDS = Map.of("k", 3, "K", 3, "M", 6, "m", 6);
  private static final Pattern BASED = Pattern.compile("0(?:[xX](?<x>[0-9a-fA-F]{1,6})|[bB](?<b>[01]{1,20})|[oO](?<o>[0-7]{1,7}))");
  private static final Set<Integer> ENDS = Set.of(RIGHT, RIGHT_LIST, CLOSE, COMMA, SEPARATOR, COMMENT, OPEN);

  @Override
  public List<Foreign> seen(Page page) {
    return page.indices().mapToObj(i -> page.is(i, NUMBER) ? number(page, i) : page.is(i, SHAPE) ? hexadecimal(page, i) : Optional.<Foreign>empty()).flatMap(Optional::stream).toList();
  }

  /** {@code input 0x20} can be read as a shape, but no input has a side of 0; {@code pad = 0x1} has. */
  private static Optional<Foreign> hexadecimal(Page page, int i) {
    int end = page.touch(i) && page.is(i + 1, IDENTIFIER) ? i + 1 : i;
    if (end == i && !page.is(i - 1, INPUT)) {
      return Optional.empty();
    }
    Matcher based = BASED.matcher(page.text(page.span(i, end)));
    return based.matches() ? Optional.of(based(page.span(i, end), based)) : Optional.empty();
  }

  private static Foreign based(Span span, Matcher based) {
    String hexadecimal = based.group("x");
    String binary = based.group("b");
    int number = hexadecimal != null ? Integer.parseInt(hexadecimal, 16) : binary != null ? Integer.parseInt(binary, 2) : Integer.parseInt(based.group("o"), 8);
    return new Foreign(span, "a number is written with the digits from 0 to 9", Remedy.write(span, String.valueOf(number)));
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
    Matcher based = BASED.matcher(number + behind);
    if (page.is(i + 1, IDENTIFIER) && based.matches()) {
      return Optional.of(based(page.span(i, i + 1), based));
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
    int sign = page.is(i + 2, POWER) ? i + 3 : i + 2;
    int signed = page.is(sign, Set.of(MINUS, PLUS)) ? sign + 1 : sign;
    if (!page.is(signed, NUMBER) || !page.text(signed).chars().allMatch(Character::isDigit)) {
      return Optional.empty();
    }
    String right = page.text(i) + "e" + (page.is(sign, MINUS) ? "-" : "") + page.text(signed);
    return Optional.of(new Foreign(page.span(i, signed), sign > i + 2 ? "a number has no `^` in it" : "a number has no blanks in it", Remedy.write(page.span(i, signed), right)));
  }
}
