package dev.lanewise.repl.prompt;

import dev.lanewise.repl.text.Window;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;

/**
 * The terminal, as far as others need to know it. It is opened beside whatever else there is to do; who needs it first waits for it.
 */
public final class Screen implements Window, AutoCloseable {
  /** How JLine reaches the terminal at best: Java's own foreign functions take 0.2 s longer to begin. */
  private static final String QUICKEST = "jni";

  /** Null if there is none. */
  private final CompletableFuture<Terminal> terminal;
  /** As it was found; other programs want it so. */
  private volatile Attributes before;
  private volatile Optional<Pager> pager = Optional.empty();
  private volatile Runnable resized = () -> { };

  Screen(Terminal terminal) {
    this(CompletableFuture.completedFuture(terminal), false);
  }

  private Screen(CompletableFuture<Terminal> terminal, boolean quiet) {
    this.terminal = terminal == null ? null : terminal.thenApply(this::watched).thenApply(t -> quiet ? quiet(t) : t);
  }

  private Terminal watched(Terminal opened) {
    opened.handle(Terminal.Signal.WINCH, _ -> resized.run());
    return opened;
  }

  /** To write to; Ctrl-C stays a signal of the process. Of a type that JLine asks for its size: of dumb ones it does not. */
  public static Screen forOutput() {
    return new Screen(CompletableFuture.supplyAsync(() -> open(() -> builder().type("ansi").nativeSignals(false))), false);
  }

  /** To type at; Ctrl-C goes to whoever reads or works. */
  public static Screen forPrompt() {
    return new Screen(CompletableFuture.supplyAsync(() -> open(() -> builder().nativeSignals(true))), true);
  }

  /** The same, of a terminal. */
  static Screen forPrompt(Terminal terminal) {
    return new Screen(CompletableFuture.completedFuture(terminal), true);
  }

  /**
   * Also while nobody reads, it neither shows what is typed (it would stand in the midst of what is written, and a second time at the next
   * prompt) nor waits for the end of a line; the next who reads finds it. Ctrl-C stays a signal.
   */
  private Terminal quiet(Terminal terminal) {
    before = terminal.getAttributes();
    Attributes quiet = new Attributes(before);
    quiet.setLocalFlags(EnumSet.of(LocalFlag.ECHO, LocalFlag.ICANON, LocalFlag.IEXTEN), false);
    // Otherwise Ctrl-C throws away what is on its way to the screen: half a picture, and where the cursor was to go.
    quiet.setLocalFlags(EnumSet.of(LocalFlag.NOFLSH), true);
    quiet.setInputFlags(EnumSet.of(InputFlag.ICRNL, InputFlag.INLCR), false);
    quiet.setControlChar(ControlChar.VMIN, 1);
    quiet.setControlChar(ControlChar.VTIME, 0);
    terminal.setAttributes(quiet);
    // Closing the terminal, also when the JVM is ended, brings back how it was.
    return terminal;
  }

  /** Not a terminal at all. */
  public static Screen none() {
    return new Screen(null, false);
  }

  @Override
  public int columns() {
    int columns = terminal == null ? 0 : terminal().getColumns();
    return columns > 0 ? columns : NONE.columns();
  }

  @Override
  public int rows() {
    return terminal == null ? NONE.rows() : Math.max(NONE.rows(), terminal().getRows());
  }

  @Override
  public Optional<String> image(Supplier<BufferedImage> image) {
    return terminal == null ? Optional.empty() : TrueImages.of(System.getenv()).flatMap(t -> t.encoded(image.get()));
  }

  /** From now on somebody types, and can turn pages. */
  void typed() {
    pager = Pager.of(terminal());
  }

  @Override
  public boolean pages(List<String> lines) {
    return pager.isPresent() && pager.get().show(lines);
  }

  /** @param resized is called, on a thread of its own, when the window has got another size and nobody reads what is typed */
  public void whenResized(Runnable resized) {
    this.resized = resized;
  }

  Terminal terminal() {
    return terminal.join();
  }

  private static Terminal open(Supplier<TerminalBuilder> builder) {
    describe(System.getenv().getOrDefault("TERM", ""));
    try {
      return builder.get().provider(QUICKEST).dumb(false).build();
    } catch (IOException | IllegalStateException notThatWay) {
      // No library for this system, or nothing to ask: as JLine sees fit.
    }
    try {
      return builder.get().dumb(true).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What usual terminals can is known to JLine; it need not start a process that prints it. */
  private static void describe(String type) {
    String known = InfoCmp.getDefaultInfoCmp(type);
    if (known != null) {
      InfoCmp.setLoadedInfoCmp(type, known);
    }
  }

  /** In UTF-8, as all else that is written, whatever the locale; without grapheme clusters, because asking for them writes a question to the terminal, and its answer may come too late. */
  private static TerminalBuilder builder() {
    return TerminalBuilder.builder().system(true).graphemeCluster(false).encoding(StandardCharsets.UTF_8);
  }

  /** What starts a program. */
  interface Start {
    Process begin() throws IOException;
  }

  /** Lends the terminal, as it was before, to a program until it ends. */
  Process lent(Start start) throws IOException {
    Terminal lender = terminal();
    Attributes ours = lender.getAttributes();
    lender.setAttributes(before);
    // Ctrl-C is for the program; were it ignored, the program would ignore it, too.
    Terminal.SignalHandler handler = lender.handle(Terminal.Signal.INT, _ -> { });
    try {
      Process process = start.begin();
      process.onExit().join();
      return process;
    } finally {
      lender.handle(Terminal.Signal.INT, handler);
      lender.setAttributes(ours);
    }
  }

  @Override
  public void close() throws IOException {
    if (terminal != null) {
      terminal().close();
    }
  }
}
