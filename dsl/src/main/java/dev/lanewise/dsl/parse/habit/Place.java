package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Where a statement cannot be read.
 *
 * @param tokens of the statement, whose places are those in the source, SEPARATOR at its end
 * @param at the first that does not fit
 * @param expected kinds of tokens that would
 */
public record Place(Source source, List<? extends Token> tokens, int at, IntervalSet expected) {
  private static final Set<Integer> OPENING = Set.of(LEFT, LEFT_LIST, OPEN);
  private static final Set<Integer> CLOSING = Set.of(RIGHT, RIGHT_LIST, CLOSE);

  /** A token of the statement; the last one for what is beyond it, the first for what is before. */
  Token token(int index) {
    return tokens.get(Math.clamp(index, 0, tokens.size() - 1));
  }

  Token found() {
    return token(at);
  }

  boolean is(int index, int type) {
    return index >= 0 && index < tokens.size() && tokens.get(index).getType() == type;
  }

  boolean is(int index, String text) {
    return index >= 0 && index < tokens.size() && tokens.get(index).getText().equals(text);
  }

  /** Whether two neighbours have nothing between them. */
  boolean touch(int index) {
    return index >= 0 && index + 1 < tokens.size() && span(index).end() == span(index + 1).start();
  }

  Span span(int index) {
    Token token = token(index);
    return new Span(token.getStartIndex(), Math.max(token.getStartIndex(), token.getStopIndex() + 1));
  }

  Span span(int from, int to) {
    return span(from).to(span(to));
  }

  /** The kind of statement: its first token. */
  int begins() {
    return token(0).getType();
  }

  /** How many brackets are open before it. */
  int depth() {
    int depth = 0;
    for (int i = 0; i < at; i++) {
      int type = token(i).getType();
      depth += OPENING.contains(type) ? 1 : CLOSING.contains(type) ? -1 : 0;
    }
    return depth;
  }
}
