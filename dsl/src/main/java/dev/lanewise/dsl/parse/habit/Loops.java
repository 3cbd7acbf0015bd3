package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is done several times: {@code for i in range(3)}, {@code for (int i = 0; i < 3; i++)}, {@code repeat 3 times}, {@code repeat i in 1..3}. */
final class Loops implements Custom {
  private static final String NAME = "(?<name>[\\p{L}_]\\w*)";
  private static final String COUNT = "(?<count>\\d+|[\\p{L}_][\\w.]*)";
  private static final String START = "(?:for|foreach|repeat|loop)\\b\\s*\\(?\\s*(?:(?:int|let|var|auto)\\s+)?";

  /** Each says how often, or from where to where. */
  private static final List<Pattern> LOOPS =
      List.of(
          Pattern.compile(START + NAME + "\\s+(?:in|of)\\s+range\\s*\\(\\s*(?:(?<from>\\d+)\\s*,\\s*)?" + COUNT + "\\s*\\)(?:\\s*\\))?"),
          Pattern.compile(START + NAME + "\\s*=\\s*(?<from>\\d+)\\s*;\\s*\\w+\\s*(?<sign><=?)\\s*" + COUNT + "\\s*;[^){\\n]*\\)?"),
          Pattern.compile(START + NAME + "\\s*(?:in|of|=|from)\\s*(?<from>\\d+)\\s*(?<sign>\\.\\.<|\\.\\.=|\\.\\.\\.?|:|to\\b|until\\b)\\s*" + COUNT + "(?:\\s*\\))?"),
          Pattern.compile(START + NAME + "\\s*(?:in|of|=|:)\\s*" + COUNT + "(?:\\s*\\))?(?=\\s*[{:\\n])"),
          Pattern.compile("(?:repeat|loop|do)\\s*\\(?\\s*" + COUNT + "\\s*\\)?\\s*(?:times|time|x)\\b(?:\\s*\\))?(?<from>)(?<name>)"),
          Pattern.compile("(?:for|loop|do)\\s*\\(?\\s*(?<count>\\d+)(?:\\s*\\))?(?=\\s*[{:\\n])(?<from>)(?<name>)"));

  @Override
  public List<Foreign> seen(Page page) {
    List<Foreign> found = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      boolean word = page.is(i, REPEAT) || page.is(i, IDENTIFIER) && List.of("for", "foreach", "loop", "do").contains(page.text(i));
      if (word && page.startsStatement(i) || word && page.is(i - 1, ARROW)) {
        loop(page, i).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<Foreign> loop(Page page, int i) {
    int end = page.text().indexOf('\n', page.span(i).start());
    Matcher matcher = LOOPS.getFirst().matcher(page.text()).region(page.span(i).start(), end < 0 ? page.text().length() : end + 1);
    for (Pattern pattern : LOOPS) {
      if (matcher.usePattern(pattern).lookingAt()) {
        return Optional.of(loop(page, i, matcher));
      }
      matcher.region(page.span(i).start(), end < 0 ? page.text().length() : end + 1);
    }
    return Optional.empty();
  }

  private static Foreign loop(Page page, int i, Matcher matcher) {
    String name = matcher.group("name");
    String from = group(matcher, "from");
    String count = times(from, group(matcher, "sign"), matcher.group("count"));
    boolean used = !name.isEmpty() && isUsed(page, i, matcher.end(), name);
    Span span = new Span(matcher.start(), matcher.end());
    String right = "repeat " + count + (used ? " as " + name : "");
    Remedy remedy = Remedy.write(span, right);
    boolean shifted = used && !from.equals("1");
    return new Foreign(
        span, "what is done several times is `repeat 3 { … }`, with a number that counts from 1 `repeat 3 as i { … }`", shifted ? remedy.perhaps() : remedy);
  }

  private static String group(Matcher matcher, String group) {
    return matcher.pattern().namedGroups().containsKey(group) && matcher.group(group) != null ? matcher.group(group) : "";
  }

  /** How often: the ends of a stretch are among it where its sign says so, or where it begins at 1. */
  private static String times(String from, String sign, String count) {
    if (from.isEmpty() || !Character.isDigit(count.charAt(0)) || from.length() > 9 || count.length() > 9) {
      return count;
    }
    int start = Integer.parseInt(from);
    boolean includes = sign.equals("<=") || sign.equals("..=") || sign.equals("to") || !sign.startsWith("<") && !sign.equals("..<") && !sign.equals("until") && !sign.isEmpty() && start == 1;
    return String.valueOf(Math.max(1, Integer.parseInt(count) - start + (includes ? 1 : 0)));
  }

  /** Whether a name stands in what follows: in its braces, or in the rest of the statement. */
  private static boolean isUsed(Page page, int i, int from, String name) {
    for (int k = i; k < page.size() && !page.startsTopLevel(k + 1); k++) {
      if (page.span(k).start() >= from && page.is(k, name)) {
        return true;
      }
      if (page.is(k, OPEN) && page.partner(k) > k && page.inside(k) == page.inside(i)) {
        return page.indices().skip(k).limit(page.partner(k) - k).anyMatch(n -> page.is(n, name));
      }
    }
    return false;
  }
}
