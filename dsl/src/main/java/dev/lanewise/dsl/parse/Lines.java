package dev.lanewise.dsl.parse;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.grammar.NetLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Cuts a text into top-level statements and makes their separators regular, as the head of the grammar promises. What can be said about
 * brackets, quotes and depth is said here, so that the parser only sees statements that are closed and of bounded depth.
 */
final class Lines {
  /** Deeper texts are no programs, and would exhaust the stack of the parser. */
  static final int DEEPEST = 500;

  private static final Set<Integer> OPENING = Set.of(LEFT, LEFT_LIST, OPEN);
  private static final Set<Integer> CLOSING = Set.of(RIGHT, RIGHT_LIST, CLOSE);

  /** After these a new line means nothing. */
  private static final Set<Integer> GOES_ON =
      Set.of(
          ARROW, ASSIGN, EQUAL, DIFFERENT, AT_MOST, AT_LEAST, LESS, GREATER, PLUS, MINUS, TIMES, OVER, MODULO, POWER, AT, TILDE, COMMA,
          COLON, DOT, AND, OR, NOT);

  /** At the start of a line these begin a top-level statement: whatever is open by then will not be closed. */
  private static final Set<Integer> TOP_LEVEL = Set.of(NET, BLOCK, DEF, LAYER, IMPORT, DATA, TRAIN, SWEEP);

  /** Each of these puts one node of the tree into another, brackets or not. */
  private static final Set<Integer> NESTING =
      Set.of(
          EQUAL, DIFFERENT, AT_MOST, AT_LEAST, LESS, GREATER, PLUS, MINUS, TIMES, OVER, MODULO, POWER, AT, DOT, AND, OR, NOT, ELSE,
          LEFT, LEFT_LIST, OPEN);

  private final Source source;
  private final List<Line> lines = new ArrayList<>();
  private final Deque<Token> open = new ArrayDeque<>();
  private final Deque<Integer> depths = new ArrayDeque<>(List.of(0));
  private List<Token> tokens = new ArrayList<>();
  private List<Diagnostic> problems = new ArrayList<>();
  /** The text with the signs that are meant: they bracket and quote as those do, so that one of them is one mistake. */
  private final String plain;
  private int read;
  private int depth;
  private boolean startsLine;
  private boolean signTold;

  private final Mended mended;

  private Lines(Source source, Mended mended) {
    this.source = source;
    this.mended = mended;
    this.plain = FullWidth.plain(mended.text());
  }

  static List<Line> of(Source source) {
    return of(source, Mended.nothing(source.text()));
  }

  /** Of a text that was mended; what is found stands where it was written in the source. */
  static List<Line> of(Source source, Mended mended) {
    Lines result = new Lines(source, mended);
    List<CommonToken> all = tokens(result.plain).stream().filter(t -> t.getChannel() == Token.DEFAULT_CHANNEL).toList();
    for (int i = 0; i < all.size(); i++) {
      CommonToken token = all.get(i);
      result.signs(token.getStopIndex() + 1);
      Span written = mended.written(token.getStartIndex(), token.getStopIndex() + 1);
      token.setStartIndex(written.start());
      token.setStopIndex(written.end() - 1);
      result.take(token, i + 1 < all.size() ? all.get(i + 1).getType() : Token.EOF);
    }
    result.end();
    return result.lines;
  }

  /** All tokens of a text, remarks among them, whose places count chars. */
  static List<CommonToken> tokens(String text) {
    NetLexer lexer = new NetLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    Offsets offsets = Offsets.of(text);
    List<CommonToken> tokens = lexer.getAllTokens().stream().map(CommonToken::new).toList();
    tokens.forEach(offsets::apply);
    return tokens;
  }

  static Span span(Token token) {
    return new Span(token.getStartIndex(), Math.max(token.getStartIndex(), token.getStopIndex() + 1));
  }

  private void take(Token token, int next) {
    int type = token.getType();
    if (type == SEPARATOR) {
      separator(token, next);
      return;
    }
    if (!open.isEmpty() && startsLine && TOP_LEVEL.contains(type) && next != ASSIGN && next != DOT) {
      unclosed();
      finish(token, false);
    }
    if (type == UNKNOWN) {
      report(Signs.unknown(source, token.getText(), span(token)));
    } else if (type == UNCLOSED_STRING) {
      report(Code.L002, token, "this string has no second quote on its line", Remedy.of("close it with `\"`", Edit.insert(span(token).end(), "\"")).perhaps());
    } else if (CLOSING.contains(type)) {
      close(token);
    }
    if (type == PATH && !tokens.isEmpty() && tokens.getLast().getType() == CLOSE) {
      // Paths may follow each other on one line: add { path { … } path { … } }.
      tokens.add(separatorBefore(token));
      depth = depths.peek();
    }
    count(token);
    if (OPENING.contains(type)) {
      open.push(token);
    }
    tokens.add(token);
    while (type == UNCLOSED_STRING && !open.isEmpty() && open.peek().getType() != OPEN) {
      // The string has swallowed the closing bracket.
      open.pop();
      depths.pop();
    }
  }

