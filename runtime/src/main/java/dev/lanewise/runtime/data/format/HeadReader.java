package dev.lanewise.runtime.data.format;

import java.io.IOException;
import java.io.Reader;

/** Letters whose beginning can be looked at; what follows is handed on without being copied. */
final class HeadReader extends Reader {
  private final Reader in;
  private char[] head = new char[0];
  private int at;

  HeadReader(Reader in) {
    this.in = in;
  }

  /** The first letters, as many as there are: they are still to be read. */
  String head(int most) throws IOException {
    char[] letters = new char[most];
    int length = 0;
    for (int n = in.read(letters); n > 0; n = length < most ? in.read(letters, length, most - length) : 0) {
      length += n;
    }
    String text = new String(letters, 0, length);
    head = text.toCharArray();
    return text;
  }

  @Override
  public int read(char[] out, int offset, int length) throws IOException {
    if (at == head.length) {
      return in.read(out, offset, length);
    }
    int count = Math.min(length, head.length - at);
    System.arraycopy(head, at, out, offset, count);
    at += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
