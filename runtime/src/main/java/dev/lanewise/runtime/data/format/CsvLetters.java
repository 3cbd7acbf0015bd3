package dev.lanewise.runtime.data.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The letters of a table: of UTF-16, which a mark at the beginning says, as they are; otherwise each byte is one, so that what is no UTF-8
 * is found with its field, and a field's length is one in bytes.
 *
 * @param bytes whether each is a byte
 */
record CsvLetters(HeadReader reader, boolean bytes) {
  private static final int HEAD = 1 << 12;

  static CsvLetters of(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": expected a file, found a folder");
    }
    InputStream in = new BufferedInputStream(Files.newInputStream(file), HEAD);
    try {
      in.mark(HEAD);
      byte[] head = in.readNBytes(HEAD);
      in.reset();
      return of(file, in, head);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static CsvLetters of(Path file, InputStream in, byte[] head) throws IOException {
    Optional<String> other = FileKind.told(head);
    if (other.isPresent()) {
      throw new IOException(file + ": " + other.get());
    }
    if (starts(head, 0xff, 0xfe)) {
      return letters(in, 2, StandardCharsets.UTF_16LE);
    }
    if (starts(head, 0xfe, 0xff)) {
      return letters(in, 2, StandardCharsets.UTF_16BE);
    }
    checkText(file, head);
    return letters(in, starts(head, 0xef, 0xbb, 0xbf) ? 3 : 0, StandardCharsets.ISO_8859_1);
  }

  private static boolean starts(byte[] head, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= head.length || (head[i] & 255) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static CsvLetters letters(InputStream in, int mark, Charset charset) throws IOException {
    in.skipNBytes(mark);
    return new CsvLetters(new HeadReader(new InputStreamReader(in, charset)), charset == StandardCharsets.ISO_8859_1);
  }

  /** Text has no bytes of 0; UTF-16 has one in most of its letters. */
  private static void checkText(Path file, byte[] head) throws IOException {
    int zeros = 0;
    int first = -1;
    for (int i = 0; i < head.length; i++) {
      if (head[i] == 0) {
        zeros++;
        first = first < 0 ? i : first;
      }
    }
    if (zeros > 0) {
      throw new IOException(file + ": offset " + first + ": " + (zeros > head.length / 4 && zeros < head.length * 3 / 4
          ? "the text seems to be UTF-16 without a mark that says so: save it as UTF-8"
          : "a byte of 0: this is no text"));
    }
  }
}
