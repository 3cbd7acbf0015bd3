package dev.lanewise.dsl.parse;

import static dev.lanewise.dsl.grammar.NetParser.*;

import dev.lanewise.dsl.diagnostic.Source;
import org.antlr.v4.runtime.BufferedTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/** Factors that stand side by side, as on paper: {@code 2 x}, {@code (a + b) c}; in functions also {@code sin(x) cos(x)}. */
final class Juxtaposed {
  private Juxtaposed() {}

  /** Whether two neighbours are factors, not two statements or settings on one line. */
  static boolean isProduct(Parser parser, Token before, Token found) {
    ((BufferedTokenStream) parser.getInputStream()).fill();
    boolean left = before.getType() == NUMBER || before.getType() == RIGHT && (isInFunction(parser) || isGroup(parser.getInputStream(), before));
    return left && !isStep(parser.getInputStream(), found.getTokenIndex()) && found.getType() == IDENTIFIER && !startsSetting(parser.getInputStream(), found.getTokenIndex());
  }

  /** Whether it stands in a network, where layers follow each other; in brackets there are values. */
  private static boolean isStep(TokenStream tokens, int index) {
    int depth = 0;
    for (int i = 0; i < index; i++) {
      int type = tokens.get(i).getType();
      depth += type == LEFT ? 1 : type == RIGHT ? -1 : 0;
    }
    int first = tokens.get(0).getType();
    return depth == 0 && (first == NET || first == BLOCK);
  }

  private static boolean isInFunction(Parser parser) {
    return parser.getInputStream().get(0).getType() == DEF;
  }

  /** Whether what a bracket closes is no list of arguments. */
  private static boolean isGroup(TokenStream tokens, Token right) {
    int open = opening(tokens, right.getTokenIndex());
    return open >= 0 && (open == 0 || tokens.get(open - 1).getType() != IDENTIFIER);
  }

  private static int opening(TokenStream tokens, int right) {
    int depth = 0;
    for (int i = right; i >= 0; i--) {
      int type = tokens.get(i).getType();
      depth += type == RIGHT ? 1 : type == LEFT ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** {@code limit = 3}, {@code split.val = 3}, {@code optimizer.lr in [1, 2]}. */
  private static boolean startsSetting(TokenStream tokens, int from) {
    int at = from + 1;
    while (at + 2 < tokens.size() && tokens.get(at).getType() == DOT) {
      at += 2;
    }
    int type = tokens.get(at).getType();
    return type == ASSIGN || type == IN || type == COLON;
  }

  /** With the sign between them. */
  static String text(Parser parser, Token before, Token found, Source source) {
    TokenStream tokens = parser.getInputStream();
    int from = before.getType() == RIGHT ? Math.max(0, opening(tokens, before.getTokenIndex())) : before.getTokenIndex();
    boolean call = from > 0 && tokens.get(from).getType() == LEFT && tokens.get(from - 1).getType() == IDENTIFIER;
    return source.text(Lines.span(tokens.get(call ? from - 1 : from)).to(Lines.span(before)))
        + " * " + source.text(Lines.span(found).to(Lines.span(end(tokens, found.getTokenIndex()))));
  }

  /** Of a name, with its arguments where it has any. */
  private static Token end(TokenStream tokens, int name) {
    int depth = 0;
    for (int i = name + 1; i < tokens.size(); i++) {
      int type = tokens.get(i).getType();
      depth += type == LEFT ? 1 : type == RIGHT ? -1 : 0;
      if (depth == 0) {
        return tokens.get(type == RIGHT ? i : name);
      }
    }
    return tokens.get(name);
  }
}
