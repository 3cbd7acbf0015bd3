package dev.lanewise.runtime.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A form of files that Lanewise writes, and knows again by how they begin. What has it may be replaced by another file of that form, and so may
 * an empty file. Whatever else a name leads to is somebody's, and stays.
 *
 * <pre>{@code Safetensors.FORM.check(Path.of("lenet.net")); // lenet.net holds text that begins with `net LeNet`, not weights }</pre>
 *
 * @param name of what is in such a file, for messages: {@code weights}
 * @param has whether the first bytes of a file, at most 1,024, are those of this form
 */
public record FileForm(String name, Predicate<byte[]> has) {
  private static final int LOOKED_AT = 1024;
  private static final int SHOWN = 40;

  /** How other kinds of files begin, in hexadecimal. */
  private static final Map<String, String> OTHERS = Map.of(
      "504b0304", "a zip archive", "1f8b", "a gzip archive", "89504e47", "a PNG picture", "ffd8ff", "a JPEG picture",
      "934e554d5059", "a NumPy array", "25504446", "a PDF document", "7f454c46", "a program");

  /** It is something else than may be replaced; the message says what. */
  public static final class OtherFileException extends IOException {
    private static final long serialVersionUID = 1;

    OtherFileException(String message) {
      super(message);
    }
  }

  /** That of texts with a certain beginning. A shorter one may have been cut by a kill in the midst of it. */
  public static FileForm beginning(String name, String beginning) {
    return new FileForm(name, head -> {
      String text = new String(head, StandardCharsets.UTF_8);
      return text.startsWith(beginning) || beginning.startsWith(text);
    });
  }

  /**
   * @throws OtherFileException if there is another kind of file
   * @throws IOException if it cannot be looked at
   */
  public void check(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    AtomicFile.checkRegular(path);
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(LOOKED_AT);
    }
    if (head.length > 0 && !has.test(head)) {
      throw new OtherFileException(path + " holds " + found(head) + ", not " + name);
    }
  }

  private static String found(byte[] head) {
    String hex = HexFormat.of().formatHex(head);
    return Safetensors.FORM.has.test(head)
        ? Safetensors.FORM.name
        : OTHERS.entrySet().stream().filter(e -> hex.startsWith(e.getKey())).map(Map.Entry::getValue).findFirst().orElseGet(() -> text(head));
  }

  private static String text(byte[] head) {
    // A letter that is cut at the end counts for the text.
    for (int end = head.length; end > head.length - 4 && end > 0; end--) {
      try {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(head, 0, end)).toString();
        String line = text.strip().lines().findFirst().orElse("").strip();
        return text.indexOf('\0') >= 0 ? "another kind of file"
            : "text that begins with `" + line.substring(0, line.offsetByCodePoints(0, Math.min(SHOWN, line.codePointCount(0, line.length())))) + "`";
      } catch (CharacterCodingException perhapsCut) {
        // One byte less, then.
      }
    }
    return "another kind of file";
  }
}
