package dev.lanewise.dsl.diagnostic;

import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.language.Printable;
import dev.lanewise.dsl.language.TextWidth;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A diagnostic as text for people:
 *
 * <pre>
 * lenet.net:6:3 error L012: dense(10) needs a flat input, but gets 20x4x4
 *    4 |   conv2: conv(20, 5) -> maxpool(2)      20x4x4
 *    6 |   dense(10)
 *      |   ^^^^^^^^^ add `flatten` before it (320 features)
 * </pre>
 */
public final class Report {
  /** Of a longer line, what is around the place is shown. */
  private static final int LONGEST = 160;

  private Report() {}

  public static String of(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(Report::of).collect(Collectors.joining());
  }

  public static String of(Diagnostic diagnostic) {
    return of(diagnostic, Phrases.ENGLISH);
  }

  /** Three lines, each with its end, and one for each note; in the language of the phrases. */
  public static String of(Diagnostic english, Phrases phrases) {
    Diagnostic diagnostic = english.in(phrases);
    Source source = diagnostic.source();
    Span span = diagnostic.span();
    Source.Position position = source.position(span.start());
    String whole = source.lineAt(span.start());
    int column = whole.offsetByCodePoints(0, Math.min(position.column() - 1, whole.codePointCount(0, whole.length())));
    int from = whole.length() <= LONGEST ? 0 : Math.max(0, column - LONGEST / 2);
    String line = cut(whole, from);
    int before = width(line.substring(0, Math.min(line.length(), column - from + (from > 0 ? 1 : 0))));
    int length = width(line);
    String covering = source.text(new Span(span.start(), Math.min(span.end(), span.start() + LONGEST))).split("\\R", 2)[0];
    int carets = Math.max(1, Math.min(width(covering), length - before));
    String number = "%4d".formatted(position.line());
    return "%s:%d:%d %s %s: %s%n".formatted(
            Printable.line(source.name()),
            position.line(),
            position.column(),
            phrases.say(diagnostic.severity().toString()),
            diagnostic.code(),
            Printable.line(brief(diagnostic.message())))
        + diagnostic.notes().stream().map(n -> note(source, n)).collect(Collectors.joining())
        + "%s | %s%n".formatted(number, shown(line))
        + "%s | %s%s%s%n".formatted(
            " ".repeat(number.length()),
            " ".repeat(before),
            "^".repeat(carets),
            diagnostic.remedy().isEmpty() ? "" : " " + diagnostic.remedy().text());
  }

  /** A line of a script as it is seen: a tab takes one column, and what cannot be seen is written out. */
  private static String shown(String line) {
    return Printable.line(line.replace('\t', ' '));
  }

  private static int width(String line) {
    return TextWidth.of(shown(line));
  }

  private static String cut(String line, int from) {
    boolean more = line.length() - from > LONGEST;
    return (from > 0 ? "…" : "") + line.substring(from, more ? from + LONGEST : line.length()) + (more ? "…" : "");
  }

  /** A name of a million letters is not repeated. */
  private static String brief(String message) {
    return message.length() <= 4 * LONGEST ? message : message.substring(0, 2 * LONGEST) + " … " + message.substring(message.length() - LONGEST);
  }

  /** An earlier line with what is so there. */
  private static String note(Source source, Diagnostic.Note note) {
    String line = shown(cut(source.lineAt(note.span().start()), 0));
    return "%4d | %-40s  %s%n".formatted(source.position(note.span().start()).line(), line, note.text());
  }
}
