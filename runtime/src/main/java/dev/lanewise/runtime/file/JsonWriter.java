package dev.lanewise.runtime.file;

/**
 * Writes JSON (RFC 8259), on one line and without blanks; in the order in which it is told.
 *
 * <pre>{@code new JsonWriter().beginObject().name("loss").value(0.5).endObject().toString() // {"loss":0.5} }</pre>
 */
public final class JsonWriter {
  private final StringBuilder text = new StringBuilder();

  public JsonWriter beginObject() {
    return begin('{');
  }

  public JsonWriter endObject() {
    text.append('}');
    return this;
  }

  public JsonWriter beginArray() {
    return begin('[');
  }

  public JsonWriter endArray() {
    text.append(']');
    return this;
  }

  /** That of the value which comes next. */
  public JsonWriter name(String name) {
    value(name);
    text.append(':');
    return this;
  }

  public JsonWriter value(String value) {
    part();
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      character(value, i);
    }
    text.append('"');
    return this;
  }

  public JsonWriter value(long value) {
    return plain(Long.toString(value));
  }

  /** JSON has no NaN and no infinity: both become null. */
  public JsonWriter value(double value) {
    return number(value, Double.toString(value));
  }

  /** The same, with the digits that it is to have: {@code 1.00000e-05}. */
  public JsonWriter number(double value, String digits) {
    return plain(Double.isFinite(value) ? digits : "null");
  }

  public JsonWriter value(boolean value) {
    return plain(Boolean.toString(value));
  }

  /** What has been written so far. */
  @Override
  public String toString() {
    return text.toString();
  }

  private JsonWriter begin(char bracket) {
    part();
    text.append(bracket);
    return this;
  }

  private JsonWriter plain(String value) {
    part();
    text.append(value);
    return this;
  }

  /** Apart from what stands before. */
  private void part() {
    if (!text.isEmpty() && "{[:".indexOf(text.charAt(text.length() - 1)) < 0) {
      text.append(',');
    }
  }

  /** Halves of letters, which no UTF-8 can hold, are written as escapes, too. */
  private void character(String value, int at) {
    char c = value.charAt(at);
    switch (c) {
      case '"', '\\' -> text.append('\\').append(c);
      case '\n' -> text.append("\\n");
      case '\t' -> text.append("\\t");
      case '\r' -> text.append("\\r");
      case '\b' -> text.append("\\b");
      case '\f' -> text.append("\\f");
      default -> {
        if (c < ' ' || isHalf(value, at)) {
          text.append(String.format("\\u%04X", (int) c));
        } else {
          text.append(c);
        }
      }
    }
  }

  private static boolean isHalf(String value, int at) {
    char c = value.charAt(at);
    return Character.isHighSurrogate(c) && !(at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1)))
        || Character.isLowSurrogate(c) && !(at > 0 && Character.isHighSurrogate(value.charAt(at - 1)));
  }
}
