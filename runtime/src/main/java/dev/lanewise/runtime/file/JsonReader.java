package dev.lanewise.runtime.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much JSON (RFC 8259) as headers need: objects, arrays, strings, whole numbers, true, false and null; on request all of it. */
public final class JsonReader {
  private static final int DEEPEST = 16;
  private static final int DEEPEST_OF_ALL = 200;
  /** Bounds the memory that a text of many tiny values takes. */
  private static final int MOST = 1_000_000;

  private static final Pattern NUMBER = Pattern.compile("-?(?:(?:0|[1-9][0-9]{0,400})(?:\\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,9})?|Infinity)|NaN");

  private final String text;
  private final long origin;
  private final boolean all;
  private final Map<String, Long> keys = new HashMap<>();
  private int at;
  private int values;
  private int lastKey;
  private long lastOffset;

  /** @param origin the file's offset at which the text begins */
  public JsonReader(String text, long origin) {
    this(text, origin, false);
  }

  private JsonReader(String text, long origin, boolean all) {
    this.text = text;
    this.origin = origin;
    this.all = all;
    this.lastOffset = origin;
  }

  /** With numbers of any kind, which Python's NaN and Infinity are, too, and with deep nesting: whole numbers are Long, others Double. */
  public static JsonReader ofAll(String text) {
    return new JsonReader(text, 0, true);
  }

  /**
   * @return Map, List, String, Long, Boolean, or null; of all JSON also Double
   * @throws IOException with the offset of the byte at which the text stops being JSON
   */
  public Object parse() throws IOException {
    Object value = value(0);
    space();
    if (at < text.length()) {
      throw error("nothing more");
    }
    return value;
  }

  /** The file's offset of a key of the outermost object. */
  long offset(String key) {
    return keys.get(key);
  }

  private long offset(int character) {
    return origin + bytes(0, character);
  }

  private int bytes(int from, int to) {
    return text.substring(from, to).getBytes(StandardCharsets.UTF_8).length;
  }

  /** Keys come in order: each is counted from the one before, so that many keys are not many passes over the text. */
  private void remember(String key, int start) {
    lastOffset += bytes(lastKey, start);
    lastKey = start;
    keys.put(key, lastOffset);
  }

  private Object value(int depth) throws IOException {
    if (depth > (all ? DEEPEST_OF_ALL : DEEPEST)) {
      throw error("less nesting");
    }
    if (++values > MOST) {
      throw error("at most " + MOST + " values");
    }
    space();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't', 'f', 'n' -> word();
      default -> number();
    };
  }

  /** {@code true}, {@code false} and {@code null}. */
  private Object word() throws IOException {
    for (String word : List.of("true", "false", "null")) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("null") ? null : (Object) word.equals("true");
      }
    }
    return number();
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
      int start = at;
      String key = string();
      if (object.containsKey(key)) {
        throw error(start, "each key once, not a second \"" + key + "\"");
      }
      if (depth == 0) {
        remember(key, start);
      }
      space();
      expect(':');
      object.put(key, value(depth + 1));
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
      char digit = next();
      if (!HexFormat.isHexDigit(digit)) {
        throw error(at - 1, "four hexadecimal digits");
      }
      code = code * 16 + HexFormat.fromHexDigit(digit);
    }
    return (char) code;
  }

  private Number number() throws IOException {
    int start = at;
    if (all) {
      return anyNumber();
    }
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start || at - start > 18) {
      throw error(start, "a whole number, string, list or object");
    }
    if (text.charAt(start) == '0' && at - start > 1) {
      throw error(start, "a number without a leading zero");
    }
    return Long.valueOf(text.substring(start, at));
  }

  private Number anyNumber() throws IOException {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw error("a number, string, list or object");
    }
    at = number.end();
    String found = number.group();
    return found.matches("-?[0-9]{1,18}") ? (Number) Long.valueOf(found) : (Number) Double.valueOf(found);
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
    return error(at, expected);
  }

  private IOException error(int character, String expected) {
    return new IOException("offset " + offset(character) + ": the header is no such JSON: expected " + expected);
  }
}
