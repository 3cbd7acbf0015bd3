package dev.lanewise.repl.render;

import dev.lanewise.dsl.language.Printable;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * Builds JSON objects of one line each.
 *
 * <pre>{@code new JsonLine(out).event("value").put("name", "x").end() // {"event":"value","name":"x"} }</pre>
 */
final class JsonLine {
  private final JsonFactory factory = new JsonFactory();
  private final Output out;
  private StringWriter text;
  private JsonGenerator json;

  JsonLine(Output out) {
    this.out = out;
  }

  /** Begins a line. */
  JsonLine event(String name) {
    text = new StringWriter();
    json = factory.createGenerator(text);
    json.writeStartObject();
    return put("event", name);
  }

  JsonLine put(String name, String value) {
    json.writeName(name).writeString(value);
    return this;
  }

  JsonLine put(String name, int value) {
    json.writeName(name).writeNumber(value);
    return this;
  }

  /** JSON has no NaN and no infinity: both become null. */
  JsonLine put(String name, double value) {
    json.writeName(name);
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
    return this;
  }

  JsonLine put(String name, boolean value) {
    json.writeName(name).writeBoolean(value);
    return this;
  }

  JsonLine put(String name, List<String> values) {
    json.writeName(name);
    array(values);
    return this;
  }

  JsonLine rows(String name, List<List<String>> rows) {
    json.writeName(name).writeStartArray();
    rows.forEach(this::array);
    json.writeEndArray();
    return this;
  }

  /** Begins an object inside this one. */
  JsonLine open(String name) {
    json.writeName(name).writeStartObject();
    return this;
  }

  JsonLine close() {
    json.writeEndObject();
    return this;
  }

  /** Ends the line and writes it. */
  void end() {
    json.writeEndObject();
    json.close();
    out.println(Printable.json(text.toString()));
    out.flush();
  }

  private void array(List<String> values) {
    json.writeStartArray();
    values.forEach(json::writeString);
    json.writeEndArray();
  }
}
