package dev.lanewise.repl.prompt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jline.builtins.Less;
import org.jline.builtins.Source;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/**
 * Turns pages, as `less` does: space, Enter, b, /word, q. It is the line editor's own, so that it needs no program, and what it shows has been
 * made harmless already.
 */
final class Pager {
  /** In no language: on the last line, below each page. */
  private static final String KEYS = ": \u2423 b /abc n q";

  private final Terminal terminal;

  private Pager(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Empty for a terminal that cannot erase what it has shown. */
  static Optional<Pager> of(Terminal terminal) {
    boolean dumb = Terminal.TYPE_DUMB.equals(terminal.getType()) || Terminal.TYPE_DUMB_COLOR.equals(terminal.getType());
    return dumb ? Optional.empty() : Optional.of(new Pager(terminal));
  }

  /** Until somebody leaves it. False if something is typed already: whoever did that does not wait to read, and it was not meant for a pager. */
  boolean show(List<String> lines) {
    try {
      if (terminal.reader().peek(1) >= 0) {
        return false;
      }
      Less less = new Less(terminal, Path.of("")).defaultPrompt(KEYS);
      // What was read stays on the screen, above the next prompt.
      less.noInit = true;
      byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
      turn(less, new Source.InputStreamSource(new ByteArrayInputStream(text), true, KEYS));
      terminal.puts(Capability.carriage_return);
      terminal.puts(Capability.clr_eol);
      terminal.flush();
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  /** Until it is left. Ctrl-C leaves it, too; nothing else is interrupted then. */
  private void turn(Less less, Source source) throws IOException {
    Thread reader = Thread.currentThread();
    Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, _ -> reader.interrupt());
    try {
      less.run(source);
    } catch (InterruptedException | InterruptedIOException left) {
      // The pages are done with.
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
      Thread.interrupted();
    }
  }
}
