package dev.lanewise.dsl.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Tells whether things are what they were in another run of the program, by a word. */
final class Digest {
  private static final int DIGITS = 16;

  private Digest() {}

  /** @param parts whose texts say all that matters about them */
  static String of(Object... parts) {
    String text = Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining("\n"));
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
