package dev.lanewise.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.symbolic.Term;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of accuracies has a row for every function, layer and loss, the one that is written and the one in the repository. */
class AccuracyTest {
  /** A case whose numbers do not belong together is millions off. */
  private static final double MOST = 1000;

  private static final Pattern NAMED = Pattern.compile("\\| `([^`]+)` \\|");

  private static Set<String> rows(String page, String heading) {
    String section = page.substring(page.indexOf(heading) + heading.length()).split("\n## ", 2)[0];
    return NAMED.matcher(section).results().map(r -> r.group(1)).collect(Collectors.toSet());
  }

  private static void assertComplete(String page) {
    assertThat(page).contains(Accuracy.FUNCTIONS, Accuracy.LAYERS);
    assertThat(rows(page, Accuracy.FUNCTIONS)).containsAll(FunctionCase.all().stream().map(FunctionCase::name).toList());
    assertThat(rows(page, Accuracy.LAYERS)).containsAll(LayerCases.names());
  }

  @Test
  void everyFunctionAndLayerIsMeasuredWithoutPython(@TempDir Path folder) throws IOException {
    String page = Accuracy.tables(new Exchange(folder, "", Path.of("")), true);
    assertComplete(page);
    List<String> layers = page.substring(page.indexOf(Accuracy.LAYERS)).lines().filter(l -> NAMED.matcher(l).lookingAt()).toList();
    for (String row : layers) {
      String[] cells = row.split(" \\| ");
      for (int i = 2; i < cells.length; i += 2) {
        String largest = cells[i].split(" / ")[0];
        assertThat(largest.equals("–") ? 0 : Double.parseDouble(largest)).as(row).isLessThan(MOST);
        assertThat(cells[i + 1]).as(row).startsWith("not measured");
      }
    }
  }

  @Test
  void thePageInTheRepositoryHasThemAll() throws IOException {
    String page = Files.readString(Path.of("ACCURACY.md"));
    assertComplete(page);
    assertThat(page).contains("## The classic CNN");
  }

  @Test
  void aLayerWithoutACaseIsNoticed() {
    List<LayerCase> cases = LayerCases.all(true);
    assertThat(LayerCases.missing(cases)).isEmpty();
    assertThat(LayerCases.missing(cases.stream().filter(c -> !c.name().equals("focal")).toList())).containsExactly("focal");
  }

  @Test
  void errorsAreInUnitsOfTheCorrectlyRoundedResult() {
    assertThat(Ulp.error(1, Math.nextUp(1f), 0)).isEqualTo(1);
    assertThat(Ulp.error(1, Math.nextDown(1f), 0)).isEqualTo(0.5);
    assertThat(Ulp.error(0x1p-140, 0, 0)).isEqualTo(0x1p-14);
    assertThat(Ulp.error(0x1p-126, Math.nextUp(0x1p-126f), 0)).isEqualTo(1);
    assertThat(Ulp.error(1e-9, 0, 1 / 32.0)).isCloseTo(1e-9 * 0x1p28, within(1e-6));
    assertThat(Deviation.of(new double[] {4, 0}, new double[] {4, 0x1p-22})).isEqualTo(new Deviation(1, 0.5));
  }

  /** y and dx of x^2 by kernels, of what is exact. */
  @Test
  void derivativesAreThoseThatTheOperationEmits() {
    Term x = Term.variable("x");
    float[] points = new float[16];
    points[3] = 3;
    Elementwise square = new Elementwise(x.times(x));
    float[][] computed = square.computed(points);
    assertThat(computed[0][3]).isEqualTo(9);
    assertThat(computed[1][3]).isEqualTo(6);
    assertThat(square.formulas(points)[1][3]).isEqualTo(6);
  }

  @Test
  void meansAndDeviationsOfRuns() {
    Numbers.Spread spread = Numbers.Spread.of(new double[] {1, 2, 3, 4});
    assertThat(spread.mean()).isEqualTo(2.5);
    assertThat(spread.deviation()).isCloseTo(Math.sqrt(5 / 3.0), within(1e-12));
    assertThat(spread.variance()).isCloseTo(5 / 12.0, within(1e-12));
  }
}
