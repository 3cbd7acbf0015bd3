package dev.lanewise.runtime.data.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes a CSV file apart (RFC 4180): records end with a line, fields with a separator; in a field in quotes both mean
 * themselves, and two quotes stand for one. Text is UTF-8. Lines that are empty are passed over.
 */
public final class CsvRecords implements AutoCloseable {
  private static final int LONGEST_FIELD = 1 << 16;
  private static final int MOST_FIELDS = 1 << 16;
  private static final int END = -1;

  /** One record, with the line that it begins on. */
  public record Fields(int line, List<String> values) {}

  private final String name;
  private final InputStream in;
  private final int separator;
  private int line = 1;
  private int next;
  private byte[] field = new byte[64];
  private int length;

  public CsvRecords(Path file, char separator) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": expected a file, found a folder");
    }
    this.name = file.toString();
    this.separator = separator;
    this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    next = in.read();
    skipByteOrderMark();
  }

  private void skipByteOrderMark() throws IOException {
    in.mark(2);
    if (next == 0xef && in.read() == 0xbb && in.read() == 0xbf) {
      next = in.read();
    } else {
      in.reset();
    }
  }

  /** The next record; null at the end. */
  public Fields next() throws IOException {
    while (next == '\n' || next == '\r') {
      endOfLine();
    }
    if (next == END) {
      return null;
    }
    int begin = line;
    List<String> values = new ArrayList<>();
    values.add(field(1));
    while (next == separator) {
      advance();
      if (values.size() == MOST_FIELDS) {
        throw error(values.size(), "more than " + MOST_FIELDS + " columns");
      }
      values.add(field(values.size() + 1));
    }
    endOfLine();
    return new Fields(begin, values);
  }

  private String field(int column) throws IOException {
    length = 0;
    while (next == ' ' && separator != ' ') {
      advance();
    }
    if (next == '"') {
      quoted(column);
    } else {
      while (next != separator && next != '\n' && next != '\r' && next != END) {
        take(column);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(field, 0, length)).toString().strip();
    } catch (CharacterCodingException e) {
      throw new IOException(name + ": line " + line + ", column " + column + ": the text is not UTF-8", e);
    }
  }

  private void quoted(int column) throws IOException {
    int opened = line;
    advance();
    while (true) {
      if (next == END) {
        throw new IOException(name + ": line " + opened + ", column " + column
            + ": the quote that opens here is not closed");
      }
      if (next == '"') {
        advance();
        if (next != '"') {
          break;
        }
      } else if (next == '\n') {
        line++;
      }
      take(column);
    }
    while (next == ' ' && separator != ' ') {
      advance();
    }
    if (next != separator && next != '\n' && next != '\r' && next != END) {
      throw error(column, "something follows the closing quote");
    }
  }

  private void take(int column) throws IOException {
    if (length == LONGEST_FIELD) {
      throw error(column, "a field of more than " + LONGEST_FIELD + " bytes: is a quote not closed?");
    }
    if (length == field.length) {
      field = Arrays.copyOf(field, 2 * length);
    }
    field[length++] = (byte) next;
    advance();
  }

  private void endOfLine() throws IOException {
    if (next == '\r') {
      advance();
      if (next != '\n') {
        line++;
        return;
      }
    }
    if (next == '\n') {
      line++;
      advance();
    }
  }

  private void advance() throws IOException {
    next = in.read();
  }

  private IOException error(int column, String message) {
    return new IOException(name + ": line " + line + ", column " + column + ": " + message);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
