package dev.lanewise.dsl.diagnostic;

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
  private Report() {}

  public static String of(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(Report::of).collect(Collectors.joining());
  }

  /** Three lines, each with its end, and one for each note. */
  public static String of(Diagnostic diagnostic) {
    Source source = diagnostic.source();
    Span span = diagnostic.span();
    Source.Position position = source.position(span.start());
    String line = source.lineAt(span.start());
    int before = position.column() - 1;
    int length = line.codePointCount(0, line.length());
    int covered = source.text(span).split("\\R", 2)[0].codePointCount(0, source.text(span).split("\\R", 2)[0].length());
    int carets = Math.max(1, Math.min(covered, length - before));
    String number = "%4d".formatted(position.line());
    return "%s:%d:%d %s %s: %s%n".formatted(
            source.name(),
            position.line(),
            position.column(),
            diagnostic.severity(),
            diagnostic.code(),
            diagnostic.message())
        + diagnostic.notes().stream().map(n -> note(source, n)).collect(Collectors.joining())
        + "%s | %s%n".formatted(number, line.replace('\t', ' '))
        + "%s | %s%s%s%n".formatted(
            " ".repeat(number.length()),
            " ".repeat(before),
            "^".repeat(carets),
            diagnostic.remedy().isEmpty() ? "" : " " + diagnostic.remedy());
  }

  /** An earlier line with what is so there. */
  private static String note(Source source, Diagnostic.Note note) {
    String line = source.lineAt(note.span().start()).replace('\t', ' ');
    return "%4d | %-40s  %s%n".formatted(source.position(note.span().start()).line(), line, note.text());
  }
}
