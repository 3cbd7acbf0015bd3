package dev.lanewise.dsl.parse;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.grammar.NetLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/**
 * The one canonical layout of a script: two spaces for each open bracket, one space around operators, at most one empty line,
 * the equal signs of settings and the comments at the ends of lines in columns. Line ends and comments stay where the author
 * has put them.
 *
 * <pre>{@code Layout.of("net A{input 4;dense( 2 )}").equals("net A { input 4; dense(2) }\n") }</pre>
 */
public final class Layout {
  private static final Set<Integer> OPENING = Set.of(OPEN, LEFT, LEFT_LIST);
  private static final Set<Integer> CLOSING = Set.of(CLOSE, RIGHT, RIGHT_LIST);

  /** After these a minus or `@` begins something, and a line goes on. */
  private static final Set<Integer> OPERATORS =
      Set.of(
          ARROW, ASSIGN, EQUAL, DIFFERENT, AT_MOST, AT_LEAST, LESS, GREATER, PLUS, MINUS, TIMES, OVER, MODULO, POWER, AT, TILDE,
          COMMA, AND, OR, NOT);

  /** Words that a bracket does not belong to. */
  private static final Set<Integer> WORDS =
      Set.of(IF, ELSE, REPEAT, INPUT, EXPECT, ON, AS, AND, OR, NOT, TRAIN, SWEEP, NET, BLOCK, DEF, LAYER);

  /** A line of the result. @param equals where the sign of a setting stands in the text, or -1 */
  private record Line(int indent, String text, int equals, String comment) {}

  private final List<Line> lines = new ArrayList<>();
  /** For each open bracket, the line on which it was opened. */
  private final Deque<Integer> open = new ArrayDeque<>();
  private final Deque<Integer> kinds = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();
  private Token before;
  private Token twoBefore;
  private int indent;
  private int equals = -1;
  private String comment = "";
  /** What the statement at work begins with, and whether it has settings. */
  private boolean fresh = true;
  private boolean settings;
  private boolean weight;
  /** Whether the line at work has opened a brace, or has a semicolon. */
  private boolean braces;
  private boolean several;

  private Layout() {}

  /** @param script without syntax errors */
  public static String of(String script) {
    NetLexer lexer = new NetLexer(CharStreams.fromString(script));
    lexer.removeErrorListeners();
    Layout layout = new Layout();
    for (Token token : lexer.getAllTokens()) {
      layout.take(token);
    }
    layout.endLine();
    return layout.aligned();
  }

  private void take(Token token) {
    switch (token.getType()) {
      case COMMENT -> comment = token.getText().stripTrailing();
      case SEPARATOR -> separator(token);
      default -> word(token);
    }
  }

  private void separator(Token token) {
    if (token.getText().equals(";")) {
      boolean goesOn = before == null || before.getType() == OPEN || continues(before.getType());
      if (!text.isEmpty() && !goesOn && before.getType() != SEPARATOR) {
        text.append(';');
        remember(token);
      }
      fresh |= open.isEmpty() && !goesOn;
      return;
    }
    endLine();
    fresh |= open.isEmpty() && !(before != null && continues(before.getType()));
  }

  private void word(Token token) {
    int type = token.getType();
    if (CLOSING.contains(type) && !open.isEmpty()) {
      if (type == CLOSE && before != null && before.getType() == SEPARATOR) {
        dropSemicolon();
      }
      open.pop();
      kinds.pop();
    }
    if (text.isEmpty()) {
      begin(type);
    } else if (spaced(token)) {
      text.append(' ');
    }
    several |= before != null && before.getType() == SEPARATOR && !text.isEmpty() && type != CLOSE;
    if (several) {
      // Several on one line stand in no column.
      equals = -1;
    }
    if (fresh) {
      settings = type == TRAIN || type == DATA || type == SWEEP;
      fresh = false;
    }
    settings |= type == TRAIN;
    if (settings && open.size() == 1 && equals < 0 && (type == ASSIGN || type == IN) && !braces && !several) {
      equals = text.length();
    }
    if (type == WEIGHT || type == SEPARATOR) {
      weight = type == WEIGHT;
    }
    text.append(token.getText());
    if (OPENING.contains(type)) {
      open.push(lines.size());
      kinds.push(type);
      braces |= type == OPEN;
    }
    remember(token);
  }

  private void dropSemicolon() {
    if (!text.isEmpty() && text.charAt(text.length() - 1) == ';') {
      text.setLength(text.length() - 1);
    }
  }

