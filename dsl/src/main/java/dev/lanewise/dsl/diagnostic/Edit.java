package dev.lanewise.dsl.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A change of a source's text: what stands in a span becomes another text.
 *
 * <pre>{@code Edit.applied("net A = input 4 -> dens(2)", List.of(new Edit(new Span(19, 23), "dense"))) }</pre>
 *
 * @param text empty where the span is taken away
 */
public record Edit(Span span, String text) {
  /** A text that stands before whatever is at a place. */
  public static Edit insert(int at, String text) {
    return new Edit(new Span(at, at), text);
  }

  public static Edit remove(Span span) {
    return new Edit(span, "");
  }

  /** Takes a statement away, with its line if nothing else stands there. */
  public static Edit removeLine(String text, Span span) {
    int start = text.lastIndexOf('\n', span.start() - 1) + 1;
    int next = text.indexOf('\n', span.end());
    int end = next < 0 ? text.length() : next;
    boolean alone = text.substring(start, span.start()).isBlank() && text.substring(span.end(), end).isBlank();
    return alone ? remove(new Span(start, Math.min(text.length(), end + 1))) : remove(span);
  }

  /** Whether two of them cannot both be done: they change the same letters, or put a text at the same place. */
  public boolean disagrees(Edit other) {
    boolean apart = span.end() <= other.span.start() || other.span.end() <= span.start();
    return !apart || span.start() == other.span.start();
  }

  /**
   * A text after some changes, none of which disagrees with another.
   *
   * @param edits in any order
   */
  public static String applied(String text, List<Edit> edits) {
    List<Edit> sorted = new ArrayList<>(edits);
    sorted.sort(Comparator.comparingInt((Edit e) -> e.span.start()).thenComparingInt(e -> e.span.end()));
    StringBuilder result = new StringBuilder();
    int from = 0;
    for (Edit edit : sorted) {
      result.append(text, from, edit.span.start()).append(edit.text);
      from = edit.span.end();
    }
    return result.append(text.substring(from)).toString();
  }
}
