package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.Token;

/** A script that cannot be read, with all its tokens, comments and ends of lines among them. Every question is answered at once, so that a long text is no matter. */
public final class Page {
  private static final Set<Integer> TOP_LEVEL = Set.of(NET, BLOCK, DEF, LAYER, IMPORT, DATA, TRAIN, SWEEP);

  private final String text;
  private final List<? extends Token> tokens;
  private final int[] partner;
  private final int[] inside;
  private final int[] head;
  private final int[] last;

  /** @param tokens whose places are those in the text */
  public Page(String text, List<? extends Token> tokens) {
    this.text = text;
    this.tokens = tokens;
    this.partner = new int[tokens.size()];
    this.inside = new int[tokens.size()];
    this.head = new int[tokens.size()];
    this.last = new int[tokens.size()];
    brackets();
    lines();
  }

  private void brackets() {
    Arrays.fill(partner, -1);
    Deque<Integer> open = new ArrayDeque<>();
    int first = 0;
    for (int i = 0; i < size(); i++) {
      if (startsTopLevel(i)) {
        open.clear();
      }
      first = startsLine(i) && open.isEmpty() || is(i - 1, SEPARATOR) && open.isEmpty() ? i : first;
      if (is(i, Set.of(RIGHT, RIGHT_LIST, CLOSE))) {
        int wanted = is(i, RIGHT) ? LEFT : is(i, RIGHT_LIST) ? LEFT_LIST : OPEN;
        while (wanted == OPEN && !open.isEmpty() && !is(open.peek(), OPEN)) {
          open.pop();
        }
        if (!open.isEmpty() && is(open.peek(), wanted)) {
          partner[i] = open.pop();
          partner[partner[i]] = i;
        }
      }
      inside[i] = open.isEmpty() ? -1 : open.peek();
      head[i] = first;
      if (is(i, Set.of(LEFT, LEFT_LIST, OPEN))) {
        open.push(i);
      }
    }
  }

  private void lines() {
    int end = size() - 1;
    for (int i = size() - 1; i >= 0; i--) {
      if (endsLine(i)) {
        end = i - 1;
      }
      last[i] = end;
    }
  }

  private boolean endsLine(int i) {
    return is(i, COMMENT) || is(i, SEPARATOR) && !is(i, ";");
  }

  String text() {
    return text;
  }

  int size() {
    return tokens.size();
  }

  IntStream indices() {
    return IntStream.range(0, size());
  }

  boolean is(int i, int type) {
    return i >= 0 && i < size() && tokens.get(i).getType() == type;
  }

  boolean is(int i, Set<Integer> types) {
    return i >= 0 && i < size() && types.contains(tokens.get(i).getType());
  }

  boolean is(int i, String word) {
    return i >= 0 && i < size() && tokens.get(i).getText().equals(word);
  }

  /** A name, or a word of the language: what can stand before `=`. */
  boolean isWord(int i) {
    return i >= 0 && i < size() && (Character.isLetter(text(i).charAt(0)) || text(i).charAt(0) == '_');
  }

  String text(int i) {
    return i >= 0 && i < size() ? tokens.get(i).getText() : "";
  }

  String text(Span span) {
    return text.substring(span.start(), span.end());
  }

  Span span(int i) {
    return new Span(tokens.get(i).getStartIndex(), tokens.get(i).getStopIndex() + 1);
  }

  Span span(int from, int to) {
    return span(from).to(span(to));
  }

  /** Whether nothing stands between two neighbours. */
  boolean touch(int i) {
    return i >= 0 && i + 1 < size() && span(i).end() == span(i + 1).start();
  }

  /** The bracket that belongs to this one; -1 if none does, or there is no such token. */
  int partner(int i) {
    return i >= 0 && i < size() ? partner[i] : -1;
  }

  /** The bracket around a token that was opened last; -1 if none is open, or there is no such token. */
  int inside(int i) {
    return i >= 0 && i < size() ? inside[i] : -1;
  }

  /** The kind of the top-level statement around a token: its first token; that of what is bound for {@code run = train …}. */
  int head(int i) {
    int first = head[i];
    return is(first, IDENTIFIER) && is(first + 1, ASSIGN) && is(first + 2, TRAIN) ? TRAIN : tokens.get(first).getType();
  }

  /** The first token of the top-level statement around a token. */
  int first(int i) {
    return head[i];
  }

  /** The last token on its line, before a remark; the one before it at the end of a line. */
  int last(int i) {
    return last[i];
  }

  boolean startsLine(int i) {
    return i == 0 || i > 0 && endsLine(i - 1) && is(i - 1, SEPARATOR);
  }

  /** Whether what was open by then is not closed any more. */
  boolean startsTopLevel(int i) {
    return is(i, TOP_LEVEL) && startsLine(i) && column(i) == 0 && !is(i + 1, ASSIGN) && !is(i + 1, DOT);
  }

  /** Whether a statement may begin there. */
  boolean startsStatement(int i) {
    return i == 0 || is(i - 1, Set.of(SEPARATOR, OPEN, CLOSE, COMMENT));
  }

  boolean isTopLevel(int i) {
    return inside(i) < 0;
  }

  /** Whether layers stand there, one after the other. */
  boolean isAmongSteps(int i) {
    return (inside[i] < 0 || is(inside[i], OPEN)) && Set.of(NET, BLOCK).contains(head(i));
  }

  /** Whether settings stand there. */
  boolean isAmongSettings(int i) {
    return inside[i] >= 0 && is(inside[i], OPEN) && Set.of(TRAIN, DATA, SWEEP).contains(head(i));
  }

  /** How far in a token stands on its line. */
  int column(int i) {
    int at = span(i).start();
    int from = at;
    while (from > 0 && text.charAt(from - 1) != '\n' && text.charAt(from - 1) != '\r') {
      from--;
    }
    return at - from;
  }

  /** The next token that is no end of a line and no remark. */
  int next(int i) {
    int at = i + 1;
    while (is(at, Set.of(SEPARATOR, COMMENT))) {
      at++;
    }
    return at;
  }

  /** The last token before the end of the statement, argument or setting that a token stands in. */
  int end(int i) {
    int at = i;
    while (at + 1 < size() && !is(at + 1, Set.of(SEPARATOR, COMMENT, RIGHT, RIGHT_LIST, CLOSE, COMMA))) {
      at = partner[at + 1] > at ? partner[at + 1] : at + 1;
    }
    return at;
  }
}