  private void remember(Token token) {
    twoBefore = before;
    before = token;
  }

  /** Whether a line does not end after this. */
  private static boolean continues(int type) {
    return OPERATORS.contains(type) || type == COLON || type == DOT;
  }

  /** The first word of a line says how far in it begins: brackets opened on one line count once. */
  private void begin(int type) {
    boolean goesOn = before != null && continues(before.getType()) && before.getType() != COMMA || type == ARROW;
    indent = 2 * (int) open.stream().distinct().count() + (goesOn && !lines.isEmpty() ? 2 : 0);
    weight = false;
  }

  private boolean spaced(Token token) {
    int type = token.getType();
    int last = before.getType();
    if (last == SEPARATOR) {
      return true;
    }
    if (type == COMMA || type == RIGHT || type == RIGHT_LIST || type == DOT || last == DOT || last == LEFT || last == LEFT_LIST) {
      return false;
    }
    if (type == COLON) {
      boolean state = twoBefore != null && twoBefore.getType() == STATE;
      return (weight || state) && !isInList();
    }
    if (last == COLON && isInList()) {
      return false;
    }
    if (type == CLOSE && last == OPEN) {
      return false;
    }
    if (type == LEFT || type == LEFT_LIST) {
      boolean among = type == LEFT_LIST && last == IN && settings;
      return OPERATORS.contains(last) || WORDS.contains(last) || last == OPEN || last == COLON || among;
    }
    boolean starts = twoBefore == null || OPERATORS.contains(twoBefore.getType()) || OPENING.contains(twoBefore.getType())
        || twoBefore.getType() == SEPARATOR || twoBefore.getType() == COLON || WORDS.contains(twoBefore.getType())
        || twoBefore.getType() == IN && settings
        || twoBefore.getLine() < before.getLine() && last == AT && linesEndStatements();
    return !((last == MINUS || last == AT) && starts);
  }

  /** Where a colon stands between the ends of a stretch. */
  private boolean isInList() {
    return !kinds.isEmpty() && kinds.peek() == LEFT_LIST;
  }

  private boolean linesEndStatements() {
    return kinds.isEmpty() || kinds.peek() == OPEN;
  }

  private void endLine() {
    dropSemicolon();
    if (text.isEmpty() && !comment.isEmpty()) {
      int depth = 2 * (int) open.stream().distinct().count();
      lines.add(new Line(depth, comment, -1, ""));
    } else {
      lines.add(new Line(indent, text.toString(), equals, comment));
    }
    text.setLength(0);
    braces = false;
    several = false;
    equals = -1;
    comment = "";
  }

  private String aligned() {
    List<Line> kept = kept();
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < kept.size(); ) {
      int end = i + 1;
      while (end < kept.size() && together(kept.get(end - 1), kept.get(end))) {
        end++;
      }
      List<Line> run = withEqualSigns(kept.subList(i, end));
      int column = run.stream().filter(l -> !l.comment.isEmpty()).mapToInt(l -> l.indent + l.text.length()).max().orElse(0);
      for (Line l : run) {
        String line = " ".repeat(l.text.isEmpty() ? 0 : l.indent) + l.text;
        result.append(line);
        if (!l.comment.isEmpty()) {
          result.append(" ".repeat(column - line.length() + 2)).append(l.comment);
        }
        result.append('\n');
      }
      i = end;
    }
    return result.toString();
  }

  /** At most one empty line, and none at the start, at the end, or beside a brace. */
  private List<Line> kept() {
    List<Line> kept = new ArrayList<>();
    boolean gap = false;
    for (Line line : lines) {
      if (line.text.isEmpty()) {
        gap = !kept.isEmpty() && !kept.getLast().text.endsWith("{");
      } else {
        if (gap && !line.text.startsWith("}")) {
          kept.add(new Line(0, "", -1, ""));
        }
        gap = false;
        kept.add(line);
      }
    }
    return kept;
  }

  private static boolean together(Line a, Line b) {
    boolean comments = !a.comment.isEmpty() && !b.comment.isEmpty();
    boolean signs = a.equals >= 0 && b.equals >= 0 && a.indent == b.indent;
    return comments || signs;
  }

  private static List<Line> withEqualSigns(List<Line> run) {
    int column = run.stream().mapToInt(Line::equals).max().orElse(-1);
    return run.stream()
        .map(
            l -> l.equals < 0
                ? l
                : new Line(
                    l.indent, l.text.substring(0, l.equals) + " ".repeat(column - l.equals) + l.text.substring(l.equals), column, l.comment))
        .toList();
  }
}
