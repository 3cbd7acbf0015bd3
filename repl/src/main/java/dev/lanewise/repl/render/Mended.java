package dev.lanewise.repl.render;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.language.Printable;
import dev.lanewise.dsl.mend.Fix;
import java.util.List;

/**
 * A mistake that was mended, in a line: {@code lenet.net:3:3 L006: `densse` → `dense`}. Places are those of the text as it was when the remedy was done.
 *
 * @param was what stood there
 * @param is what stands there now
 */
public record Mended(Diagnostic diagnostic, String was, String is) {
  private static final int LONGEST = 60;

  /** All that was mended, in the order in which that happened. */
  public static List<Mended> of(Fix fix) {
    return fix.done().stream().map(Mended::of).toList();
  }

  private static Mended of(Diagnostic d) {
    Span changed = changed(d);
    // What is added or taken away says little without what is around it.
    Span seen = d.source().text(changed).isBlank() || written(d, changed).isBlank() ? lines(d.source().text(), changed) : changed;
    return new Mended(d, d.source().text(seen), written(d, seen));
  }

  private static Span changed(Diagnostic d) {
    return d.remedy().edits().stream().map(Edit::span).reduce(Span::to).orElseThrow();
  }

  /** What becomes of a stretch that holds all edits. */
  private static String written(Diagnostic d, Span seen) {
    List<Edit> inside = d.remedy().edits().stream()
        .map(e -> new Edit(new Span(e.span().start() - seen.start(), e.span().end() - seen.start()), e.text())).toList();
    return Edit.applied(d.source().text(seen), inside);
  }

  private static Span lines(String text, Span span) {
    int start = text.lastIndexOf('\n', span.start() - 1) + 1;
    int end = text.indexOf('\n', span.end());
    return new Span(start, end < 0 ? text.length() : end);
  }

  /** As an object of its own. */
  public void tell(JsonLine json) {
    json.event("mended");
    DiagnosticJson.place(json, diagnostic.source(), diagnostic.span(), true);
    json.put("code", diagnostic.code().name()).put("message", diagnostic.message()).put("was", was).put("is", is);
    DiagnosticJson.edits(json, diagnostic);
    json.end();
  }

  @Override
  public String toString() {
    var at = diagnostic.source().position(changed(diagnostic).start());
    return Printable.line(diagnostic.source().name()) + ":" + at.line() + ":" + at.column() + " " + diagnostic.code() + ": " + brief(was) + " → " + brief(is);
  }

  private static String brief(String text) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", "; ");
    return line.isEmpty() ? "-" : "`" + Printable.line(line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + "`";
  }
}
