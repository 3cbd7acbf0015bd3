package dev.lanewise.dsl.parse.habit;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Lines that enclose a script on a page or in a message: three backticks or tildes, with the name of a language or without one. */
final class Fences implements Custom {
  private static final Pattern FENCE = Pattern.compile("(?m)^[ \\t]*(?:`{3,}|~{3,})[ \\t]*[\\w.+-]*[ \\t]*(?:\\r?\\n|$)");

  @Override
  public List<Foreign> seen(Page page) {
    return FENCE.matcher(page.text()).results().map(m -> fence(page, m)).toList();
  }

  /** With the end of the line before it where it is the last one and has no end of its own. */
  private static Foreign fence(Page page, MatchResult m) {
    boolean ends = m.group().endsWith("\n");
    Span line = new Span(m.start(), ends ? m.end() - 1 : m.end());
    Span whole = new Span(!ends && m.start() > 0 ? m.start() - 1 : m.start(), m.end());
    return new Foreign(line, "this line is no part of the script: it encloses code on a page", Remedy.of("leave out `" + page.text(line).strip() + "`", Edit.remove(whole)));
  }
}
