package dev.lanewise.repl.render;

import dev.lanewise.dsl.language.Printable;
import dev.lanewise.repl.text.Output;
import dev.lanewise.runtime.file.JsonWriter;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Builds JSON objects of one line each.
 *
 * <pre>{@code new JsonLine(out).event("value").put("name", "x").end() // {"event":"value","name":"x"} }</pre>
 */
public final class JsonLine {
  private final Output out;
  private JsonWriter json;

  public JsonLine(Output out) {
    this.out = out;
  }

  /** Begins a line. */
  public JsonLine event(String name) {
    json = new JsonWriter().beginObject();
    return put("event", name);
  }

  public JsonLine put(String name, String value) {
    json.name(name).value(value);
    return this;
  }

  public JsonLine put(String name, int value) {
    json.name(name).value(value);
    return this;
  }

  /** JSON has no NaN and no infinity: both become null. */
  public JsonLine put(String name, double value) {
    json.name(name).value(value);
    return this;
  }

  public JsonLine put(String name, boolean value) {
    json.name(name).value(value);
    return this;
  }

  public JsonLine put(String name, List<String> values) {
    json.name(name);
    array(values);
    return this;
  }

  public JsonLine rows(String name, List<List<String>> rows) {
    json.name(name).beginArray();
    rows.forEach(this::array);
    json.endArray();
    return this;
  }

  /** An object for each of some things. */
  public <T> JsonLine each(String name, List<T> things, BiConsumer<JsonLine, T> told) {
    json.name(name).beginArray();
    for (T thing : things) {
      json.beginObject();
      told.accept(this, thing);
      json.endObject();
    }
    json.endArray();
    return this;
  }

  /** Numbers as numbers; those that JSON does not have become null. */
  public JsonLine numbers(String name, List<? extends Number> values) {
    json.name(name).beginArray();
    for (Number value : values) {
      if (value instanceof Integer whole) {
        json.value((long) whole);
      } else {
        json.value(value.doubleValue());
      }
    }
    json.endArray();
    return this;
  }

  /** Begins an object inside this one. */
  public JsonLine open(String name) {
    json.name(name).beginObject();
    return this;
  }

  public JsonLine close() {
    json.endObject();
    return this;
  }

  /** Ends the line and writes it. */
  public void end() {
    out.println(Printable.json(json.endObject().toString()));
    out.flush();
  }

  private void array(List<String> values) {
    json.beginArray();
    values.forEach(json::value);
    json.endArray();
  }
}
