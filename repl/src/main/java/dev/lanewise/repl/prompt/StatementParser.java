package dev.lanewise.repl.prompt;

import dev.lanewise.dsl.parse.Completeness;
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
    boolean enter = context == ParseContext.ACCEPT_LINE && !line.strip().startsWith(":");
    if (enter && completeness.apply(line) == Completeness.INCOMPLETE) {
      throw new EOFError(-1, -1, "the statement is not finished");
    }
    return new Typed(line, cursor);
  }

  /** The whole text as one word. */
  private record Typed(String line, int cursor) implements CompletingParsedLine {
    @Override
    public String word() {
      return line;
    }

    @Override
    public int wordCursor() {
      return cursor;
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(line);
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return cursor;
    }

    @Override
    public int rawWordLength() {
      return line.length();
    }
  }
}
