package dev.lanewise.dsl.parse;

import static dev.lanewise.dsl.grammar.NetParser.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Tokens and sets of tokens in words a user knows. */
final class Wording {
  private static final Set<Integer> OPERATORS =
      Set.of(EQUAL, DIFFERENT, AT_MOST, AT_LEAST, LESS, GREATER, PLUS, MINUS, TIMES, OVER, MODULO, POWER, AT, AND, OR, DOT, LEFT);

  private Wording() {}

  static String of(Token token) {
    return switch (token.getType()) {
      case Token.EOF -> "the end of the text";
      case SEPARATOR -> token.getText().equals("}") ? "`}`" : "the end of the line";
      case STRING -> "the string " + token.getText();
      default -> "`" + token.getText() + "`";
    };
  }

  /** Large sets collapse to what they stand for: a value, a step, a name. */
  static String of(IntervalSet expected, RecognitionException error) {
    if (expected.contains(NUMBER) && expected.contains(LEFT_LIST)) {
      return expected.contains(NET) && expected.contains(DATA) && !expected.contains(RIGHT) ? "a statement" : "a value";
    }
    if (expected.contains(PATH)) {
      return error.getCtx() instanceof RuleContext c && c.getRuleIndex() == RULE_stepKind ? "a layer" : "a layer or `}`";
    }
    List<String> words = new ArrayList<>();
    for (int type : expected.toList()) {
      if (type == IDENTIFIER) {
        words.add("a name");
      } else if (type == SEPARATOR) {
        words.add("the end of the line");
      } else if (type == STRING) {
        words.add("a string");
      } else if (type == Token.EOF) {
        words.add("the end of the text");
      } else if ((!OPERATORS.contains(type) || expected.size() == 1) && !((type == OF || type == STATE) && expected.contains(IDENTIFIER)) && type != AGAINST && type != PADDED) {
        String literal = VOCABULARY.getLiteralName(type);
        words.add(literal == null ? "something else" : literal.replace('\'', '`'));
      }
    }
    if (words.contains("a name") && words.size() > 4) {
      return "a name";
    }
    return words.isEmpty() ? "an operator" : join(words);
  }

  private static String join(List<String> words) {
    return words.size() == 1
        ? words.getFirst()
        : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
  }
}
