package dev.lanewise.dsl.parse;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.grammar.NetLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/** What each stretch of a text is, by the grammar's own tokens: for colours. */
public final class Highlights {
  /** Kinds of words. */
  public enum Kind {
    KEYWORD,
    NUMBER,
    TEXT,
    COMMENT,
    /** A name before its arguments, or a colon. */
    CALL,
    WRONG
  }

  /** A stretch of one kind; what has none is plain. */
  public record Piece(Kind kind, Span span) {}

  private Highlights() {}

  /** Any text has an answer, finished or not. */
  public static List<Piece> of(String text) {
    NetLexer lexer = new NetLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    List<? extends Token> tokens = lexer.getAllTokens();
    Offsets offsets = Offsets.of(text);
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      CommonToken token = new CommonToken(tokens.get(i));
      int next = i + 1 < tokens.size() ? tokens.get(i + 1).getType() : Token.EOF;
      offsets.apply(token);
      Kind kind = kind(token.getType(), next);
      if (kind != null) {
        pieces.add(new Piece(kind, Lines.span(token)));
      }
    }
    return pieces;
  }

  private static Kind kind(int type, int next) {
    return switch (type) {
      case NetLexer.NET, NetLexer.BLOCK, NetLexer.DEF, NetLexer.LAYER, NetLexer.WEIGHT, NetLexer.STATE, NetLexer.IMPORT, NetLexer.AS, NetLexer.DATA,
          NetLexer.TRAIN, NetLexer.ON, NetLexer.AGAINST, NetLexer.SWEEP, NetLexer.IN, NetLexer.EXPECT, NetLexer.INPUT, NetLexer.OF, NetLexer.PADDED, NetLexer.IF, NetLexer.ELSE,
          NetLexer.REPEAT, NetLexer.PATH, NetLexer.HEAD, NetLexer.TRUE, NetLexer.FALSE, NetLexer.AND, NetLexer.OR, NetLexer.NOT ->
          Kind.KEYWORD;
      case NetLexer.NUMBER, NetLexer.SHAPE -> Kind.NUMBER;
      case NetLexer.STRING -> Kind.TEXT;
      case NetLexer.COMMENT -> Kind.COMMENT;
      case NetLexer.UNKNOWN, NetLexer.UNCLOSED_STRING -> Kind.WRONG;
      case NetLexer.IDENTIFIER -> next == NetLexer.LEFT || next == NetLexer.COLON ? Kind.CALL : null;
      default -> null;
    };
  }
}
