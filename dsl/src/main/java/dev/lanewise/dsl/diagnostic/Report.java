package dev.lanewise.dsl.diagnostic;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A diagnostic as text for people:
 *
 * <pre>
 * lenet.net:6:3 error L012: dense(10) needs a flat input, but gets 20x4x4
 *    6 |   dense(10)
 *      |   ^^^^^^^^^ add `flatten` before it (320 features)
 * </pre>
 */
public final class Report {
  private Report() {}

  public static String of(Source source, List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(d -> of(source, d)).collect(Collectors.joining());
  }

  /** Three lines, each with its end. */
  public static String of(Source source, Diagnostic diagnostic) {
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
        + "%s | %s%n".formatted(number, line.replace('\t', ' '))
        + "%s | %s%s%s%n".formatted(
            " ".repeat(number.length()),
            " ".repeat(before),
            "^".repeat(carets),
            diagnostic.remedy().isEmpty() ? "" : " " + diagnostic.remedy());
  }
}
