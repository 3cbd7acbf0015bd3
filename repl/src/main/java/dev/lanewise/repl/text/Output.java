package dev.lanewise.repl.text;

import dev.lanewise.dsl.language.Printable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * By which text leaves, and the only one that writes: to standard output or to standard error. Control characters, whoever wrote them, are
 * shown and not sent; only our own colours ({@link Style#ESCAPE}) and our own orders to the terminal go through. What could not be written
 * is remembered, and whoever works is told, so that no result is lost in silence.
 */
public final class Output {
  private static final Path STANDARD = Path.of("/proc/self/fd/1");

  private final OutputStream target;
  /** Whether it is file descriptor 1 of this process. */
  private final boolean standard;
  private final StringBuilder waiting = new StringBuilder();
  private IOException failure;
  private volatile Runnable whenLost = () -> { };

  public Output(OutputStream target) {
    this(target, false);
  }

  private Output(OutputStream target, boolean standard) {
    this.target = target;
    this.standard = standard;
  }

  /** Standard output of this process. */
  static Output standard() {
    return new Output(new FileOutputStream(FileDescriptor.out), true);
  }

  /** @param whenLost is called, by the thread that writes, each time something could not be written */
  public void whenLost(Runnable whenLost) {
    this.whenLost = whenLost;
  }

  /** Lines, with the last one's end. They are on their way when this returns. */
  public synchronized void println(String text) {
    print(text);
    waiting.append(System.lineSeparator());
    flush();
  }

  public void println() {
    println("");
  }

  /** Text, as {@link Printable} shows it. It may wait until {@link #flush}. */
  public synchronized void print(String text) {
    waiting.append(sent(text));
  }

  /** What is sent of a text: our own colours, and all else made harmless. */
  static String sent(String text) {
    StringBuilder sent = new StringBuilder();
    Matcher colours = Style.CODES.matcher(text);
    int from = 0;
    while (colours.find()) {
      sent.append(Printable.text(text.substring(from, colours.start()))).append('\u001b').append(colours.group(1));
      from = colours.end();
    }
    return sent.append(Printable.text(text.substring(from))).toString();
  }

  /** As it is: what moves the cursor or draws an image, or a content that goes into a file. Nothing that others wrote may be sent to a terminal by this. */
  public synchronized void order(String ours) {
    waiting.append(ours);
  }

  /** For a library that writes by itself: it may colour, and no more. */
  public Writer writer() {
    return new Writer() {
      @Override
      public void write(char[] text, int from, int count) {
        print(new String(text, from, count).replace('\u001b', Style.ESCAPE));
      }

      @Override
      public void flush() {
        Output.this.flush();
      }

      @Override
      public void close() {
        flush();
      }
    };
  }

  /** Writes out what is still held back. */
  public synchronized void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    byte[] bytes = waiting.toString().getBytes(StandardCharsets.UTF_8);
    waiting.setLength(0);
    try {
      if (failure == null) {
        target.write(bytes);
        target.flush();
      }
    } catch (IOException e) {
      failure = e;
    }
    if (failure != null) {
      whenLost.run();
    }
  }

  /** Why something could not be written; empty if all was. */
  public synchronized Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether it could not be written because nobody reads it any more, as behind {@code | head -1}. */
  boolean isReaderGone() {
    return failure().filter(e -> String.valueOf(e.getMessage()).contains("Broken pipe") || standard && isPipe()).isPresent();
  }

  /** What the system says of a failure depends on the locale; but a pipe that cannot be written has no other reason. */
  private static boolean isPipe() {
    try {
      return Files.readSymbolicLink(STANDARD).toString().startsWith("pipe:");
    } catch (IOException notSuchASystem) {
      return false;
    }
  }
}
