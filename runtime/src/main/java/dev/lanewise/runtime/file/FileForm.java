package dev.lanewise.runtime.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  static final int LOOKED_AT = 1024;

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
    return Safetensors.FORM.has.test(head) ? Safetensors.FORM.name : Foreign.of(head).map(Foreign.Kind::what).orElse("another kind of file");
  }
}
