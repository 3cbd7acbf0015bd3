package dev.lanewise.repl.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.dsl.parse.Completeness;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;

class StatementParserTest {
  private final StatementParser parser =
      new StatementParser(text -> text.contains("{") ? Completeness.INCOMPLETE : Completeness.COMPLETE);

  @Test
  void waitsForTheRestOfAStatement() {
    assertThatThrownBy(() -> parser.parse("net A {", 7, ParseContext.ACCEPT_LINE)).isInstanceOf(EOFError.class);
  }

  @Test
  void takesAStatementAsItIsTyped() {
    assertThat(parser.parse("a = 1", 5, ParseContext.ACCEPT_LINE).line()).isEqualTo("a = 1");
    assertThat(parser.parse(":help {", 7, ParseContext.ACCEPT_LINE).line()).isEqualTo(":help {");
    assertThat(parser.parse("net A {", 7, ParseContext.COMPLETE).line()).isEqualTo("net A {");
  }

  @Test
  void theNextLineIsIndentedByWhatIsOpen() {
    assertThatThrownBy(() -> parser.parse("net A { add {", 13, ParseContext.ACCEPT_LINE))
        .isInstanceOfSatisfying(EOFError.class, e -> assertThat(e.getOpenBrackets()).isEqualTo(2));
  }

  @Test
  void theWordAtTheCursorIsThatOfACallAFileOrACommand() {
    assertThat(parser.parse("net A = input 4 -> den", 22, ParseContext.COMPLETE).word()).isEqualTo("den");
    assertThat(parser.parse("load(A, \"some/fi", 16, ParseContext.COMPLETE).word()).isEqualTo("some/fi");
    assertThat(parser.parse(":load some/fi", 13, ParseContext.COMPLETE).word()).isEqualTo(":load some/fi");
  }
}
