package dev.lanewise.dsl.doctor;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;

/** A place in a script. */
public record Where(Source source, Span span) {
  private static final int MOST = 50;

  /** Counted from 1. */
  public int line() {
    return source.position(span.start()).line();
  }

  /** What stands there, on a line. */
  public String text() {
    String text = source.text(span).strip().lines().findFirst().orElse("");
    return text.length() > MOST ? text.substring(0, MOST) + "…" : text;
  }

  /** {@code line 7: optimizer = sgd(5)}; of what was typed there is no line to count. */
  @Override
  public String toString() {
    return source.isPrompt() ? "`" + text() + "`" : "line " + line() + ": `" + text() + "`";
  }
}
