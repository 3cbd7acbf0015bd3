package dev.lanewise.runtime.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As much JSON (RFC 8259) as a safetensors header needs: objects, arrays, strings, whole numbers. */
final class Json {
  private static final int DEEPEST = 16;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * @return Map, List, String or Long
   * @throws IOException with the character at which the text stops being JSON
   */
  static Object parse(String text) throws IOException {
    Json json = new Json(text);
    Object value = json.value(0);
    json.space();
    if (json.at < text.length()) {
      throw json.error("nothing more");
    }
    return value;
  }

  private Object value(int depth) throws IOException {
    if (depth > DEEPEST) {
      throw error("less nesting");
    }
    space();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    space();
    if (peek() == '}') {
      at++;
      return object;
    }
    do {
      space();
      String key = string();
      space();
      expect(':');
      if (object.put(key, value(depth + 1)) != null) {
        throw error("each key once, not a second \"" + key + "\"");
      }
      space();
    } while (more('}'));
    return object;
  }

  private List<Object> array(int depth) throws IOException {
    List<Object> array = new ArrayList<>();
    at++;
    space();
    if (peek() == ']') {
      at++;
      return array;
    }
    do {
      array.add(value(depth + 1));
      space();
    } while (more(']'));
    return array;
  }

  private boolean more(char end) throws IOException {
    if (peek() == end) {
      at++;
      return false;
    }
    expect(',');
    return true;
  }

  private String string() throws IOException {
    expect('"');
    StringBuilder s = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < ' ') {
        throw error("no control character in a string");
      }
      s.append(c == '\\' ? escape() : c);
    }
    return s.toString();
  }

  private char escape() throws IOException {
    char c = next();
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\', '/' -> c;
      case 'u' -> unicode();
      default -> throw error("a known escape");
    };
  }

  private char unicode() throws IOException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw error("four hexadecimal digits");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private Long number() throws IOException {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start || at - start > 18) {
      throw error("a whole number, string, list or object");
    }
    return Long.valueOf(text.substring(start, at));
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws IOException {
    if (at >= text.length()) {
      throw error("more");
    }
    return text.charAt(at);
  }

  private char next() throws IOException {
    char c = peek();
    at++;
    return c;
  }

  private void expect(char c) throws IOException {
    if (next() != c) {
      at--;
      throw error("'" + c + "'");
    }
  }

  private IOException error(String expected) {
    return new IOException("character " + at + " of the header: expected " + expected);
  }

  /** A string literal. */
  static String quote(String s) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : s.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
