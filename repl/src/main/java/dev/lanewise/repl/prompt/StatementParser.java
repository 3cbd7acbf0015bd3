package dev.lanewise.repl.prompt;

import dev.lanewise.dsl.parse.Brackets;
import dev.lanewise.dsl.parse.Completeness;
import dev.lanewise.dsl.parse.FullWidth;
import dev.lanewise.dsl.typing.Completions;
import java.util.List;
import java.util.function.Function;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor whether Enter ends a statement or only a line of it. */
final class StatementParser implements Parser {
  private final Function<String, Completeness> completeness;

  StatementParser(Function<String, Completeness> completeness) {
    this.completeness = completeness;
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    boolean command = line.stripLeading().startsWith(":") || line.stripLeading().startsWith("：");
    if (context == ParseContext.ACCEPT_LINE && !command && completeness.apply(line) == Completeness.INCOMPLETE) {
      // As many levels of indentation as brackets are open.
      throw new EOFError(-1, -1, "the statement is not finished", null, Brackets.of(FullWidth.plain(line)).open().size(), null);
    }
    return new Typed(line, cursor, command ? line.substring(0, cursor) : Completions.word(line.substring(0, cursor)));
  }

  /** The text, with the word that ends at the cursor. */
  private record Typed(String line, int cursor, String word) implements CompletingParsedLine {
    @Override
    public int wordCursor() {
      return word.length();
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return word.length();
    }

    @Override
    public int rawWordLength() {
      return word.length();
    }
  }
}
