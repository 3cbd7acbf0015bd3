package dev.lanewise.runtime.data.format;

import java.io.IOException;
import java.io.Reader;

/** Columns that are lined up with spaces: runs of spaces and tabs become one space, those at the ends of a line nothing. What is in quotes stays. */
final class SpacesReader extends Reader {
  private final Reader in;
  private boolean quoted;
  /** The quote before may close, or be one of two that stand for one. */
  private boolean closing;
  private boolean begun;
  private boolean pending;
  private int held = -1;

  SpacesReader(Reader in) {
    this.in = in;
  }

  @Override
  public int read(char[] out, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int c = next();
      if (c < 0) {
        return count == 0 ? -1 : count;
      }
      out[offset + count++] = (char) c;
    }
    return count;
  }

  private int next() throws IOException {
    int c = held >= 0 ? held : in.read();
    held = -1;
    if (quoted) {
      quoted = c != '"';
      closing = !quoted;
      return c;
    }
    if (closing && c == '"') {
      quoted = true;
      closing = false;
      return c;
    }
    closing = false;
    while (c == ' ' || c == '\t') {
      pending = begun;
      c = in.read();
    }
    boolean ends = c == '\n' || c == '\r' || c < 0;
    if (pending && !ends) {
      pending = false;
      held = c;
      begun = false;
      return ' ';
    }
    quoted = c == '"' && !begun;
    pending = false;
    begun = !ends;
    return c;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
