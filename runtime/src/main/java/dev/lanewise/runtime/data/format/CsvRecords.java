package dev.lanewise.runtime.data.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;

/**
 * Takes a CSV file apart (RFC 4180): records end with a line, fields with a separator, or with a run of spaces; in a field in quotes both
 * mean themselves, and two quotes stand for one. Text is UTF-8, or UTF-16 if it begins with the mark of that. Lines that are empty are
 * passed over, and so is what stands before the table: see {@link CsvStart}.
 *
 * <p>FastCSV reads; here are the bounds, and the place of what is wrong: the line and column at which a field begins.
 */
public final class CsvRecords implements TableRecords {
  private static final int LONGEST_FIELD = 1 << 16;
  private static final int MOST_FIELDS = 1 << 16;

  private final Path file;
  private final String name;
  private final CsvStart start;
  private final boolean bytes;
  private final Reading reading = new Reading();
  /** Whether spaces around quotes are looked for, which takes the library twice the time: from the first record that needs it. */
  private boolean relaxed;
  private CsvReader<TableFields> reader;
  private Iterator<TableFields> records;
  private int done;

  /**
   * @param separator a space for runs of them; empty if the file is to be asked
   * @param point the sign before decimals: where it is a comma, that rather separates no columns
   */
  public CsvRecords(Path file, Optional<Character> separator, char point) throws IOException {
    this.file = file;
    name = file.toString();
    CsvLetters letters = CsvLetters.of(file);
    bytes = letters.bytes();
    start = CsvStart.of(letters.reader(), separator, point);
    open(letters);
    reading.fields = new TableFields(name, bytes);
    reading.point = point;
  }

  private void open(CsvLetters letters) throws IOException {
    Reader source = start.separator() == ' ' ? new SpacesReader(new BufferedReader(letters.reader())) : letters.reader();
    reader = CsvReader.builder().fieldSeparator(start.separator()).trimWhitespacesAroundQuotes(relaxed).allowUnclosedQuote(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE).maxBufferSize(LONGEST_FIELD)
        .build(reading, source);
    reader.skipLines(start.skipped());
    records = reader.iterator();
  }

  @Override
  public boolean isBytes() {
    return bytes;
  }

  @Override
  public Optional<CsvStart> start() {
    return Optional.of(start);
  }

  @Override
  public TableFields next() throws IOException {
    try {
      boolean is = read();
      done += is ? 1 : 0;
      return is ? reading.fields : null;
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

  private boolean read() throws IOException {
    try {
      boolean is = records.hasNext();
      if (is) {
        records.next();
      }
      return is && !relaxed && reading.isSpaced ? readAgain() : is;
    } catch (CsvParseException e) {
      if (relaxed) {
        throw e;
      }
      return readAgain();
    }
  }

  /** From the beginning, looking for spaces around quotes, up to the record that may have some. */
  private boolean readAgain() throws IOException {
    reader.close();
    relaxed = true;
    open(CsvLetters.of(file));
    for (int i = 0; i < done; i++) {
      records.next();
    }
    return read();
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
  public IOException error(String message) {
    return new IOException(name + ": " + message);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** The record that is being read. */
  private static final class Reading extends AbstractBaseCsvCallbackHandler<TableFields> {
    private TableFields fields;
    private char point;
    /** Ends of lines within the fields so far. */
    private int ends;
    /** Whether a field of the record begins with spaces before a quote. */
    private boolean isSpaced;

    int line() {
      return (int) getStartingLineNumber() + ends;
    }

    int column() {
      return fields.count() + 1;
    }

    @Override
    protected void handleBegin(long line) {
      fields.begin((int) line);
      ends = 0;
      isSpaced = false;
    }

    @Override
    protected void handleField(int index, char[] letters, int offset, int length, boolean quoted) {
      if (index == MOST_FIELDS) {
        throw new CsvParseException("more than " + MOST_FIELDS + " columns");
      }
      if (!fields.addNumber(letters, offset, offset + length, point)) {
        fields.add(letters, offset, offset + length);
      }
      if (quoted) {
        ends += ends(letters, offset, offset + length);
      } else if (length > 0 && letters[offset] <= ' ') {
        isSpaced |= fields.begins(index, '"');
      }
    }

    private static int ends(char[] letters, int from, int to) {
      int ends = 0;
      for (int i = from; i < to; i++) {
        if (letters[i] == '\n' || letters[i] == '\r' && !(i + 1 < to && letters[i + 1] == '\n')) {
          ends++;
        }
      }
      return ends;
    }

    @Override
    protected TableFields buildRecord() {
      return fields;
    }
  }
}
