package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Meant;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.syntax.Call;
import java.util.List;

/** What is no known word where one of some words stands: {@code optimizer = "adam"}, {@code optimizer = adma}. */
public record Words(Problems problems) {
  private static final int LONGEST = 40;

  /** As it was written. */
  public String shown(Call call) {
    String text = problems.source().text(call.span());
    return !call.name().isEmpty() ? call.name() : text.length() > LONGEST || text.contains("\n") ? "…" : text;
  }

  /** Without its quotes, or the nearest, or all. */
  public Remedy remedy(Call call, List<String> known) {
    String text = problems.source().text(call.span());
    boolean quoted = call.name().isEmpty() && text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
    Remedy unquoted = quoted ? Meant.oneOf(call.span(), text.substring(1, text.length() - 1), known) : Remedy.NONE;
    return unquoted.isEmpty() ? Suggestions.among(call.callee(), call.name(), known) : unquoted;
  }
}
