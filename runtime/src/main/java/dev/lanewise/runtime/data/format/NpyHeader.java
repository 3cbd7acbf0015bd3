package dev.lanewise.runtime.data.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the header of a .npy file, which is a Python dictionary with three entries in any order.
 *
 * <pre>{@code {'descr': '<f4', 'fortran_order': False, 'shape': (60000, 784), } }</pre>
 */
final class NpyHeader {
  /** Offsets are those in the file. */
  record Content(String type, long typeAt, boolean fortran, List<Long> shape, long shapeAt) {}

  private final String name;
  private final long begin;
  private final String text;
  private int at;

  /** @param begin where the header begins in the file */
  NpyHeader(String name, long begin, String text) {
    this.name = name;
    this.begin = begin;
    this.text = text;
  }

  Content content() throws IOException {
    String type = null;
    Boolean fortran = null;
    List<Long> shape = null;
    long typeAt = 0;
    long shapeAt = 0;
    expect("{");
    while (!accept("}")) {
      int keyAt = at;
      String key = string();
      expect(":");
      blanks();
      if (key.equals("descr") && type == null) {
        typeAt = begin + at;
        type = fields() ? "" : string();
      } else if (key.equals("fortran_order") && fortran == null) {
        fortran = flag();
      } else if (key.equals("shape") && shape == null) {
        shapeAt = begin + at;
        shape = tuple();
      } else {
        at = keyAt;
        throw error("a second or unknown entry '" + key + "'");
      }
      if (!accept(",")) {
        expect("}");
        break;
      }
    }
    blanks();
    if (at < text.length()) {
      throw error("something follows the dictionary");
    }
    if (type == null || fortran == null || shape == null) {
      throw error("the header needs 'descr', 'fortran_order' and 'shape'");
    }
    return new Content(type, typeAt, fortran, shape, shapeAt);
  }

  private String string() throws IOException {
    blanks();
    char quote = at < text.length() ? text.charAt(at) : ' ';
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
    if (end < 0) {
      throw error("expected a text in quotes");
    }
    String found = text.substring(at + 1, end);
    at = end + 1;
    return found;
  }

  /** Passes over a list that stands in place of a type; whether there is one. */
  private boolean fields() throws IOException {
    if (at >= text.length() || text.charAt(at) != '[') {
      return false;
    }
    int depth = 0;
    do {
      depth += text.charAt(at) == '[' ? 1 : text.charAt(at) == ']' ? -1 : 0;
      at++;
    } while (depth > 0 && at < text.length());
    return true;
  }

  private boolean flag() throws IOException {
    if (accept("True")) {
      return true;
    }
    expect("False");
    return false;
  }

  private List<Long> tuple() throws IOException {
    List<Long> numbers = new ArrayList<>();
    expect("(");
    while (!accept(")")) {
      blanks();
      int from = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - from < 18) {
        at++;
      }
      if (at == from) {
        throw error("expected a whole number");
      }
      numbers.add(Long.parseLong(text, from, at, 10));
      // Python 2 wrote long integers with an L.
      accept("L");
      if (!accept(",")) {
        expect(")");
        break;
      }
    }
    return numbers;
  }

  private void blanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
      at++;
    }
  }

  private boolean accept(String word) {
    blanks();
    boolean there = text.startsWith(word, at);
    at += there ? word.length() : 0;
    return there;
  }

  private void expect(String word) throws IOException {
    if (!accept(word)) {
      throw error("expected " + word);
    }
  }

  private IOException error(String message) {
    return new IOException(name + ": offset " + (begin + at) + ": " + message);
  }
}
