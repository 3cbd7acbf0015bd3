package dev.lanewise.dsl.parse.habit;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Remarks: {@code // text}, {@code /* text *}{@code /}, {@code <!-- text -->}, {@code """text"""}, {@code -- text}, {@code ;; text}, {@code % text}. */
final class Comments implements Custom {
  private static final String MESSAGE = "a comment begins with `#`";
  /** What a quotient goes on with, and no remark. */
  private static final Pattern OPERAND = Pattern.compile("\\s*(\\d[\\w.]*|[\\p{L}_][\\w.]*(\\([^()\\n]*\\))?|\\([^()\\n]*\\))\\s*([-+*/)\\],;}\\n#].*)?", Pattern.DOTALL);
  private static final Pattern DIVIDEND = Pattern.compile(".*[\\w)\\]]\\s*", Pattern.DOTALL);

  @Override
  public List<Foreign> seen(Page page) {
    return new Scan(page.text()).all();
  }

  /** How much of a line is looked at. */
  private static final int NEAR = 200;

  private static final class Scan {
    private final String text;
    private final List<Foreign> found = new ArrayList<>();

    Scan(String text) {
      this.text = text;
    }

    List<Foreign> all() {
      for (int at = 0; at < text.length(); ) {
        at = pass(at);
      }
      return found;
    }

    private int pass(int at) {
      if (text.startsWith("\"\"\"", at) || text.startsWith("'''", at)) {
        String quotes = text.substring(at, at + 3);
        return startsLine(at) ? enclosed(at, quotes, quotes) : at + 3;
      }
      char c = text.charAt(at);
      if (c == '#') {
        return lineEnd(at);
      }
      if (c == '"') {
        return string(at);
      }
      if (text.startsWith("/*", at)) {
        return enclosed(at, "/*", "*/");
      }
      if (text.startsWith("<!--", at)) {
        return enclosed(at, "<!--", "-->");
      }
      if (text.startsWith("//", at) && !isQuotient(at)) {
        return line(at, 2);
      }
      if ((text.startsWith("--", at) && !text.startsWith("-->", at) || text.startsWith(";;", at) || c == '%') && startsLine(at)) {
        return line(at, c == '%' ? 1 : 2);
      }
      return at + 1;
    }

    private boolean startsLine(int at) {
      int before = at - 1;
      while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
        before--;
      }
      return before < 0 || text.charAt(before) == '\n' || text.charAt(before) == '\r';
    }

    private int lineStart(int at) {
      return text.lastIndexOf('\n', at - 1) + 1;
    }

    private int lineEnd(int at) {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    /** To the end of a string, or of the line where it is not closed. */
    private int string(int from) {
      int end = lineEnd(from);
      for (int at = from + 1; at < end; at++) {
        if (text.charAt(at) == '\\') {
          at++;
        } else if (text.charAt(at) == '"') {
          return at + 1;
        }
      }
      return end;
    }

    /** {@code 36 // 4} is a quotient, {@code flatten // one long vector} is none. */
    private boolean isQuotient(int at) {
      String before = text.substring(Math.max(lineStart(at), at - NEAR), at);
      String after = text.substring(at + 2, Math.min(lineEnd(at), at + NEAR));
      boolean inBrackets = before.chars().filter(c -> c == '(').count() > before.chars().filter(c -> c == ')').count();
      boolean value = inBrackets || (before.contains("=") || before.contains("return")) && !before.contains("->");
      boolean counted = before.stripTrailing().matches("(?s).*\\b\\d[\\w.]*") && !inBrackets;
      boolean named = !after.isBlank() && Character.isLetter(after.strip().charAt(0));
      return value && DIVIDEND.matcher(before).matches() && OPERAND.matcher(after).matches() && !(counted && named);
    }

    private int line(int at, int signs) {
      int end = lineEnd(at);
      int from = at;
      while (from < end && text.startsWith(text.substring(at, at + 1), from) && from < at + 3) {
        from++;
      }
      Span span = new Span(at, Math.max(from, at + signs));
      found.add(new Foreign(span, MESSAGE, Remedy.write(span, "#")));
      return end;
    }

    private int enclosed(int at, String open, String close) {
      int end = text.indexOf(close, at + open.length());
      if (end < 0) {
        return at + open.length();
      }
      Span span = new Span(at, end + close.length());
      String inner = text.substring(at + open.length(), end);
      boolean alone = text.substring(span.end(), lineEnd(span.end())).isBlank();
      String indent = " ".repeat(startsLine(at) ? at - lineStart(at) : 0);
      List<String> lines = inner.lines().map(l -> l.strip().replaceFirst("^\\*+\\s?", "")).filter(l -> !l.isEmpty()).map(l -> "# " + l).toList();
      Remedy remedy = alone ? Remedy.of("write it with `#`", new Edit(span, String.join("\n" + indent, lines))) : Remedy.remove(span);
      found.add(new Foreign(new Span(at, at + open.length()), MESSAGE, remedy));
      return span.end();
    }
  }
}
