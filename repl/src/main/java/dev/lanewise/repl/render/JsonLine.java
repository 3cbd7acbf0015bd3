package dev.lanewise.repl.render;

import java.io.PrintStream;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * Builds JSON objects of one line each.
 *
 * <pre>{@code new JsonLine(out).event("value").put("name", "x").end() // {"event":"value","name":"x"} }</pre>
 */
public final class JsonLine {
  private final JsonFactory factory = new JsonFactory();
  private final PrintStream out;
  private StringWriter text;
  private JsonGenerator json;

  public JsonLine(PrintStream out) {
    this.out = out;
  }

  /** Begins a line. */
  public JsonLine event(String name) {
    text = new StringWriter();
    json = factory.createGenerator(text);
    json.writeStartObject();
    return put("event", name);
  }

  public JsonLine put(String name, String value) {
    json.writeName(name).writeString(value);
    return this;
  }

  public JsonLine put(String name, int value) {
    json.writeName(name).writeNumber(value);
    return this;
  }

  /** JSON has no NaN and no infinity: both become null. */
  public JsonLine put(String name, double value) {
    json.writeName(name);
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
    return this;
  }

  public JsonLine put(String name, boolean value) {
    json.writeName(name).writeBoolean(value);
    return this;
  }

  public JsonLine put(String name, List<String> values) {
    json.writeName(name);
    array(values);
    return this;
  }

  public JsonLine rows(String name, List<List<String>> rows) {
    json.writeName(name).writeStartArray();
    rows.forEach(this::array);
    json.writeEndArray();
    return this;
  }

  /** Begins an object inside this one. */
  public JsonLine open(String name) {
    json.writeName(name).writeStartObject();
    return this;
  }

  public JsonLine close() {
    json.writeEndObject();
    return this;
  }

  /** Ends the line and writes it. */
  public void end() {
    json.writeEndObject();
    json.close();
    out.println(text);
    out.flush();
  }

  private void array(List<String> values) {
    json.writeStartArray();
    values.forEach(json::writeString);
    json.writeEndArray();
  }
}