  /** Tells of the signs up to there that stand for others: of one in each line of text. */
  private void signs(int end) {
    for (; read < end; read++) {
      char sign = plain.charAt(read);
      signTold &= sign != '\n';
      boolean more = problems.isEmpty() || !signTold && problems.stream().allMatch(d -> d.code() == Code.L081 || d.code() == Code.L082);
      if (sign != mended.text().charAt(read) && more) {
        problems.add(Signs.meant(source, mended, plain, read));
        signTold = true;
      }
    }
  }

  private void separator(Token token, int next) {
    startsLine = true;
    if (tokens.isEmpty() && !problems.isEmpty() && open.isEmpty()) {
      finish(token, false);
    }
    boolean inside = !open.isEmpty() && open.peek().getType() != OPEN;
    if (inside && !TOP_LEVEL.contains(next) || tokens.isEmpty() || next == ARROW && !token.getText().equals(";")) {
      return;
    }
    int last = tokens.getLast().getType();
    boolean means = !GOES_ON.contains(last) && last != OPEN && last != SEPARATOR;
    if (open.isEmpty() && means) {
      finish(token, false);
    } else if (!inside && means) {
      tokens.add(token);
      depth = depths.peek();
    }
  }

  private void close(Token token) {
    int wanted = partner(token.getType());
    if (wanted == OPEN) {
      while (!open.isEmpty() && open.peek().getType() != OPEN) {
        unclosed();
        open.pop();
        depths.pop();
      }
    }
    if (open.isEmpty() || open.peek().getType() != wanted) {
      report(Code.L001, token, "`" + token.getText() + "` closes nothing", Remedy.remove(span(token)));
      return;
    }
    open.pop();
    depth = depths.pop();
    boolean body = token.getType() == CLOSE && !tokens.isEmpty();
    if (body && !Set.of(OPEN, SEPARATOR, ARROW).contains(tokens.getLast().getType())) {
      tokens.add(separatorBefore(token));
    }
  }

  private static int partner(int closing) {
    return closing == RIGHT ? LEFT : closing == RIGHT_LIST ? LEFT_LIST : OPEN;
  }

  private void count(Token token) {
    startsLine = false;
    int type = token.getType();
    if (type == COMMA || type == ARROW) {
      depth = depths.peek();
    } else if (NESTING.contains(type)) {
      depth++;
      if (depth > DEEPEST) {
        report(Code.L005, token, "this is nested more than " + DEEPEST + " levels deep", Remedy.say("bind parts of it to names"));
      }
    }
    if (OPENING.contains(type)) {
      depths.push(depth);
    }
  }

  private void unclosed() {
    Token token = open.peek();
    String closing = token.getType() == LEFT ? ")" : token.getType() == LEFT_LIST ? "]" : "}";
    report(
        Code.L002, token, "this `" + token.getText() + "` is not closed", Remedy.say("close it with `" + closing + "`"));
  }

  private void report(Code code, Token token, String message, Remedy remedy) {
    report(new Diagnostic(source, code, span(token), message, remedy));
  }

  private void report(Diagnostic found) {
    if (problems.isEmpty()) {
      problems.add(found);
    }
  }

  private void end() {
    signs(plain.length());
    if (tokens.isEmpty()) {
      finish(separatorAt(source.text().length()), false);
      return;
    }
    int last = tokens.getLast().getType();
    boolean goesOn = problems.isEmpty() && (!open.isEmpty() || GOES_ON.contains(last));
    if (!open.isEmpty()) {
      unclosed();
    }
    CommonToken end = new CommonToken(tokens.getLast());
    end.setStartIndex(end.getStopIndex() + 1);
    finish(end, goesOn);
  }

  private void finish(Token at, boolean goesOn) {
    if (!tokens.isEmpty() || !problems.isEmpty()) {
      tokens.add(separatorBefore(at));
      lines.add(new Line(tokens, problems, goesOn));
    }
    tokens = new ArrayList<>();
    problems = new ArrayList<>();
    open.clear();
    depths.clear();
    depths.push(0);
    depth = 0;
  }

  private static Token separatorAt(int offset) {
    CommonToken separator = new CommonToken(SEPARATOR, "\n");
    separator.setStartIndex(offset);
    separator.setStopIndex(offset - 1);
    return separator;
  }

  private static Token separatorBefore(Token token) {
    CommonToken separator = new CommonToken(SEPARATOR, token.getType() == CLOSE ? token.getText() : "\n");
    separator.setStartIndex(token.getStartIndex());
    separator.setStopIndex(token.getStopIndex());
    separator.setLine(token.getLine());
    return separator;
  }
}
