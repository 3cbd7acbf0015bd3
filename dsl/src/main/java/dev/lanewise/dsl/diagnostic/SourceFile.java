package dev.lanewise.dsl.diagnostic;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads scripts, and says plainly why one cannot be read. */
public final class SourceFile {
  /** No script is as long as this; a data file given by mistake may be. */
  private static final int MAX_BYTES = 16 << 20;

  private SourceFile() {}

  /** The script cannot be read; the message is for users. */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }

  public static Source read(Path file) throws Unreadable {
    if (Files.isDirectory(file)) {
      throw new Unreadable(file + " is a directory, not a script");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new Source(file.toString(), text(file.toString(), in));
    } catch (NoSuchFileException missing) {
      throw new Unreadable("there is no file " + file);
    } catch (AccessDeniedException denied) {
      throw new Unreadable(file + " may not be read: permission denied");
    } catch (IOException failure) {
      throw new Unreadable(file + " cannot be read: " + failure.getMessage());
    }
  }

  public static Source standardInput(InputStream in) throws Unreadable {
    try {
      return new Source("stdin", text("stdin", in));
    } catch (IOException failure) {
      throw new Unreadable("standard input cannot be read: " + failure.getMessage());
    }
  }

  private static String text(String name, InputStream in) throws IOException, Unreadable {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new Unreadable(name + " is longer than " + (MAX_BYTES >> 20) + " MB: is it a script?");
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(rest, text, true);
    if (result.isError()) {
      throw new Unreadable(Encodings.told(name, bytes).orElse(name + " is not UTF-8 text: byte " + rest.position() + " does not fit"));
    }
    String script = text.flip().toString();
    return script.startsWith("\ufeff") ? script.substring(1) : script;
  }
}
