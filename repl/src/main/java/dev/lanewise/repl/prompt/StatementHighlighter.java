package dev.lanewise.repl.prompt;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.parse.Brackets;
import dev.lanewise.dsl.parse.FullWidth;
import dev.lanewise.dsl.parse.Highlights;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours what is typed by the grammar's own tokens. A bracket that closes nothing is red, one that waits for its partner bold. */
final class StatementHighlighter implements Highlighter {
  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;

  private final boolean colours;

  StatementHighlighter(boolean colours) {
    this.colours = colours;
  }

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    // The grammar is not loaded before something is typed.
    if (!colours || buffer.isEmpty() || buffer.startsWith(":") || buffer.startsWith("：")) {
      return new AttributedString(buffer);
    }
    AttributedStyle[] styles = new AttributedStyle[buffer.length()];
    java.util.Arrays.fill(styles, PLAIN);
    String plain = FullWidth.plain(buffer);
    for (Highlights.Piece piece : Highlights.of(plain)) {
      fill(styles, piece.span(), style(piece.kind()));
    }
    Brackets brackets = Brackets.of(plain);
    brackets.open().forEach(s -> fill(styles, s, PLAIN.bold().foreground(AttributedStyle.YELLOW)));
    brackets.wrong().forEach(s -> fill(styles, s, style(Highlights.Kind.WRONG)));
    AttributedStringBuilder text = new AttributedStringBuilder();
    for (int i = 0; i < styles.length; i++) {
      text.styled(styles[i], buffer.substring(i, i + 1));
    }
    return text.toAttributedString();
  }

  private static void fill(AttributedStyle[] styles, Span span, AttributedStyle style) {
    java.util.Arrays.fill(styles, span.start(), Math.min(span.end(), styles.length), style);
  }

  private static AttributedStyle style(Highlights.Kind kind) {
    return switch (kind) {
      case KEYWORD -> PLAIN.foreground(AttributedStyle.MAGENTA);
      case NUMBER -> PLAIN.foreground(AttributedStyle.CYAN);
      case TEXT -> PLAIN.foreground(AttributedStyle.GREEN);
      case COMMENT -> PLAIN.faint();
      case CALL -> PLAIN.foreground(AttributedStyle.BLUE);
      case WRONG -> PLAIN.foreground(AttributedStyle.RED);
    };
  }
}
