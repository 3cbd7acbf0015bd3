package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Functions in other forms: {@code f = lambda x: x ^ 3}, {@code f(x) = x ^ 3}, {@code def f x = …}, {@code def f(x: float) -> float: return x}. */
final class Functions implements Custom {
  private static final String MESSAGE = "a function is written `def f(x) = x ^ 2`";

  /** What is bound to a function without a name. */
  private static final Pattern NAMELESS =
      Pattern.compile(
          "(?:def\\s+)?(?<name>[\\p{L}_]\\w*)\\s*=\\s*(?:lambda\\s+(?<a>[\\w, ]+?)\\s*:|@\\((?<b>[\\w, ]*)\\)|(?:function|func|fn|fun)\\s*\\((?<c>[\\w, ]*)\\)(?:\\s*(?:=>|->))?"
              + "|\\((?<d>[\\w, ]*)\\)\\s*(?:=>|->)|(?<e>[\\p{L}_]\\w*)\\s*(?:=>|->)|\\|(?<f>[\\w, ]*)\\||\\\\(?<g>[\\w ]+?)\\s*->)[ \\t]*");
  private static final List<String> PARAMETERS = List.of("a", "b", "c", "d", "e", "f", "g");

  @Override
  public List<Foreign> seen(Page page) {
    List<Foreign> found = new ArrayList<>();
    Matcher matcher = NAMELESS.matcher(page.text());
    for (int i = 0; i < page.size(); i++) {
      if (page.isTopLevel(i) && page.startsStatement(i)) {
        int at = i;
        nameless(page, i, matcher).or(() -> plain(page, at)).or(() -> defined(page, at)).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<Foreign> nameless(Page page, int i, Matcher matcher) {
    boolean binds = page.is(i, DEF) || page.is(i, IDENTIFIER) && page.is(i + 1, ASSIGN);
    if (!binds || !matcher.region(page.span(i).start(), page.text().length()).lookingAt()) {
      return Optional.empty();
    }
    String parameters = PARAMETERS.stream().map(matcher::group).filter(g -> g != null).findFirst().orElse("").strip();
    String list = Arrays.stream(parameters.split("[\\s,]+")).collect(Collectors.joining(", "));
    boolean braces = matcher.end() < page.text().length() && page.text().charAt(matcher.end()) == '{';
    Span span = new Span(matcher.start(), matcher.end());
    return Optional.of(new Foreign(span, MESSAGE, Remedy.write(span, "def " + matcher.group("name") + "(" + list + ") " + (braces ? "" : "= "))));
  }

  /** {@code f(x) = x ^ 2}. */
  private static Optional<Foreign> plain(Page page, int i) {
    boolean called = page.is(i, IDENTIFIER) && page.is(i + 1, LEFT) && page.partner(i + 1) > i + 2 && page.is(page.partner(i + 1) + 1, ASSIGN);
    if (!called || page.indices().skip(i + 2).limit(page.partner(i + 1) - i - 2L).anyMatch(k -> !page.is(k, Set.of(IDENTIFIER, COMMA)))) {
      return Optional.empty();
    }
    return Optional.of(new Foreign(page.span(i, page.partner(i + 1)), MESSAGE, Remedy.of("write `def` before it", Edit.insert(page.span(i).start(), "def "))));
  }

  private static Optional<Foreign> defined(Page page, int i) {
    if (!(page.is(i, DEF) || page.is(i, "function") || page.is(i, "func") || page.is(i, "fn") || page.is(i, "fun")) || !page.isWord(i + 1)) {
      return Optional.empty();
    }
    List<Edit> edits = new ArrayList<>();
    int end = parameters(page, i + 2, edits);
    if (end > i + 1 && end < page.last(i)) {
      value(page, end, page.last(i), edits);
    }
    return edits.isEmpty() ? Optional.empty() : Optional.of(new Foreign(page.span(i, Math.max(i + 1, end)), MESSAGE, new Remedy("write it so", edits, true)));
  }

  /** @return their last token; 0 if they cannot be read */
  private static int parameters(Page page, int from, List<Edit> edits) {
    int at = from;
    if (!page.is(from, LEFT)) {
      while (page.is(at, Set.of(IDENTIFIER, COMMA))) {
        at++;
      }
      if (at > from && page.is(at, Set.of(ASSIGN, OPEN, COLON))) {
        String names = page.text(page.span(from, at - 1)).replaceAll("[\\s,]+", ", ");
        edits.add(new Edit(new Span(page.span(from - 1).end(), page.span(at - 1).end()), "(" + names + ")"));
        return at - 1;
      }
      return 0;
    }
    int close = page.partner(from);
    for (int i = from + 1; i < close; i++) {
      if (page.is(i, COLON) && page.isWord(i + 1)) {
        int end = i + 1;
        while (end + 1 < close && !page.is(end + 1, Set.of(COMMA, ASSIGN))) {
          end++;
        }
        edits.add(Edit.remove(page.span(i, end)));
      }
    }
    return Math.max(close, 0);
  }

  /** What stands between the parameters and the value. */
  private static void value(Page page, int parameters, int last, List<Edit> edits) {
    int at = parameters + 1;
    while (page.is(at, ARROW) && at < last && !page.is(at, Set.of(ASSIGN, OPEN, COLON))) {
      at += 2;
    }
    int sign = at;
    if (page.is(at, Set.of(ASSIGN, COLON))) {
      at++;
    }
    int returned = page.is(at, OPEN) ? page.next(at) : -1;
    if (page.is(returned, "return") && page.partner(at) == last && returned + 1 < last) {
      int end = page.is(last - 1, SEPARATOR) ? last - 2 : last - 1;
      if (page.indices().skip(returned).limit(end - returned + 1L).noneMatch(k -> page.is(k, SEPARATOR))) {
        edits.add(new Edit(new Span(page.span(parameters).end(), page.span(returned + 1).start()), " = "));
        edits.add(Edit.remove(new Span(page.span(end).end(), page.span(last).end())));
        return;
      }
    }
    boolean returns = page.is(at, "return") && !page.is(at + 1, ASSIGN);
    int value = returns ? at + 1 : at;
    if (value > last || page.is(sign, OPEN) || page.is(sign, SEPARATOR)) {
      if (sign > parameters + 1) {
        edits.add(Edit.remove(new Span(page.span(parameters).end(), page.span(sign - 1).end())));
      }
      return;
    }
    boolean braces = page.is(value, OPEN) && page.is(sign, ASSIGN);
    boolean right = page.is(sign, ASSIGN) && sign == parameters + 1 && !returns;
    if (braces || !right && (page.is(value, Set.of(NUMBER, LEFT, MINUS, IDENTIFIER)) || returns)) {
      edits.add(new Edit(new Span(page.span(parameters).end(), page.span(value).start()), braces ? " " : " = "));
    }
  }
}
