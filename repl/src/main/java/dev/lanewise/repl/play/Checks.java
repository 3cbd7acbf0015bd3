package dev.lanewise.repl.play;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.parse.Highlights;
import dev.lanewise.dsl.session.Checkup;
import dev.lanewise.runtime.file.JsonWriter;
import java.util.List;
import java.util.Locale;

/** What an editor needs of a script: mistakes with their remedies, shapes at the ends of lines, colours. Offsets count the units of UTF-16, as browsers do. */
final class Checks {
  private Checks() {}

  static String of(Source source, Checkup found, Phrases phrases) {
    JsonWriter json = new JsonWriter().beginObject();
    diagnostics(json, source, found.diagnostics(), phrases);
    json.name("shapes").beginArray();
    found.shapes(source).forEach((line, shape) -> json.beginObject().name("line").value(line).name("text").value(shape).endObject());
    json.endArray().name("highlights").beginArray();
    for (Highlights.Piece piece : Highlights.of(source.text())) {
      json.beginArray().value(piece.span().start()).value(piece.span().end()).value(piece.kind().name().toLowerCase(Locale.ROOT)).endArray();
    }
    return json.endArray().endObject().toString();
  }

  static void diagnostics(JsonWriter json, Source source, List<Diagnostic> all, Phrases phrases) {
    json.name("diagnostics").beginArray();
    for (Diagnostic d : all) {
      boolean isHere = d.source().name().equals(source.name());
      Source.Position at = d.source().position(d.span().start());
      json.beginObject().name("severity").value(d.severity().toString()).name("code").value(d.code().name()).name("message").value(phrases.say(d.message()))
          .name("remedy").value(phrases.say(d.remedy().text())).name("certain").value(d.remedy().certain() && !d.remedy().edits().isEmpty())
          .name("file").value(isHere ? "" : d.source().name()).name("line").value(at.line()).name("column").value(at.column()).name("start").value(d.span().start()).name("end").value(d.span().end())
          .name("edits").beginArray();
      for (Edit edit : isHere ? d.remedy().edits() : List.<Edit>of()) {
        json.beginObject().name("start").value(edit.span().start()).name("end").value(edit.span().end()).name("text").value(edit.text()).endObject();
      }
      json.endArray().endObject();
    }
    json.endArray();
  }
}
