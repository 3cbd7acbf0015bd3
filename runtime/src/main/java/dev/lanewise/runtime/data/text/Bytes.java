package dev.lanewise.runtime.data.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The bytes of a text in UTF-8 are tokens, so there are 256 whatever the language. A byte is written as a character that can be seen, as GPT-2 does it: those that are printed in Latin-1
 * as themselves, the others as the characters from 256 on.
 */
public record Bytes() implements Tokenizer {
  static final int COUNT = 256;
  private static final int OTHERS = 256;
  private static final char[] SIGNS = signs();
  /** The byte of each sign; -1 where none has it. */
  private static final int[] BYTES = bytes();
  private static final List<String> ALL = IntStream.range(0, COUNT).mapToObj(b -> String.valueOf(SIGNS[b])).toList();

  private static char[] signs() {
    char[] signs = new char[COUNT];
    int other = OTHERS;
    for (int b = 0; b < COUNT; b++) {
      boolean printed = b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
      signs[b] = (char) (printed ? b : other++);
    }
    return signs;
  }

  private static int[] bytes() {
    int[] bytes = new int[2 * OTHERS];
    java.util.Arrays.fill(bytes, -1);
    for (int b = 0; b < COUNT; b++) {
      bytes[SIGNS[b]] = b;
    }
    return bytes;
  }

  /** The sign of every byte, in their order. */
  static List<String> all() {
    return ALL;
  }

  static String signs(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    char[] signs = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      signs[i] = SIGNS[bytes[i] & 0xff];
    }
    return new String(signs);
  }

  /** What the signs of bytes stand for. Bytes that are no UTF-8 become U+FFFD. */
  static String read(String signs) {
    byte[] bytes = new byte[signs.length()];
    int count = 0;
    for (int i = 0; i < signs.length(); i++) {
      char c = signs.charAt(i);
      if (c < BYTES.length && BYTES[c] >= 0) {
        bytes[count++] = (byte) BYTES[c];
      }
    }
    return new String(bytes, 0, count, StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return "byte";
  }

  @Override
  public String piece() {
    return "byte";
  }

  @Override
  public List<String> pieces(String text) {
    String signs = signs(text);
    List<String> pieces = new ArrayList<>(signs.length());
    for (int i = 0; i < signs.length(); i++) {
      pieces.add(ALL.get(BYTES[signs.charAt(i)]));
    }
    return pieces;
  }

  @Override
  public String text(List<String> pieces) {
    return read(String.join("", pieces));
  }

  @Override
  public String shown(String piece) {
    int b = BYTES[piece.charAt(0)];
    return b > ' ' && b <= '~' ? piece : "0x%02x".formatted(b);
  }
}
