package dev.lanewise.repl.render;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Explanation;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.language.Printable;
import dev.lanewise.runtime.file.JsonWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * Diagnostics as SARIF 2.1.0 (OASIS), the form in which code hosts and editors take findings of tools: remedies that are edits are {@code fixes},
 * what led to a mistake are {@code relatedLocations}, a file that cannot be read is a notification.
 */
public final class Sarif {
  private static final String SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private final JsonWriter json;
  private final List<Code> rules;

  private Sarif(JsonWriter json, List<Code> rules) {
    this.json = json;
    this.rules = rules;
  }

  /**
   * The whole document, with a line end.
   *
   * @param unread why scripts could not be read
   */
  public static String of(String version, List<Diagnostic> diagnostics, List<String> unread) {
    JsonWriter json = new JsonWriter();
    List<Code> rules = diagnostics.stream().map(Diagnostic::code).distinct().sorted().toList();
    new Sarif(json, rules).document(version, diagnostics, unread);
    return Printable.json(json + "\n");
  }

  private void document(String version, List<Diagnostic> diagnostics, List<String> unread) {
    json.beginObject();
    put("$schema", SCHEMA);
    put("version", "2.1.0");
    json.name("runs").beginArray().beginObject();
    put("columnKind", "unicodeCodePoints");
    begin("tool");
    begin("driver");
    put("name", "Lanewise");
    put("version", version);
    json.name("rules").beginArray();
    rules.forEach(this::rule);
    json.endArray().endObject().endObject();
    invocation(unread);
    json.name("results").beginArray();
    diagnostics.forEach(this::result);
    json.endArray().endObject().endArray().endObject();
  }

  private void invocation(List<String> unread) {
    json.name("invocations").beginArray().beginObject();
    json.name("executionSuccessful").value(unread.isEmpty());
    json.name("toolExecutionNotifications").beginArray();
    for (String why : unread) {
      json.beginObject();
      put("level", "error");
      text("message", why);
      json.endObject();
    }
    json.endArray().endObject().endArray();
  }

  private void rule(Code code) {
    json.beginObject();
    put("id", code.name());
    text("shortDescription", code.summary());
    text("fullDescription", Explanation.of(code).text());
    help(Explanation.of(code));
    begin("defaultConfiguration");
    put("level", code.severity().toString());
    json.endObject().endObject();
  }

  private void help(Explanation story) {
    StringBuilder help = new StringBuilder(story.text());
    story.wrong().ifPresent(w -> help.append("\n\nWrong:\n\n```\n").append(w).append("\n```"));
    story.right().ifPresent(r -> help.append("\n\nRight:\n\n```\n").append(r).append("\n```"));
    begin("help");
    put("text", help.toString().replace("```\n", "").replace("\n```", ""));
    put("markdown", help.toString());
    json.endObject();
  }

  private void result(Diagnostic d) {
    json.beginObject();
    put("ruleId", d.code().name());
    number("ruleIndex", rules.indexOf(d.code()));
    put("level", d.severity().toString());
    text("message", d.remedy().isEmpty() ? d.message() : d.message() + ": " + d.remedy().text());
    json.name("locations").beginArray().beginObject();
    place(d.source(), d.span());
    json.endObject().endArray();
    if (!d.notes().isEmpty()) {
      json.name("relatedLocations").beginArray();
      d.notes().forEach(n -> note(d.source(), n));
      json.endArray();
    }
    if (!d.remedy().edits().isEmpty()) {
      fix(d);
    }
    json.endObject();
  }

  private void note(Source source, Diagnostic.Note note) {
    json.beginObject();
    place(source, note.span());
    text("message", note.text());
    json.endObject();
  }

  private void fix(Diagnostic d) {
    json.name("fixes").beginArray().beginObject();
    text("description", d.remedy().text());
    json.name("artifactChanges").beginArray().beginObject();
    artifact(d.source());
    json.name("replacements").beginArray();
    d.remedy().edits().forEach(e -> replacement(d.source(), e));
    json.endArray().endObject().endArray();
    begin("properties");
    json.name("certain").value(d.remedy().certain());
    json.endObject().endObject().endArray();
  }

  private void replacement(Source source, Edit edit) {
    json.beginObject();
    region("deletedRegion", source, edit.span());
    text("insertedContent", edit.text());
    json.endObject();
  }

  private void place(Source source, Span span) {
    begin("physicalLocation");
    artifact(source);
    region("region", source, span);
    json.endObject();
  }

  private void artifact(Source source) {
    begin("artifactLocation");
    put("uri", uri(source.name()));
    json.endObject();
  }

  private void region(String name, Source source, Span span) {
    Source.Position start = source.position(span.start());
    Source.Position end = source.position(span.end());
    begin(name);
    number("startLine", start.line());
    number("startColumn", start.column());
    number("endLine", end.line());
    number("endColumn", end.column());
    json.endObject();
  }

  /** A path as a URI: a relative one stays so, and what does not stand for itself there is escaped. */
  private static String uri(String path) {
    if (Path.of(path).isAbsolute()) {
      return Path.of(path).toUri().toASCIIString();
    }
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
