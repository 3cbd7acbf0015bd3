package dev.lanewise.runtime.data.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Takes a CSV file apart (RFC 4180): records end with a line, fields with a separator; in a field in quotes both mean
 * themselves, and two quotes stand for one. Text is UTF-8. Lines that are empty are passed over.
 *
 * <p>FastCSV reads; here are the bounds, and the place of what is wrong: the line and column at which a field begins.
 */
public final class CsvRecords implements AutoCloseable {
  private static final int LONGEST_FIELD = 1 << 16;
  private static final int MOST_FIELDS = 1 << 16;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /** One record, with the line that it begins on. */
  public record Fields(int line, List<String> values) {}

  private final String name;
  private final Reading reading = new Reading();
  private final CsvReader<Fields> reader;
  private final Iterator<Fields> records;

  public CsvRecords(Path file, char separator) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": expected a file, found a folder");
    }
    name = file.toString();
    reader = CsvReader.builder().fieldSeparator(separator).trimWhitespacesAroundQuotes(true).allowUnclosedQuote(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE).maxBufferSize(LONGEST_FIELD)
        .build(reading, bytes(file));
    records = reader.iterator();
  }

  /** Each as a letter: so what is no UTF-8 is found with its field, and a field's length is one in bytes. */
  private static Reader bytes(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(BYTE_ORDER_MARK.length);
    if (!Arrays.equals(in.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      in.reset();
    }
    return new InputStreamReader(in, StandardCharsets.ISO_8859_1);
  }

  /** The next record; null at the end. */
  public Fields next() throws IOException {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CsvParseException e) {
      // The library wraps whatever is thrown.
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IOException(name + ": line " + reading.line() + ", column " + reading.column() + ": " + reason(e.getMessage()), e);
    }
  }

  /** The library has one exception for all that can be wrong, and only its sentences say what it is. */
  private static String reason(String sentence) {
    if (sentence.startsWith("Unclosed quoted field")) {
      return "the quote that opens here is not closed";
    } else if (sentence.startsWith("Unexpected character after closing quote")) {
      return "something follows the closing quote";
    } else if (sentence.startsWith("The maximum buffer size")) {
      return "a field of more than " + LONGEST_FIELD + " bytes: is a quote not closed?";
    }
    return sentence;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** The record that is being read. */
  private static final class Reading extends AbstractBaseCsvCallbackHandler<Fields> {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private List<String> values = new ArrayList<>();
    /** Ends of lines within the fields so far. */
    private int ends;

    int line() {
      return (int) getStartingLineNumber() + ends;
    }

    int column() {
      return values.size() + 1;
    }

    @Override
    protected void handleBegin(long line) {
      values = new ArrayList<>();
      ends = 0;
    }

    @Override
    protected void handleField(int index, char[] bytes, int offset, int length, boolean quoted) {
      if (index == MOST_FIELDS) {
        throw new CsvParseException("more than " + MOST_FIELDS + " columns");
      }
      String field = new String(bytes, offset, length);
      values.add(decoded(field));
      if (quoted) {
        ends += ends(field);
      }
    }

    private static int ends(String field) {
      int ends = 0;
      for (int i = 0; i < field.length(); i++) {
        char c = field.charAt(i);
        if (c == '\n' || c == '\r' && !field.startsWith("\n", i + 1)) {
          ends++;
        }
      }
      return ends;
    }

    private String decoded(String bytes) {
      try {
        return decoder.decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1))).toString().strip();
      } catch (CharacterCodingException e) {
        throw new CsvParseException("the text is not UTF-8", e);
      }
    }

    @Override
    protected Fields buildRecord() {
      return new Fields((int) getStartingLineNumber(), values);
    }
  }
}
