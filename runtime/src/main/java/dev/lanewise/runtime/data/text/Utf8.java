package dev.lanewise.runtime.data.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads texts in UTF-8. What is none is told with its place. A mark at the beginning is passed over, and lines end with {@code \n}, whatever they end with in the file. */
public final class Utf8 {
  private static final char MARK = '\ufeff';
  private static final int CUT = 0xc0;
  private static final int FOLLOWS = 0x80;

  private Utf8() {}

  /** @throws IOException naming the file, the line and the byte */
  public static String read(Path file) throws IOException {
    return read(ByteBuffer.wrap(Files.readAllBytes(file)), file, 0, 1);
  }

  /**
   * Some bytes of a file.
   *
   * @param at the offset of the first one
   * @param line on which it stands
   */
  public static String read(ByteBuffer bytes, Path file, long at, long line) throws IOException {
    if (at == 0 && bytes.remaining() > 1 && (bytes.getShort(bytes.position()) == (short) 0xfffe || bytes.getShort(bytes.position()) == (short) 0xfeff)) {
      throw new IOException(file + ": this is a text in UTF-16: save it as UTF-8");
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer chars = CharBuffer.allocate(bytes.remaining());
    int start = bytes.position();
    CoderResult result = decoder.decode(bytes, chars, true);
    if (result.isError()) {
      int bad = bytes.position();
      long lines = line;
      for (int i = start; i < bad; i++) {
        lines += bytes.get(i) == '\n' ? 1 : 0;
      }
      throw new IOException(file + ", line " + lines + ": this is no text in UTF-8, byte " + (at + bad - start) + " is 0x%02x".formatted(bytes.get(bad) & 0xff));
    }
    String text = chars.flip().toString();
    String unmarked = at == 0 && !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
    return unmarked.indexOf('\r') < 0 ? unmarked : unmarked.replace("\r\n", "\n").replace('\r', '\n');
  }

  /** Whether a byte goes on with a character that an earlier one begins. */
  public static boolean follows(byte b) {
    return (b & CUT) == FOLLOWS;
  }
}
