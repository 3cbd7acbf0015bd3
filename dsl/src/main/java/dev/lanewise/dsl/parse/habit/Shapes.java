package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shapes in other forms: {@code 1 x 28 x 28}, {@code 1, 28, 28}, {@code (1, 28, 28)}, {@code 1X28X28}, with a letter that looks like an x. */
final class Shapes implements Custom {
  private static final String LETTERS = "xX×хХ✕✖⨯";
  private static final Pattern AFTER_INPUT =
      Pattern.compile("\\G\\s*(?<shape>(?:shape|size)?\\s*[=:]?\\s*\\({0,2}\\s*(?<sides>\\d+(?:\\s*[" + LETTERS + ",]\\s*\\d+)+)(?:\\s*,?\\s*\\){1,2})?)(?=\\s*(?:->|of\\b|[;,}#\\n\\r]|$))");
  /** A product of sides before a layer that wants a picture; else it may be meant as one. */
  private static final Pattern PRODUCT =
      Pattern.compile("\\G\\s*(?<shape>\\(?(?<sides>\\d+(?:\\s*\\*\\s*\\d+){1,3})\\)?)(?=[ \\t]*(?:->|[;\\n\\r])[ \\t]*(?:conv|maxpool|avgpool|flatten|batchnorm)\\b)");
  private static final Pattern LETTERED = Pattern.compile("(?:[" + LETTERS + "]\\d+)+");

  @Override
  public List<Foreign> seen(Page page) {
    List<Foreign> found = new ArrayList<>();
    Matcher afterInput = AFTER_INPUT.matcher(page.text());
    Matcher product = PRODUCT.matcher(page.text());
    for (int i = 0; i < page.size(); i++) {
      Optional<Foreign> shape = page.is(i, INPUT) && afterInput.find(page.span(i).end()) ? ofInput(page, afterInput)
          : page.is(i, INPUT) && product.find(page.span(i).end()) ? ofInput(page, product) : other(page, i);
      shape.ifPresent(found::add);
      while (shape.isPresent() && i + 1 < page.size() && page.span(i + 1).start() < shape.get().span().end()) {
        i++;
      }
    }
    return found;
  }

  private static Optional<Foreign> ofInput(Page page, Matcher matcher) {
    String right = matcher.group("sides").replaceAll("\\D+", "x");
    Span span = new Span(matcher.start("shape"), matcher.end("shape"));
    return page.text(span).equals(right) ? Optional.empty() : Optional.of(shape(span, right));
  }

  /** A number with a letter that is no x. */
  private static Optional<Foreign> other(Page page, int i) {
    boolean shape = page.is(i, NUMBER) && page.is(i + 1, IDENTIFIER) && page.touch(i) && LETTERED.matcher(page.text(i + 1)).matches();
    return shape ? Optional.of(shape(page.span(i, i + 1), page.text(i) + page.text(i + 1).replaceAll("\\D", "x"))) : Optional.empty();
  }

  private static Foreign shape(Span span, String right) {
    return new Foreign(span, "a shape is written with `x` between its sides, without blanks", Remedy.write(span, right));
  }
}
