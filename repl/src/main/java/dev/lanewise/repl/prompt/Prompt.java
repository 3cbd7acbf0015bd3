package dev.lanewise.repl.prompt;

import dev.lanewise.dsl.language.Printable;
import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.dsl.parse.Completeness;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.typing.Preview;
import dev.lanewise.repl.conversation.Conversation;
import dev.lanewise.repl.conversation.Conversation.Reply;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** Reads what is typed, lets the conversation answer, and again. Whatever the line editor throws, the prompt comes back. */
public final class Prompt {
  /** So often in a row reading a line may fail before it is clear that no line can be read here. */
  private static final int PATIENCE = 3;

  private final Conversation conversation;
  private final Voice voice;
  private final Screen screen;
  private final Terminal terminal;
  private final Path state;
  private final Map<String, String> environment;
  private final boolean able;
  private HintingReader reader;

  /**
   * @param state the folder that remembers what was typed
   * @param environment names the user's editor
   */
  public Prompt(Conversation conversation, Voice voice, Screen screen, Path state, Map<String, String> environment) {
    this.environment = environment;
    this.conversation = conversation;
    this.voice = voice;
    this.screen = screen;
    this.terminal = screen.terminal();
    this.state = state;
    this.able = !Terminal.TYPE_DUMB.equals(terminal.getType()) && !Terminal.TYPE_DUMB_COLOR.equals(terminal.getType());
    this.reader = reader();
  }

  private HintingReader reader() {
    Map<String, Object> variables = new HashMap<>();
    StateFolder.file(state, "history").flatMap(HistoryFile::mended).ifPresent(file -> variables.put(LineReader.HISTORY_FILE, file));
    HintingReader made = new HintingReader(terminal, variables, able);
    made.setParser(new StatementParser(text -> help(Completeness.COMPLETE, () -> conversation.completeness(text))));
    made.setCompleter(new StatementCompleter(before -> help(List.of(), () -> conversation.completions(before))));
    made.setHighlighter(new StatementHighlighter(voice.style() == Style.COLOURED));
    made.hint(typed -> help(AttributedString.EMPTY, () -> hint(typed)));
    made.kept(conversation::plain);
    made.editor(new Editor(environment, screen), sentence -> voice.print(voice.say(sentence)));
    made.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    made.option(LineReader.Option.AUTO_LIST, true);
    made.option(LineReader.Option.LIST_PACKED, true);
    made.option(LineReader.Option.HISTORY_IGNORE_DUPS, true);
    return made;
  }

  /** What helps while one types must not keep anybody from typing; when the line is run, it tells what is wrong. */
  private static <T> T help(T otherwise, Supplier<T> help) {
    try {
      return help.get();
    } catch (RuntimeException | Error unhelpful) {
      return otherwise;
    }
  }

  /** Returns when the user leaves, or no line can be read. */
  public Outcome run() {
    // Also between two lines: there Ctrl-C would end the process.
    terminal.handle(Terminal.Signal.INT, _ -> conversation.interrupt());
    voice.print(voice.say("Lanewise: neural networks in a small language. :help, :tutorial, :quit"));
    screen.typed();
    // Nobody types before there is a prompt.
    Thread.ofPlatform().daemon().name("ready").start(Conversation::getReady);
    int failures = 0;
    while (failures < PATIENCE && voice.out().failure().isEmpty()) {
      voice.out().flush();
      try {
        String typed = read();
        failures = 0;
        if (conversation.answer(typed) == Reply.LEAVE) {
          return Outcome.OK;
        }
        conversation.proposal().filter(_ -> able).ifPresent(this::propose);
      } catch (UserInterruptException dropped) {
        failures = 0;
      } catch (EndOfFileException end) {
        // First out of the tutorial.
        if (conversation.answer(":quit") == Reply.LEAVE) {
          return Outcome.OK;
        }
      } catch (Throwable thrown) {
        failures++;
        conversation.failed("prompt", thrown);
        reader = reader();
      }
    }
    return failures < PATIENCE ? Outcome.OK : Outcome.FAULT;
  }

  /** A line with a mistake does not come back by itself: it is behind the up arrow, as any other. */
  private String read() {
    String prompt = conversation.prompt();
    reader.proposal(conversation.proposal().orElse(""));
    reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, " ".repeat(Math.max(0, TextWidth.of(prompt) - 2)) + "… ");
    return reader.readLine(prompt);
  }

  /** Says what Tab would write. */
  private void propose(String text) {
    String first = text.strip().lines().findFirst().orElse("");
    voice.print(voice.style().faint(voice.say("Tab writes `" + Printable.line(first) + "`" + (first.equals(text.strip()) ? "" : " …"))));
  }

  /** Below what is typed: what the network makes so far, or how the call at the cursor is called. */
  private AttributedString hint(String typed) {
    AttributedStyle plain = AttributedStyle.DEFAULT;
    Optional<String> tip = conversation.tip(typed);
    Optional<Preview> preview = conversation.preview(typed);
    AttributedStyle style = preview.map(Preview::fits).orElse(true) ? plain.faint() : plain.foreground(AttributedStyle.RED);
    String text = preview.filter(p -> !p.fits()).map(p -> "✗ " + p.text())
        .or(() -> tip)
        .or(() -> preview.map(p -> "→ " + p.text()))
        .orElse("");
    String margin = " ".repeat(TextWidth.of(conversation.prompt()));
    return text.isEmpty() ? AttributedString.EMPTY : new AttributedString(margin + Printable.line(text), voice.style() == Style.COLOURED ? style : plain);
  }
}
