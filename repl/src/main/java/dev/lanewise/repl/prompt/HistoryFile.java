package dev.lanewise.repl.prompt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What was typed in earlier sessions, a line each: {@code 1795923239723:a = 1}. A full disk, a power cut or another program may have damaged
 * some lines, which the line editor would stumble over: they are left out.
 */
final class HistoryFile {
  /** The time, and the text, in which a backslash stands before what it means: never at the end. */
  private static final String LINE = "(?s)\\d{1,15}:(?:[^\\\\]|\\\\.)*+";

  private HistoryFile() {}

  /** The same file, with what can be read of it; empty if it is none, or cannot be used. */
  static Optional<Path> mended(Path file) {
    try {
      if (!Files.exists(file)) {
        return Optional.of(file);
      }
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(file);
      List<String> lines = lines(bytes);
      byte[] whole = (String.join("\n", lines) + (lines.isEmpty() ? "" : "\n")).getBytes(StandardCharsets.UTF_8);
      if (!Arrays.equals(bytes, whole)) {
        replace(file, whole);
      }
      return Optional.of(file);
    } catch (IOException notForUs) {
      return Optional.empty();
    }
  }

  private static List<String> lines(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < bytes.length; ) {
      int end = from;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      text(bytes, from, end).filter(l -> l.matches(LINE)).ifPresent(lines::add);
      from = end + 1;
    }
    return lines;
  }

  private static Optional<String> text(byte[] bytes, int from, int end) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, end - from)).toString());
    } catch (CharacterCodingException damaged) {
      return Optional.empty();
    }
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path beside = Files.createTempFile(file.toAbsolutePath().getParent(), "history", ".part");
    try {
      Files.write(beside, bytes);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
