package dev.lanewise.dsl.parse.habit;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Texts in other quotes: {@code 'a'}, {@code f"a"}, {@code «a»}, {@code 「a」}, {@code `a`}. */
final class Quotes implements Custom {
  private static final Pattern QUOTED =
      Pattern.compile(
          "#[^\\n]*|(?<!\\w)(?<prefix>[fFrRbBuU]{1,2}|[@$])?(?:\"(?<plain>[^\"\\\\\\n]*(?:\\\\.[^\"\\\\\\n]*)*)\"|'(?<single>[^'\\n]*)'|`(?<back>[^`\\n]*)`"
              + "|[‘’‚](?<curly>[^‘’\\n]*)[‘’]|[「『](?<corner>[^」』\\n]*)[」』]|[«»](?<guillemet>[^«»\\n]*)[«»]|[‹›](?<angle>[^‹›\\n]*)[‹›])");
  private static final List<String> GROUPS = List.of("plain", "single", "back", "curly", "corner", "guillemet", "angle");

  @Override
  public List<Foreign> seen(Page page) {
    return QUOTED.matcher(page.text()).results().filter(Quotes::isForeign).map(Quotes::foreign).toList();
  }

  private static boolean isForeign(MatchResult m) {
    return m.group("prefix") != null || m.group("plain") == null && !m.group().startsWith("#");
  }

  private static Foreign foreign(MatchResult m) {
    String group = GROUPS.stream().filter(g -> m.group(g) != null).findFirst().orElseThrow();
    Span span = new Span(m.start(), m.end());
    Edit open = new Edit(new Span(m.start(), m.start(group)), "\"");
    Edit close = new Edit(new Span(m.end(group), m.end()), "\"");
    String right = "\"" + m.group(group) + "\"";
    return new Foreign(span, "a string stands in double quotes, with nothing before them", Remedy.of("write `" + right + "`", open, close));
  }
}
