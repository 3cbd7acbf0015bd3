package dev.lanewise.repl.render;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.language.Printable;
import dev.lanewise.runtime.file.JsonWriter;
import java.util.List;

/** Diagnostics as SARIF 2.1.0 (OASIS), the form in which code hosts and editors take findings of tools. */
public final class Sarif {
  private final JsonWriter json;

  private Sarif(JsonWriter json) {
    this.json = json;
  }

  /** The whole document, with a line end. */
  public static String of(String version, List<Diagnostic> diagnostics) {
    JsonWriter json = new JsonWriter();
    new Sarif(json).document(version, diagnostics);
    return Printable.json(json + "\n");
  }

  private void document(String version, List<Diagnostic> diagnostics) {
    json.beginObject();
    put("version", "2.1.0");
    json.name("runs").beginArray().beginObject();
    put("columnKind", "unicodeCodePoints");
    begin("tool");
    begin("driver");
    put("name", "Lanewise");
    put("version", version);
    json.name("rules").beginArray();
    diagnostics.stream().map(Diagnostic::code).distinct().sorted().forEach(this::rule);
    json.endArray().endObject().endObject();
    json.name("results").beginArray();
    diagnostics.forEach(this::result);
    json.endArray().endObject().endArray().endObject();
  }

  private void rule(Code code) {
    json.beginObject();
    put("id", code.name());
    text("shortDescription", code.summary());
    json.endObject();
  }

  private void result(Diagnostic d) {
    Source source = d.source();
    Source.Position start = source.position(d.span().start());
    Source.Position end = source.position(d.span().end());
    json.beginObject();
    put("ruleId", d.code().name());
    put("level", d.severity().toString());
    text("message", d.remedy().isEmpty() ? d.message() : d.message() + ": " + d.remedy().text());
    json.name("locations").beginArray().beginObject();
    begin("physicalLocation");
    begin("artifactLocation");
    put("uri", uri(source.name()));
    json.endObject();
    begin("region");
    number("startLine", start.line());
    number("startColumn", start.column());
    number("endLine", end.line());
    number("endColumn", end.column());
    json.endObject().endObject().endObject().endArray().endObject();
  }

  /** A relative path as a URI: what stands for itself there, the rest escaped. */
  private static String uri(String path) {
    try {
      return new java.net.URI(null, null, path.replace('\\', '/'), null).toASCIIString();
    } catch (java.net.URISyntaxException impossible) {
      throw new IllegalArgumentException("no path: " + path, impossible);
    }
  }

  private void begin(String name) {
    json.name(name).beginObject();
  }

  private void put(String name, String value) {
    json.name(name).value(value);
  }

  private void number(String name, int value) {
    json.name(name).value(value);
  }

  private void text(String name, String value) {
    begin(name);
    put("text", value);
    json.endObject();
  }
}
