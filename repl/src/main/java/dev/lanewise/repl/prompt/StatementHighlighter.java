package dev.lanewise.repl.prompt;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.parse.Highlights;
import java.util.function.Consumer;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours what is typed by the grammar's own tokens; it is also asked first whenever something is typed, and tells. */
final class StatementHighlighter implements Highlighter {
  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;

  private final boolean colours;
  private final Consumer<String> typed;

  StatementHighlighter(boolean colours, Consumer<String> typed) {
    this.colours = colours;
    this.typed = typed;
  }

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    typed.accept(buffer);
    AttributedStringBuilder text = new AttributedStringBuilder();
    if (!colours || buffer.startsWith(":")) {
      return text.append(buffer).toAttributedString();
    }
    int at = 0;
    for (Highlights.Piece piece : Highlights.of(buffer)) {
      Span span = piece.span();
      text.append(buffer.substring(at, span.start()));
      text.styled(style(piece.kind()), buffer.substring(span.start(), span.end()));
      at = span.end();
    }
    return text.append(buffer.substring(at)).toAttributedString();
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
