package dev.lanewise.repl.render;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;

/** A diagnostic as a JSON object: where it is, what is wrong, what would mend it, what led there. Lines and columns begin at 1, and the end is behind the last letter. */
final class DiagnosticJson {
  private DiagnosticJson() {}

  static void tell(JsonLine json, Diagnostic d) {
    json.event("diagnostic").put("severity", d.severity().toString()).put("code", d.code().name());
    place(json, d.source(), d.span(), true);
    json.put("message", d.message()).put("remedy", d.remedy().text());
    edits(json, d);
    json.each("notes", d.notes(), (line, note) -> {
      place(line, d.source(), note.span(), false);
      line.put("text", note.text());
    });
    json.end();
  }

  /** Done together, they are the remedy; {@code certain} says whether {@code fix} does them. */
  static void edits(JsonLine json, Diagnostic d) {
    json.put("certain", d.remedy().certain() && !d.remedy().edits().isEmpty());
    json.each("edits", d.remedy().edits(), (line, edit) -> {
      place(line, d.source(), edit.span(), false);
      line.put("text", edit.text());
    });
  }

  static void place(JsonLine json, Source source, Span span, boolean named) {
    if (named) {
      json.put("file", source.name());
    }
    Source.Position start = source.position(span.start());
    Source.Position end = source.position(span.end());
    json.put("line", start.line()).put("column", start.column()).put("endLine", end.line()).put("endColumn", end.column());
  }
}
