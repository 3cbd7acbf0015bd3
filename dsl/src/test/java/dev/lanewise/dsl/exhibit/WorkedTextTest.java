package dev.lanewise.dsl.exhibit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.exhibit.Piece.Number;
import dev.lanewise.dsl.exhibit.Piece.Sign;
import dev.lanewise.dsl.exhibit.Worked.Addend;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.language.Phrases;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WorkedTextTest {
  private static final WorkedText TEXT = new WorkedText(Phrases.ENGLISH, 79);

  private static Number number(String name, int at, double value) {
    return new Number(name, List.of(at), value);
  }

  private static Addend product(double a, double b) {
    return new Addend(List.of(number("w", 0, a), new Sign("·"), number("x", 1, b)), a * b);
  }

  private static final Worked SUM = new Worked(
      number("h", 0, 0.5), List.of(new Addend(List.of(number("b", 0, 0.31)), 0.31), product(0.12, 0.8), product(-0.5, 0.3), product(0.5, -0.25)), 17, -0.021, OptionalDouble.empty(), List.of());

  @Test
  void aSumHasItsSignsBetweenTheTerms() {
    assertThat(TEXT.line(SUM)).containsExactly("h[0] = 0.31 + 0.12·0.8 - 0.5·0.3 + 0.5·(-0.25) - 0.021 (17 more) = 0.5");
    assertThat(new WorkedText(Phrases.of(Language.CHINESE), 79).line(SUM).getFirst()).contains("其余 17 项");
  }

  @Test
  void inAColumnEachTermSaysWhereItComesFrom() {
    assertThat(TEXT.column(SUM)).containsExactly(
        "h[0]",
        "  = 0.31            b[0]",
        "  + 0.12·0.8        w[0]·x[1]  = 0.096",
        "  - 0.5·0.3         w[0]·x[1]  = -0.15",
        "  + 0.5·(-0.25)     w[0]·x[1]  = -0.125",
        "  - 0.021           17 more",
        "  = 0.5");
  }

  @Test
  void aFormulaStandsBesideItsNumbers() {
    Worked tanh = new Worked(number("t", 0, -0.1877), List.of(new Addend(List.of(new Sign("tanh("), number("d", 0, -0.19), new Sign(")")), -0.1877)), List.of());
    assertThat(TEXT.line(tanh)).containsExactly("t[0] = tanh(d[0]) = tanh(-0.19) = -0.1877");
    assertThat(new WorkedText(Phrases.ENGLISH, 30).line(tanh)).containsExactly("t[0] = tanh(-0.19) = -0.1877");
  }

  @Test
  void numbersHaveFourFigures() {
    assertThat(List.of(0.0, 1.0, -0.0, 0.12345, 0.012345, 0.0012345, 12.3456, 1234.56, 1.5e-8, -2e9, Double.NaN).stream().map(Piece::text))
        .containsExactly("0", "1", "0", "0.1235", "0.01235", "0.001235", "12.35", "1235", "1.5e-08", "-2e+09", "NaN");
  }
}
