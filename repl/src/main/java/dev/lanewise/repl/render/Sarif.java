package dev.lanewise.repl.render;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.language.Printable;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/** Diagnostics as SARIF 2.1.0 (OASIS), the form in which code hosts and editors take findings of tools. */
public final class Sarif {
  private final JsonGenerator json;

  private Sarif(JsonGenerator json) {
    this.json = json;
  }

  /** The whole document, with a line end. */
  public static String of(String version, List<Diagnostic> diagnostics) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      new Sarif(json).document(version, diagnostics);
    }
    return Printable.json(text.append('\n').toString());
  }

  private void document(String version, List<Diagnostic> diagnostics) {
    json.writeStartObject();
    put("version", "2.1.0");
    json.writeName("runs").writeStartArray().writeStartObject();
    put("columnKind", "unicodeCodePoints");
    begin("tool");
    begin("driver");
    put("name", "Lanewise");
    put("version", version);
    json.writeName("rules").writeStartArray();
    diagnostics.stream().map(Diagnostic::code).distinct().sorted().forEach(this::rule);
    json.writeEndArray().writeEndObject().writeEndObject();
    json.writeName("results").writeStartArray();
    diagnostics.forEach(this::result);
    json.writeEndArray().writeEndObject().writeEndArray().writeEndObject();
  }

  private void rule(Code code) {
    json.writeStartObject();
    put("id", code.name());
    text("shortDescription", code.summary());
    json.writeEndObject();
  }

  private void result(Diagnostic d) {
    Source source = d.source();
    Source.Position start = source.position(d.span().start());
    Source.Position end = source.position(d.span().end());
    json.writeStartObject();
    put("ruleId", d.code().name());
    put("level", d.severity().toString());
    text("message", d.remedy().isEmpty() ? d.message() : d.message() + ": " + d.remedy());
    json.writeName("locations").writeStartArray().writeStartObject();
    begin("physicalLocation");
    begin("artifactLocation");
    put("uri", uri(source.name()));
    json.writeEndObject();
    begin("region");
    number("startLine", start.line());
    number("startColumn", start.column());
    number("endLine", end.line());
    number("endColumn", end.column());
    json.writeEndObject().writeEndObject().writeEndObject().writeEndArray().writeEndObject();
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
    json.writeName(name).writeStartObject();
  }

  private void put(String name, String value) {
    json.writeName(name).writeString(value);
  }

  private void number(String name, int value) {
    json.writeName(name).writeNumber(value);
  }

  private void text(String name, String value) {
    begin(name);
    put("text", value);
    json.writeEndObject();
  }
}
