package dev.lanewise.runtime.data.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The fields of one record, without the spaces around them. They are asked for what they are where that is needed, so that numbers never
 * become texts. {@link TableRecords} have the same object for every record.
 */
public final class TableFields {
  private final String file;
  /** What a record is called where it is told of. */
  private final String unit;
  /** Whether a letter is a byte of UTF-8. */
  private final boolean bytes;
  /** Columns that are expected to be numbers. */
  private final BitSet numbers;
  private int line;
  private int count;
  private char[] letters = new char[1 << 8];
  /** Where each field begins, and ends. */
  private int[] from = new int[32];
  private int[] to = new int[32];
  /** Of a field that was expected to be a number, and is one: the number, and no letters; otherwise NaN. */
  private float[] values = new float[32];

  TableFields(String file, boolean bytes) {
    this(file, "line", bytes, new BitSet());
  }

  private TableFields(String file, String unit, boolean bytes, BitSet numbers) {
    this.file = file;
    this.unit = unit;
    this.bytes = bytes;
    this.numbers = numbers;
  }

  /** Of a table that has no lines: rows are counted from 1, and 0 is the names of its columns. */
  static TableFields ofRows(String file) {
    return new TableFields(file, "row", false, new BitSet());
  }

  /** Whether a column is expected to be numbers, in the records that follow: where it is, only the number is kept, and no text. */
  public void expectNumber(int field, boolean expected) {
    numbers.set(field, expected);
  }

  void begin(int newLine) {
    line = newLine;
    count = 0;
  }

  void add(char[] source, int first, int last) {
    int begin = count == 0 ? 0 : to[count - 1];
    int start = first(source, first, last);
    int length = last(source, start, last) - start;
    if (begin + length > letters.length) {
      letters = Arrays.copyOf(letters, Math.max(2 * letters.length, begin + length));
    }
    System.arraycopy(source, start, letters, begin, length);
    add(begin, begin + length, Float.NaN);
  }

  /** Takes a number up, without its letters, if one is expected there; returns whether it is one. */
  boolean addNumber(char[] source, int first, int last, char point) {
    if (!numbers.get(count)) {
      return false;
    }
    int start = first(source, first, last);
    float value = Decimals.of(source, start, last(source, start, last), point);
    if (!Float.isFinite(value)) {
      return false;
    }
    int at = count == 0 ? 0 : to[count - 1];
    add(at, at, value);
    return true;
  }

  /** The same of a text. */
  void add(String text) {
    add(text.toCharArray(), 0, text.length());
  }

  /** Takes a number up, if one is expected there, and it is one. */
  boolean addNumber(float value) {
    boolean taken = numbers.get(count) && Float.isFinite(value);
    if (taken) {
      int at = count == 0 ? 0 : to[count - 1];
      add(at, at, value);
    }
    return taken;
  }

  private void add(int begin, int end, float value) {
    if (count == from.length) {
      from = Arrays.copyOf(from, 2 * count);
      to = Arrays.copyOf(to, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    from[count] = begin;
    to[count] = end;
    values[count++] = value;
  }

  private static int first(char[] source, int from, int to) {
    int first = from;
    while (first < to && source[first] <= ' ') {
      first++;
    }
    return first;
  }

  private static int last(char[] source, int from, int to) {
    int last = to;
    while (last > from && source[last - 1] <= ' ') {
      last--;
    }
    return last;
  }

  /** A record of its own. */
  public TableFields copy() {
    TableFields copy = new TableFields(file, unit, bytes, numbers);
    copy.line = line;
    copy.count = count;
    copy.letters = letters.clone();
    copy.from = from.clone();
    copy.to = to.clone();
    copy.values = values.clone();
    return copy;
  }

  /** Which line the record begins on, from 1. */
  public int line() {
    return line;
  }

  /** Where the record that follows begins, as far as that can be told: {@code "line 2: "}. */
  public String following() {
    return unit + " " + (line + 1) + ": ";
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  public boolean isEmpty(int field) {
    return from[field] == to[field] && Float.isNaN(values[field]);
  }

  boolean begins(int field, char letter) {
    return length(field) > 0 && letters[from[field]] == letter;
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
    float value = values[field];
    return value == value ? value : Decimals.of(letters, from[field], to[field], point);
  }

  /**
   * The text of a field that was not expected to be a number, or is none.
   *
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
    return new IOException(file + ": " + (line > 0 ? unit + " " + line + ", " : "") + "column " + (field + 1) + ": " + message);
  }
}
