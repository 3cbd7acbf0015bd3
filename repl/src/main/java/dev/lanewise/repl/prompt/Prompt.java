package dev.lanewise.repl.prompt;

import dev.lanewise.dsl.diagnostic.Explanation;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.Layout;
import dev.lanewise.dsl.session.Outcome;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.render.Columns;
import dev.lanewise.repl.render.Explained;
import dev.lanewise.repl.render.Style;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;


/** Reads a statement, lets the session run it, and again. */
public final class Prompt {
  private static final String PROMPT = "lanewise> ";

  private static final String HELP =
      """
      Type a statement; an open { waits for its }. Names may be bound again.
        net T = input 1x28x28 -> flatten -> dense(10)
        data digits = mnist()
        train T on digits { epochs = 1 }
        test(T, digits)
      Tab completes: layers, arguments with their defaults, settings, labels, names.
      :help    this text
      :explain L012   what the code of a message is about, with examples
      :ls      the names that are bound
      :save session.net   what was typed, as a script
      :quit    leave, as Ctrl-D does
      Ctrl-C   drops what is typed; stops training after the current batch and keeps the network
      """;

  private final Session session;
  private final PrintStream out;
  private final List<String> kept = new ArrayList<>();
  private String hinted = "";
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
    builder
        .completer(new StatementCompleter(session))
        .highlighter(new StatementHighlighter(style == Style.COLOURED, this::hint))
        .option(LineReader.Option.AUTO_LIST, true)
        .option(LineReader.Option.LIST_PACKED, true);
    HistoryFile.locate(System.getenv()).ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    this.reader = builder.build();
    reader.setAutosuggestion(LineReader.SuggestionType.TAIL_TIP);
  }

  /** Returns when the user leaves. */
  public void run() {
    out.println("Lanewise: a small language for neural networks. :help helps, Ctrl-D leaves.");
    boolean open = true;
    while (open) {
      try {
        open = answer(reader.readLine(PROMPT));
      } catch (UserInterruptException dropped) {
        open = true;
      } catch (EndOfFileException leave) {
        open = false;
      }
    }
  }

  /** Behind what is typed: what the network makes so far. */
  private void hint(String typed) {
    if (style == Style.COLOURED && !typed.equals(hinted)) {
      hinted = typed;
      int room = terminal.getWidth() - PROMPT.length() - (typed.length() - typed.lastIndexOf('\n'));
      reader.setTailTip(session.preview(typed).map(p -> "   → " + p.text()).filter(h -> h.length() < room).orElse(""));
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
        if (session.run(new Source("prompt", typed)) != Outcome.MISTAKE) {
          kept.add(text);
        }
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

  /** What was typed so far and was no mistake, as a script. */
  private void save(String file) {
    if (file.isEmpty()) {
      out.println("Write where to: :save session.net");
      return;
    }
    try {
      Path path = Path.of(file);
      if (Files.exists(path)) {
        out.println(file + " is there already: choose another name.");
        return;
      }
      Files.writeString(path, Layout.of(String.join("\n", kept) + "\n"));
      out.println("wrote " + kept.size() + " statements to " + file);
    } catch (IOException | InvalidPathException e) {
      out.println(file + " cannot be written: " + e.getMessage());
    }
  }

  private boolean command(String text) {
    switch (text) {
      case ":quit", ":q", ":exit" -> {
        return false;
      }
      case ":help", ":h", ":?" -> out.print(HELP);
      case ":ls" -> Columns.lines(session.bound(), style).forEach(out::println);
      case String s when s.startsWith(":save") -> save(s.substring(":save".length()).strip());
      case String s when s.startsWith(":explain") -> explain(s.substring(":explain".length()).strip());
      default -> out.println(text + " is not known here. There are :help, :explain, :ls, :save and :quit.");
    }
    out.flush();
    return true;
  }
}
