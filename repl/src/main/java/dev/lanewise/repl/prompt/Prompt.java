package dev.lanewise.repl.prompt;

import dev.lanewise.dsl.language.Printable;
import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.dsl.session.Preview;
import dev.lanewise.repl.conversation.Conversation;
import dev.lanewise.repl.conversation.Conversation.Reply;
import dev.lanewise.repl.render.Style;
import dev.lanewise.repl.render.Voice;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** Reads what is typed, lets the conversation answer, and again. */
public final class Prompt {
  private final Conversation conversation;
  private final Voice voice;
  private final Terminal terminal;
  private final HintingReader reader;
  private final boolean able;

  /** @param state the folder that remembers what was typed */
  public Prompt(Conversation conversation, Voice voice, Screen screen, Path state) {
    this.conversation = conversation;
    this.voice = voice;
    this.terminal = screen.terminal();
    this.able = !Terminal.TYPE_DUMB.equals(terminal.getType()) && !Terminal.TYPE_DUMB_COLOR.equals(terminal.getType());
    Map<String, Object> variables = new HashMap<>();
    StateFolder.file(state, "history").ifPresent(file -> variables.put(LineReader.HISTORY_FILE, file));
    this.reader = new HintingReader(terminal, variables, able);
    reader.setParser(new StatementParser(conversation::completeness));
    reader.setCompleter(new StatementCompleter(conversation));
    reader.setHighlighter(new StatementHighlighter(voice.style() == Style.COLOURED));
    reader.hint(this::hint);
    reader.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    reader.option(LineReader.Option.AUTO_LIST, true);
    reader.option(LineReader.Option.LIST_PACKED, true);
    reader.option(LineReader.Option.HISTORY_IGNORE_DUPS, true);
  }

  /** Returns when the user leaves. */
  public void run() {
    // Also between two lines: there Ctrl-C would end the process.
    terminal.handle(Terminal.Signal.INT, _ -> conversation.interrupt());
    voice.print(voice.say("Lanewise: neural networks in a small language. :help, :tutorial, :quit"));
    // Nobody types before there is a prompt.
    Thread.ofPlatform().daemon().name("ready").start(Conversation::getReady);
    Reply reply = Reply.DONE;
    String again = "";
    while (reply != Reply.LEAVE && voice.out().failure().isEmpty()) {
      voice.out().flush();
      try {
        String typed = read(again);
        reply = conversation.answer(typed);
        again = able && reply == Reply.MISTAKEN ? typed : "";
      } catch (UserInterruptException dropped) {
        again = "";
      } catch (EndOfFileException leave) {
        reply = Reply.LEAVE;
      }
    }
  }

  /**
   * @param again a line with a mistake, to be made better. A dumb terminal could not change it, and gets none; nor does who has typed on
   *     already: that was not meant to be added to it
   */
  private String read(String again) {
    String prompt = conversation.prompt();
    reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, " ".repeat(Math.max(0, TextWidth.of(prompt) - 2)) + "… ");
    return reader.readLine(prompt, null, (Character) null, again.isEmpty() || reader.isMoreTyped() ? null : again);
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
