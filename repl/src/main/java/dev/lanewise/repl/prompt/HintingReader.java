package dev.lanewise.repl.prompt;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jline.keymap.KeyMap;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.reader.Widget;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.InfoCmp.Capability;

/** A line editor with a line of hints below what is typed, and what was typed before in grey behind it. */
final class HintingReader extends LineReaderImpl {
  private static final int INDENT = 2;

  private final boolean hints;
  private Function<String, AttributedString> hint = _ -> AttributedString.EMPTY;
  private UnaryOperator<String> kept = UnaryOperator.identity();
  private String proposal = "";
  private Editor editor;
  private Consumer<String> problem = _ -> { };

  /** @param hints false for a terminal that cannot erase what it has shown */
  HintingReader(Terminal terminal, Map<String, Object> variables, boolean hints) {
    super(terminal, "lanewise", variables);
    this.hints = hints;
    setVariable(INDENTATION, INDENT);
    setHistory(new DefaultHistory(this));
    setAutosuggestion(hints ? SuggestionType.HISTORY : SuggestionType.NONE);
    String right = KeyMap.key(terminal, Capability.key_right);
    String end = KeyMap.key(terminal, Capability.key_end);
    bind("accept-suggestion-or-forward", this::forward, right, "\u001b[C", KeyMap.ctrl('F'));
    bind("accept-suggestion-or-end", this::end, end, "\u001b[F", KeyMap.ctrl('E'));
    bind("close-brace", this::closeBrace, "}");
    bind("propose-or-complete", this::propose, "\t");
  }

  /** @param hint what to show below a text; empty for nothing */
  void hint(Function<String, AttributedString> hint) {
    this.hint = hint;
  }

  /** @param kept what becomes of a text that is entered, before anybody sees it */
  void kept(UnaryOperator<String> kept) {
    this.kept = kept;
  }

  /**
   * @param editor for Ctrl-X Ctrl-E
   * @param problem is told when it cannot be used
   */
  void editor(Editor editor, Consumer<String> problem) {
    this.editor = editor;
    this.problem = problem;
  }

  /** @param proposal what Tab writes into an empty line; empty for nothing */
  void proposal(String proposal) {
    this.proposal = proposal;
  }

  private void bind(String name, Widget widget, String... keys) {
    getWidgets().put(name, widget);
    for (String key : keys) {
      if (key != null) {
        getKeyMaps().get(LineReader.MAIN).bind(new Reference(name), key);
      }
    }
  }

  /** An empty line takes what is proposed; any other is completed. */
  private boolean propose() {
    if (buf.length() > 0 || proposal.isEmpty()) {
      return expandOrComplete();
    }
    buf.write(proposal);
    return true;
  }

  private boolean forward() {
    return accepted() || super.forwardChar();
  }

  private boolean end() {
    return accepted() || super.endOfLine();
  }

  /** Takes what is shown in grey. */
  private boolean accepted() {
    boolean there = hints && buf.cursor() == buf.length() && !tailTip.isEmpty();
    if (there) {
      buf.write(tailTip);
    }
    return there;
  }

  /** A brace that closes stands below the line that opened. */
  private boolean closeBrace() {
    String before = buf.upToCursor();
    String line = before.substring(before.lastIndexOf('\n') + 1);
    if (before.contains("\n") && line.isBlank() && line.length() >= INDENT) {
      buf.backspace(INDENT);
    }
    buf.write('}');
    return true;
  }

  @Override
  protected String finish(String typed) {
    return super.finish(kept.apply(typed));
  }

  /** In the user's own editor; what comes back is not run before Enter. */
  @Override
  protected boolean editAndExecute() {
    display.update(List.of(), 0);
    terminal.puts(Capability.keypad_local);
    terminal.flush();
    try {
      setBuffer(editor.edited(buf.toString()));
    } catch (Editor.Failed e) {
      problem.accept(e.getMessage());
    }
    terminal.puts(Capability.keypad_xmit);
    terminal.flush();
    display.reset();
    return true;
  }

  @Override
  public AttributedString getDisplayedBufferWithPrompts(List<AttributedString> secondaryPrompts) {
    AttributedString shown = super.getDisplayedBufferWithPrompts(secondaryPrompts);
    if (!hints || post != null || state != State.NORMAL || searchTerm != null || isMoreTyped()) {
      return shown;
    }
    AttributedString below = hint.apply(buf.toString());
    if (below.length() == 0) {
      return shown;
    }
    AttributedString cut = below.columnSubSequence(0, Math.max(1, terminal.getWidth() - 1));
    return new AttributedStringBuilder().append(shown).append("\n").append(cut).toAttributedString();
  }

  /** Whether the next letter is there already: then nobody has time to read a hint, and working it out would hold up the letters. */
  boolean isMoreTyped() {
    try {
      return terminal.reader().peek(1) >= 0;
    } catch (IOException closed) {
      return true;
    }
  }
}
