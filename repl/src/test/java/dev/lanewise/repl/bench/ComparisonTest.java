package dev.lanewise.repl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.repl.text.Columns;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Window;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  /** As JMH writes it, in part. */
  private static String result(String name, String parameters, double score, String error) {
    return "{\"jmhVersion\":\"1.37\",\"benchmark\":\"dev.lanewise.benchmarks." + name + "\",\"mode\":\"avgt\",\"threads\":1,"
        + (parameters.isEmpty() ? "" : "\"params\":{" + parameters + "},")
        + "\"primaryMetric\":{\"score\":" + score + ",\"scoreError\":" + error + ",\"scoreUnit\":\"us/op\",\"rawData\":[[1.0,2.0]]},"
        + "\"secondaryMetrics\":{}}";
  }

  private static List<Measured> all(String... results) {
    return Measured.read("[" + String.join(",", results) + "]");
  }

  private static List<String> lines(List<Measured> all) {
    List<String> lines = new ArrayList<>();
    Comparison.of(all).forEach(c -> lines.addAll(Columns.lines(c.table(), Window.NONE, Style.PLAIN)));
    return lines;
  }

  @Test
  void scalarSimdAndPeersStandSideBySide() {
    assertThat(lines(all(
        result("PoolingBenchmark.averageSimd", "\"planes\":\"10x24\"", 8, "0.5"),
        result("PoolingBenchmark.maxScalar", "\"planes\":\"10x24\"", 12345, "0.5"),
        result("PoolingBenchmark.maxSimd", "\"planes\":\"10x24\"", 4, "\"NaN\""),
        result("PoolingPeerBenchmark.libTorchMax", "\"planes\":\"10x24\"", 30, "0.5"),
        result("PoolingPeerBenchmark.libTorchAverage", "\"planes\":\"10x24\"", 4, "0.5"))))
        .containsExactly(
            "pooling, µs",
            "  operation  planes  scalar   simd  LibTorch  vs scalar  vs LibTorch",
            "  average     10x24       -  8.000     4.000          -        0.50x",
            "  max         10x24  12,345  4.000      30.0     3,086x        7.50x");
  }

  @Test
  void kernelsAsAParameterAreColumns() {
    assertThat(lines(all(
        result("InferenceBenchmark.predict", "\"batch\":\"64\",\"kernels\":\"scalar\"", 900, "1"),
        result("InferenceBenchmark.predict", "\"batch\":\"64\",\"kernels\":\"simd\"", 90, "1"),
        result("InferencePeerBenchmark.libTorchPredict", "\"batch\":\"64\"", 180, "1"))))
        .containsExactly(
            "inference, µs",
            "  operation  batch  scalar  simd  LibTorch  vs scalar  vs LibTorch",
            "  predict       64   900.0  90.0     180.0     10.00x        2.00x");
  }

  @Test
  void withoutKernelsThereIsNothingToCompareWith() {
    assertThat(lines(all(result("MatmulPeerBenchmark.openBlas", "\"n\":\"64\"", 2.5, "1"))))
        .containsExactly("matmul, µs", "   n  OpenBLAS", "  64     2.500");
  }

  @Test
  void topicsKeepTheirOrderAndNamesAreWords() {
    List<Measured> all = all(
        result("TrainingStepBenchmark.step", "\"kernels\":\"simd\"", 1, "1"),
        result("SoftmaxBenchmark.crossEntropySimd", "\"classes\":\"10\"", 1, "\"NaN\""));
    assertThat(Comparison.of(all).stream().map(Comparison::topic)).containsExactly("training-step", "softmax");
    assertThat(all.get(1).what()).isEqualTo("cross entropy");
    assertThat(all.get(1).error()).isNaN();
    assertThat(all.get(0).parameters()).isEmpty();
  }

  @Test
  void whatIsNoResultIsSaid() {
    assertThatThrownBy(() -> Measured.read("{}")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Measured.read("[{}]")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Measured.read("no JSON")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPageKeepsWhatIsNotMeasuredAnew() {
    List<Comparison> matmul = Comparison.of(all(
        result("MatmulBenchmark.simd", "\"n\":\"64\"", 2, "1"), result("MatmulBenchmark.scalar", "\"n\":\"64\"", 50, "1")));
    List<Comparison> softmax = Comparison.of(all(result("SoftmaxBenchmark.softmaxSimd", "\"classes\":\"10\"", 1, "1")));
    String page = Page.with("# Results\n\nText.\n", matmul, "Yesterday.");
    assertThat(page).startsWith("# Results\n\nText.\n\n## Kernel by kernel, by JMH\n").contains(
        "### matmul, µs\n\nYesterday.\n\n| n | scalar | simd | vs scalar |\n| --- | ---: | ---: | ---: |\n| 64 | 50.0 | 2.000 | 25.00x |\n");
    String both = Page.with(page + "\n## After\n\nMore.\n", softmax, "Today.");
    assertThat(both).contains("Yesterday.", "### softmax, µs\n\nToday.").endsWith("\n\n## After\n\nMore.\n");
    assertThat(Page.with(both, matmul, "Now.")).contains("Now.", "Today.").doesNotContain("Yesterday.");
    assertThat(Page.with(both, softmax, "Today.")).isEqualTo(both);
    assertThat(Page.with("", softmax, "Today.")).startsWith("## Kernel by kernel, by JMH\n");
  }

  @Test
  void whatIsLeftIsAsLongForEachAsSoFar() {
    long second = 1_000_000_000L;
    Remaining remaining = new Remaining();
    remaining.total(3, 0);
    assertThat(remaining.next(0)).isEqualTo("benchmark 1 of 3");
    assertThat(remaining.next(40 * second)).isEqualTo("benchmark 2 of 3, 1:20 left");
    assertThat(remaining.next(60 * second)).isEqualTo("benchmark 3 of 3, 0:30 left");
  }
}
