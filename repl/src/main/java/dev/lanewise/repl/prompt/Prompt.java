package dev.lanewise.repl.prompt;

import dev.lanewise.dsl.diagnostic.Explanation;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.render.Explained;
import dev.lanewise.repl.render.Style;
import java.io.PrintStream;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** Reads a statement, lets the session run it, and again. */
public final class Prompt {
  private static final String HELP =
      """
      Type a statement; an open { waits for its }. Names may be bound again.
        net T = input 1x28x28 -> flatten -> dense(10)
        data digits = mnist()
        train T on digits { epochs = 1 }
        test(T, digits)
      :help    this text
      :explain L012   what the code of a message is about, with examples
      :quit    leave, as Ctrl-D does
      Ctrl-C   drops what is typed; stops training after the current batch and keeps the network
      """;

  private final Session session;
  private final PrintStream out;
  private final Style style;
  private final Terminal terminal;
  private final LineReader reader;

  public Prompt(Session session, PrintStream out, Screen screen, Style style) {
    this.style = style;
    this.session = session;
    this.out = out;
    this.terminal = screen.terminal();
    LineReaderBuilder builder = LineReaderBuilder.builder()
        .terminal(terminal)
        .appName("lanewise")
        .parser(new StatementParser(session::completeness))
        .variable(LineReader.SECONDARY_PROMPT_PATTERN, "      … ")
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    HistoryFile.locate(System.getenv()).ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    this.reader = builder.build();
  }

  /** Returns when the user leaves. */
  public void run() {
    out.println("Lanewise: a small language for neural networks. :help helps, Ctrl-D leaves.");
    boolean open = true;
    while (open) {
      try {
        open = answer(reader.readLine("lanewise> "));
      } catch (UserInterruptException dropped) {
        open = true;
      } catch (EndOfFileException leave) {
        open = false;
      }
    }
  }

  /** False if the user wants to leave. */
  private boolean answer(String typed) {
    String text = typed.strip();
    if (text.startsWith(":")) {
      return command(text);
    }
    if (!text.isEmpty()) {
      Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, _ -> session.interrupt());
      try {
        session.run(new Source("prompt", typed));
      } finally {
        terminal.handle(Terminal.Signal.INT, before);
      }
    }
    return true;
  }

  private void explain(String code) {
    Explanation.named(code).ifPresentOrElse(
        e -> Explained.lines(e, style).forEach(out::println),
        () -> out.println("Write the code that a message shows, as in :explain L012."));
  }

  private boolean command(String text) {
    switch (text) {
      case ":quit", ":q", ":exit" -> {
        return false;
      }
      case ":help", ":h", ":?" -> out.print(HELP);
      case String s when s.startsWith(":explain") -> explain(s.substring(":explain".length()).strip());
      default -> out.println(text + " is not known here. There are :help, :explain and :quit.");
    }
    out.flush();
    return true;
  }
}
