package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Setting;
import java.util.List;

/**
 * Changes of the settings of a statement, in the text that it is written in.
 *
 * @param head where its settings begin, or would: behind {@code mnist()}, or {@code train N on digits}
 */
public record SettingEdits(Source source, int head) {
  /** One more setting, in a block of its own if there is none. */
  public Edit add(String setting) {
    String text = source.text();
    int open = opened();
    if (open < 0) {
      return Edit.insert(head, " { " + setting + " }");
    }
    int close = closed(open);
    int last = close;
    while (last > open + 1 && Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    if (last == open + 1) {
      return new Edit(new Span(last, close), " " + setting + " ");
    }
    return Edit.insert(last, text.substring(open, close).contains("\n") ? "\n" + indent(last) + setting : "; " + setting);
  }

  /** Takes a setting away, and the block with the last of them. */
  public Edit remove(Setting setting, List<Setting> all) {
    String text = source.text();
    Span span = setting.span();
    if (all.size() == 1 && opened() >= 0) {
      return Edit.remove(new Span(head, Math.min(text.length(), closed(opened()) + 1)));
    }
    int start = span.start();
    while (" \t".indexOf(text.charAt(start - 1)) >= 0) {
      start--;
    }
    int end = span.end();
    while (end < text.length() && " \t".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    if (text.charAt(start - 1) == ';') {
      return Edit.remove(new Span(start - 1, span.end()));
    }
    if (end < text.length() && text.charAt(end) == ';') {
      int next = end + 1;
      while (next < text.length() && " \t".indexOf(text.charAt(next)) >= 0) {
        next++;
      }
      return Edit.remove(new Span(span.start(), next));
    }
    boolean alone = text.charAt(start - 1) == '\n' && end < text.length() && text.charAt(end) == '\n';
    return Edit.remove(alone ? new Span(start, end + 1) : span);
  }

  /** Another value of a setting. */
  public static Edit value(Expression before, String after) {
    return new Edit(before.span(), after);
  }

  /** Where the block opens; -1 without one. */
  private int opened() {
    String text = source.text();
    int at = head;
    while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() && text.charAt(at) == '{' ? at : -1;
  }

  private int closed(int open) {
    String text = source.text();
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        int quote = text.indexOf('"', i + 1);
        i = quote < 0 ? text.length() : quote;
      } else if (c == '#') {
        int line = text.indexOf('\n', i);
        i = line < 0 ? text.length() : line;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i;
      }
    }
    return text.length();
  }

  /** The white space before the line of a place. */
  private String indent(int at) {
    String line = source.lineAt(at - 1);
    return line.substring(0, line.length() - line.stripLeading().length());
  }
}
