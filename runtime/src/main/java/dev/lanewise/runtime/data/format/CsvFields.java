package dev.lanewise.runtime.data.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of one record, without the spaces around them. They are asked for what they are where that is needed, so that numbers never
 * become texts. {@link CsvRecords} uses its objects again for later records.
 */
public final class CsvFields {
  private final String file;
  /** Whether a letter is a byte of UTF-8. */
  private final boolean bytes;
  private int line;
  private int count;
  private char[] letters = new char[1 << 8];
  /** Where each field begins, and ends. */
  private int[] from = new int[32];
  private int[] to = new int[32];

  CsvFields(String file, boolean bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  void begin(int newLine) {
    line = newLine;
    count = 0;
  }

  void add(char[] source, int offset, int length) {
    int begin = count == 0 ? 0 : to[count - 1];
    if (count == from.length) {
      from = Arrays.copyOf(from, 2 * count);
      to = Arrays.copyOf(to, 2 * count);
    }
    int first = offset;
    int last = offset + length;
    while (first < last && source[first] <= ' ') {
      first++;
    }
    while (first < last && source[last - 1] <= ' ') {
      last--;
    }
    if (begin + last - first > letters.length) {
      letters = Arrays.copyOf(letters, Math.max(2 * letters.length, begin + last - first));
    }
    System.arraycopy(source, first, letters, begin, last - first);
    from[count] = begin;
    to[count++] = begin + last - first;
  }

  /** A record of its own. */
  public CsvFields copy() {
    CsvFields copy = new CsvFields(file, bytes);
    copy.line = line;
    copy.count = count;
    copy.letters = letters.clone();
    copy.from = from.clone();
    copy.to = to.clone();
    return copy;
  }

  /** Which line the record begins on, from 1. */
  public int line() {
    return line;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  public boolean isEmpty(int field) {
    return from[field] == to[field];
  }

  boolean begins(int field, char letter) {
    return !isEmpty(field) && letters[from[field]] == letter;
  }

  /** How many letters, or bytes of them, a field has. */
  public int length(int field) {
    return to[field] - from[field];
  }

  /** One of its letters, as it was read: texts that are equal have equal letters. */
  public char letter(int field, int index) {
    return letters[from[field] + index];
  }

  /**
   * @param point the sign before decimals
   * @return NaN if it is no decimal number; infinite if it is too large for a float
   */
  public float number(int field, char point) {
    return Decimals.of(letters, from[field], to[field], point);
  }

  /**
   * @throws IOException if it is not UTF-8
   */
  public String text(int field) throws IOException {
    String read = new String(letters, from[field], to[field] - from[field]);
    if (!bytes) {
      return read;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(read.getBytes(StandardCharsets.ISO_8859_1))).toString().strip();
    } catch (CharacterCodingException e) {
      throw error(field, "the text is not UTF-8: open the file in an editor, or a spreadsheet, and save it as UTF-8");
    }
  }

  public List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(text(i));
    }
    return texts;
  }

  /** What is wrong with a field, with its place. */
  public IOException error(int field, String message) {
    return new IOException(file + ": line " + line + ", column " + (field + 1) + ": " + message);
  }
}
