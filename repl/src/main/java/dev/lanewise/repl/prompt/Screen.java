package dev.lanewise.repl.prompt;

import dev.lanewise.repl.render.Window;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The terminal, as far as others need to know it. */
public final class Screen implements Window, AutoCloseable {

  private final Terminal terminal;

  Screen(Terminal terminal) {
    this.terminal = terminal;
  }

  /** To write to; Ctrl-C stays a signal of the process. Of a type that JLine asks for its size: of dumb ones it does not. */
  public static Screen forOutput() throws IOException {
    return new Screen(builder().type("ansi").nativeSignals(false).build());
  }

  /** To type at; Ctrl-C goes to whoever reads or works. */
  public static Screen forPrompt() throws IOException {
    return forPrompt(builder().nativeSignals(true).build());
  }

  /**
   * The same, of a terminal. Also while nobody reads, it neither shows what is typed (it would stand in the midst of what is written, and a
   * second time at the next prompt) nor waits for the end of a line; the next who reads finds it. Ctrl-C stays a signal.
   */
  static Screen forPrompt(Terminal terminal) {
    Attributes quiet = new Attributes(terminal.getAttributes());
    quiet.setLocalFlags(EnumSet.of(LocalFlag.ECHO, LocalFlag.ICANON, LocalFlag.IEXTEN), false);
    quiet.setInputFlags(EnumSet.of(InputFlag.ICRNL, InputFlag.INLCR), false);
    quiet.setControlChar(ControlChar.VMIN, 1);
    quiet.setControlChar(ControlChar.VTIME, 0);
    terminal.setAttributes(quiet);
    // Closing the terminal, also when the JVM is ended, brings back how it was.
    return new Screen(terminal);
  }

  /** Not a terminal at all. */
  public static Screen none() {
    return new Screen(null);
  }

  @Override
  public int columns() {
    int columns = terminal == null ? 0 : terminal.getColumns();
    return columns > 0 ? columns : NONE.columns();
  }

  @Override
  public int rows() {
    return terminal == null ? NONE.rows() : Math.max(NONE.rows(), terminal.getRows());
  }

  @Override
  public Optional<String> image(Supplier<BufferedImage> image) {
    return terminal == null ? Optional.empty() : TrueImages.of(System.getenv()).flatMap(t -> t.encoded(image.get()));
  }

  /** @param resized is called, on a thread of its own, when the window has got another size and nobody reads what is typed */
  public void whenResized(Runnable resized) {
    if (terminal != null) {
      terminal.handle(Terminal.Signal.WINCH, _ -> resized.run());
    }
  }

  Terminal terminal() {
    return terminal;
  }

  /** Without grapheme clusters, because asking for them writes a question to the terminal, and its answer may come too late. */
  private static TerminalBuilder builder() {
    return TerminalBuilder.builder().system(true).dumb(true).graphemeCluster(false);
  }

  @Override
  public void close() throws IOException {
    if (terminal != null) {
      terminal.close();
    }
  }
}
