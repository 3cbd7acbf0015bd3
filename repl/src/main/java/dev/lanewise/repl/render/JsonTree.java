package dev.lanewise.repl.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** JSON as maps, lists, texts, doubles, booleans and null. */
public final class JsonTree {
  private JsonTree() {}

  /** @throws tools.jackson.core.JacksonException if it is no JSON */
  public static Object read(String json) {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return object(parser);
    } else if (token == JsonToken.START_ARRAY) {
      return array(parser);
    } else if (token == JsonToken.VALUE_STRING) {
      return parser.getString();
    } else if (token != null && token.isNumeric()) {
      return parser.getDoubleValue();
    }
    return token == null || token == JsonToken.VALUE_NULL ? null : (Object) (token == JsonToken.VALUE_TRUE);
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return values;
  }
}
