package dev.lanewise.dsl.parse;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.grammar.NetLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * The brackets of a text that have no partner; those in strings and comments are none.
 *
 * @param open those that wait for one, the outermost first
 * @param closers what would close them, in the order in which it must be typed
 * @param wrong those that close nothing
 */
public record Brackets(List<Span> open, List<String> closers, List<Span> wrong) {
  /** Any text has an answer. */
  public static Brackets of(String text) {
    NetLexer lexer = new NetLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    Offsets offsets = Offsets.of(text);
    Deque<CommonToken> open = new ArrayDeque<>();
    List<Span> wrong = new ArrayList<>();
    for (Token t : lexer.getAllTokens()) {
      CommonToken token = new CommonToken(t);
      offsets.apply(token);
      switch (token.getType()) {
        case NetLexer.LEFT, NetLexer.LEFT_LIST, NetLexer.OPEN -> open.push(token);
        case NetLexer.RIGHT, NetLexer.RIGHT_LIST, NetLexer.CLOSE -> {
          if (!open.isEmpty() && closer(open.peek()).equals(token.getText())) {
            open.pop();
          } else {
            wrong.add(Lines.span(token));
          }
        }
        default -> {}
      }
    }
    return new Brackets(
        open.reversed().stream().map(Lines::span).toList(), open.stream().map(Brackets::closer).toList(), List.copyOf(wrong));
  }

  private static String closer(Token token) {
    return switch (token.getText()) {
      case "(" -> ")";
      case "[" -> "]";
      default -> "}";
    };
  }
}
