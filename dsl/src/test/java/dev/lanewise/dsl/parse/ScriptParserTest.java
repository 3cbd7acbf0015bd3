package dev.lanewise.dsl.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.Mutation;
import dev.lanewise.dsl.Scripts;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptParserTest {
  @Test
  void theSamplesAreReadable() {
    for (Scripts.Golden script : Scripts.all()) {
      if (script.feature().equals("syntax")) {
        List<Diagnostic> diagnostics = ScriptParser.parse(script.source()).diagnostics();
        assertThat(Report.of(diagnostics)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "net A {                       | INCOMPLETE",
        "net A = input 4 ->            | INCOMPLETE",
        "a = 1 +                       | INCOMPLETE",
        "test(A,                       | INCOMPLETE",
        "net A = input 4 -> dense(2)   | COMPLETE",
        "# a remark                    | COMPLETE",
        "a = = 1                       | INVALID",
        "a = 1)                        | INVALID",
        "net A { dense 10              | INCOMPLETE",
        "a = \"text                    | INVALID",
      })
  void knowsWhetherMoreBelongsToIt(String text, Completeness expected) {
    assertThat(ScriptParser.completeness(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({".5, 0.5", "5., 5", "1.e-3, 0.001", ".5e1, 5", "1_0.2_5, 10.25", "1_000., 1000", "0.5, 0.5"})
  void aNumberMayBeginOrEndWithItsPoint(String text, double number) {
    Parsed parsed = ScriptParser.parse(new Source("a.net", "a = " + text + "\nb = f(" + text + ")"));
    assertThat(parsed.diagnostics()).isEmpty();
    assertThat(parsed.script().statements().getFirst())
        .isInstanceOfSatisfying(Statement.Binding.class, b -> assertThat(((Expression.Number) b.value()).value()).isEqualTo(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a = d.5", "a = 1.2.3", "a = 1..5", "a = .", "a = ._5", "a = 5 .5"})
  void aPointElsewhereIsNoNumber(String text) {
    assertThat(ScriptParser.parse(new Source("a.net", text)).diagnostics()).hasSize(1);
  }

  @Test
  void reportsEachLineOnce() {
    Source source = new Source("a.net", "net A {\n  dense 10\n  relu relu\n  input = =\n}\ntrain on\nb = 3\n");
    assertThat(ScriptParser.parse(source).diagnostics()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{", "-", "not ", "1+", "2^", "f(", "a.", "net A { repeat 2 {", "1+(", "(1)+", "f(1)", "else if x {}"})
  void refusesWhatIsTooDeep(String piece) {
    String text = "a = " + piece.repeat(100_000);
    assertThat(ScriptParser.parse(new Source("deep.net", text)).diagnostics()).isNotEmpty();
    String nested = "net A {" + "repeat 2 {".repeat(450) + "}".repeat(451);
    assertThat(ScriptParser.parse(new Source("deep.net", nested)).diagnostics()).isEmpty();
    String list = "a = " + "(".repeat(490) + "1" + ")".repeat(490);
    assertThat(ScriptParser.parse(new Source("deep.net", list)).diagnostics()).isEmpty();
  }

  @Test
  void longIsNotDeep() {
    String text = "net A {\n" + "relu -> tanh\n".repeat(5_000) + "}\na = [" + "1 + 2, ".repeat(5_000) + "]\n";
    assertThat(ScriptParser.parse(new Source("long.net", text)).diagnostics()).isEmpty();
  }

  @Test
  void anyTextHasAResult() {
    List<Scripts.Golden> scripts = Scripts.all();
    for (long seed = 0; seed < 3_000; seed++) {
      String text = Mutation.of(scripts, seed);
      Source source = new Source("seed " + seed, text);
      try {
        Parsed parsed = ScriptParser.parse(source);
        ScriptParser.completeness(text);
        assertThat(Report.of(parsed.diagnostics())).as("seed " + seed).doesNotContain("mismatched", "extraneous", "null");
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ": " + text, e);
      }
    }
  }

  @Test
  void namesTheRightForm() {
    Diagnostic diagnostic = ScriptParser.parse(new Source("a.net", "net A = dense 10")).diagnostics().getFirst();
    assertThat(diagnostic.code()).isEqualTo(Code.L003);
    assertThat(diagnostic.message()).isEqualTo("`dense 10`: arguments go in parentheses: dense(10)");
  }
}
