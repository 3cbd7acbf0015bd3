package dev.lanewise.dsl.parse;

import static dev.lanewise.dsl.grammar.NetParser.*;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Later;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.habit.Foreign;
import dev.lanewise.dsl.parse.habit.Habits;
import dev.lanewise.dsl.parse.habit.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.BufferedTokenStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * What happens at a syntax error: one diagnostic in the language's own words, and the rest of that line is passed over. No token is ever
 * invented or dropped, so a tree without a diagnostic is what was written.
 */
final class Recovery extends DefaultErrorStrategy {
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Source source;
  private RecognitionException reported;

  Recovery(Source source) {
    this.source = source;
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  @Override
  public void sync(Parser parser) {}

  @Override
  public Token recoverInline(Parser parser) {
    throw new InputMismatchException(parser);
  }

  @Override
  public void reportError(Parser parser, RecognitionException error) {
    if (reported != error) {
      reported = error;
      diagnostics.add(diagnostic(parser, error));
    }
  }

  /** Passes over the rest of a line inside braces; any other rule hands the error to the one that called it. */
  @Override
  public void recover(Parser parser, RecognitionException error) {
    ParserRuleContext rule = parser.getContext();
    rule.exception = error;
    switch (rule.getRuleIndex()) {
      case RULE_stepLine, RULE_settingLine, RULE_functionLine, RULE_layerLine, RULE_sweepLine -> skip(parser, rule);
      case RULE_line -> {}
      default -> throw error;
    }
  }

  /** Up to the end of the line that began with {@code rule}, past whatever braces it holds. */
  private static void skip(Parser parser, ParserRuleContext rule) {
    int depth = 0;
    for (int i = rule.getStart().getTokenIndex(); i < parser.getCurrentToken().getTokenIndex(); i++) {
      depth += step(parser.getInputStream().get(i).getType());
    }
    for (int type = parser.getCurrentToken().getType(); type != Token.EOF; type = parser.getCurrentToken().getType()) {
      if (depth == 0 && type == CLOSE) {
        return;
      }
      depth += step(type);
      parser.consume();
      if (depth == 0 && type == SEPARATOR) {
        return;
      }
    }
  }

  private static int step(int type) {
    return type == OPEN ? 1 : type == CLOSE ? -1 : 0;
  }

  private Diagnostic diagnostic(Parser parser, RecognitionException error) {
    Token found = error.getOffendingToken();
    Token before = found.getTokenIndex() > 0 ? parser.getInputStream().get(found.getTokenIndex() - 1) : null;
    Token first = parser.getInputStream().get(line(parser, found));
    if (first.getType() == IDENTIFIER && Later.has(first.getText())) {
      return new Diagnostic(source, Code.L008, Lines.span(first), Later.message(first.getText()), Later.remedy(first.getText()));
    }
    IntervalSet expected = error.getExpectedTokens();
    Optional<Foreign> foreign = Habits.of(new Place(source, tokens(parser), found.getTokenIndex(), expected));
    if (foreign.isPresent()) {
      return new Diagnostic(source, foreign.get().code(), foreign.get().span(), foreign.get().message(), foreign.get().remedy());
    }
    if (before != null && isBareCall(before, found)) {
      String call = before.getText() + " " + found.getText();
      String right = before.getText() + "(" + found.getText() + ")";
      return new Diagnostic(
          source,
          Code.L003,
          Lines.span(before).to(Lines.span(found)),
          "`" + call + "`: arguments go in parentheses: " + right,
          Remedy.write(Lines.span(before).to(Lines.span(found)), right));
    }
    Optional<Token> wide = wideKeyword(parser, found);
    if (wide.isPresent()) {
      String word = wide.get().getText();
      return new Diagnostic(
          source, Code.L082, Lines.span(wide.get()), "this is the full-width `" + word + "`", Remedy.write(Lines.span(wide.get()), Signs.keyword(word).orElseThrow()));
    }
    if (before != null && !expected.contains(ARROW) && !expected.contains(OPEN) && Juxtaposed.isProduct(parser, before, found)) {
      return new Diagnostic(
          source, Code.L081, Lines.span(before).to(Lines.span(found)), "a product is written with `*`: " + Juxtaposed.text(parser, before, found, source),
          Remedy.of("write `*` between them", Edit.insert(Lines.span(found).start(), "* ")));
    }
    return new Diagnostic(
        source,
        Code.L001, Lines.span(found), "expected " + Wording.of(expected, error) + ", found " + Wording.of(found), remedy(parser, found));
  }

  /** The index of the first token of the line that a token is in. */
  private static int line(Parser parser, Token found) {
    int index = found.getTokenIndex();
    while (index > 0 && !isBorder(parser.getInputStream().get(index - 1).getType())) {
      index--;
    }
    return index;
  }

  private static boolean isBorder(int type) {
    return type == SEPARATOR || type == OPEN || type == CLOSE;
  }

  private static List<Token> tokens(Parser parser) {
    BufferedTokenStream stream = (BufferedTokenStream) parser.getInputStream();
    stream.fill();
    return stream.getTokens();
  }

  /** Of a state that stands where there is none, or has first values as a weight has. */
  private static String remedy(Parser parser, Token found) {
    TokenStream tokens = parser.getInputStream();
    int index = found.getTokenIndex();
    if (index > 0 && tokens.get(index - 1).getType() == STATE && found.getType() == IDENTIFIER) {
      return "a state stands in a layer: layer Sum { state h : [in.features]; h = h + in; out = h }";
    }
    boolean state = false;
    for (int i = index - 1; found.getType() == TILDE && i >= 0 && tokens.get(i).getType() != SEPARATOR; i--) {
      state |= tokens.get(i).getType() == STATE;
    }
    return state ? "leave it out: a state is zeros before the first place" : "";
  }

  /** A keyword in full-width letters is a name, and no statement begins with that. */
  private static Optional<Token> wideKeyword(Parser parser, Token found) {
    return IntStream.rangeClosed(0, found.getTokenIndex()).mapToObj(parser.getInputStream()::get)
        .filter(t -> t.getType() == IDENTIFIER && Signs.keyword(t.getText()).isPresent()).findFirst();
  }

  private static boolean isBareCall(Token before, Token found) {
    boolean member = found.getText().startsWith(".") && found.getStartIndex() == before.getStopIndex() + 1;
    return before.getType() == IDENTIFIER && !member
        && (found.getType() == NUMBER || found.getType() == STRING || found.getType() == SHAPE || found.getType() == TRUE
            || found.getType() == FALSE);
  }
}
