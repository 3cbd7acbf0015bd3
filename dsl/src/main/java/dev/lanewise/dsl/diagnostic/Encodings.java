package dev.lanewise.dsl.diagnostic;

import dev.lanewise.runtime.file.Foreign;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;

/** What bytes are that are no UTF-8: a file of another kind, or a text in another encoding. */
final class Encodings {
  /** As many say what a file is. */
  private static final int HEAD = 1 << 12;

  private Encodings() {}

  /** A sentence for users; empty if nobody knows. */
  static Optional<String> told(String name, byte[] bytes) {
    return encoding(bytes).map(e -> name + " is text in " + e + ": save it as UTF-8")
        .or(() -> Foreign.what(Arrays.copyOf(bytes, Math.min(HEAD, bytes.length))).map(what -> name + " is " + what + ", not a script"))
        .or(() -> isChinese(bytes) ? Optional.of(name + " is text in GBK: save it as UTF-8") : Optional.empty());
  }

  private static Optional<String> encoding(byte[] bytes) {
    boolean mark = bytes.length > 1 && ((bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe || (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff);
    return mark ? Optional.of("UTF-16") : Optional.empty();
  }

  /** Whether all of it can be read in that encoding, and what is not ASCII is Chinese. */
  private static boolean isChinese(byte[] bytes) {
    try {
      String text = Charset.forName("GBK").newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.codePoints().noneMatch(c -> c < ' ' && !Character.isWhitespace(c)) && text.codePoints().filter(c -> c > 127).allMatch(c -> Character.isIdeographic(c) || c >= 0x3000 && c < 0x3040 || c > 0xff00 || c >= 0x2010 && c < 0x2040);
    } catch (CharacterCodingException notChinese) {
      return false;
    }
  }
}
