package dev.lanewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.repl.bench.Benchmarks;
import dev.lanewise.repl.bench.Comparison;
import dev.lanewise.repl.bench.Measured;
import dev.lanewise.repl.bench.Watching;
import dev.lanewise.repl.bench.Who;
import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Voice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code lanewise bench}, from the process that measures to the table. */
@Timeout(1800)
class MeasureTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final PrintStream print = new PrintStream(told, true, StandardCharsets.UTF_8);

  private Benchmarks benchmarks() {
    return new Benchmarks(Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path"), folder);
  }

  private Console console(Language language) {
    return new Console(new Output(print), new Output(print), false, false, false, language);
  }

  @Test
  void everyTopicHasAQuestionInBothLanguages() throws Exception {
    List<Benchmarks.Topic> topics = benchmarks().topics();
    assertThat(topics.stream().map(Benchmarks.Topic::name)).contains("matmul", "convolution", "training-step", "inference");
    Voice chinese = console(Language.CHINESE).voice();
    assertThat(topics).allSatisfy(t -> {
      assertThat(t.count()).isPositive();
      assertThat(t.question()).endsWith("?");
      assertThat(chinese.say(t.question())).containsPattern("\\p{IsHan}");
    });
  }

  @Test
  void oneIsMeasuredAndCompared() throws Exception {
    Watching watching = new Watching(console(Language.ENGLISH), true);
    assertThat(benchmarks().measure("shortest", List.of("optimizer"), watching)).isTrue();
    List<Measured> all = watching.all();
    assertThat(all).hasSize(2).allMatch(m -> m.score() > 0 && m.unit().equals("us/op"));
    Comparison comparison = Comparison.of(all).getFirst();
    assertThat(comparison.who()).containsExactly(Who.SCALAR, Who.SIMD);
    assertThat(comparison.rows().getFirst().times(Who.SCALAR)).isPresent();
    assertThat(told.toString(StandardCharsets.UTF_8).lines())
        .contains("benchmark 1 of 2: optimizer scalar 21840")
        .anyMatch(l -> l.startsWith("benchmark 2 of 2, ") && l.endsWith(" left: optimizer simd 21840"))
        .anyMatch(l -> l.startsWith("{\"event\":\"benchmark\",\"topic\":\"optimizer\",\"what\":\"\",\"who\":\"simd\",\"parameters\":{\"parameters\":\"21840\"},\"score\":"));
  }

  /** Whoever stops it has what was measured so far. */
  @Test
  void whatWasMeasuredBeforeTheEndIsKept() throws Exception {
    Benchmarks benchmarks = benchmarks();
    Watching watching = new Watching(console(Language.ENGLISH), false) {
      @Override
      public void measured(List<Measured> results) {
        super.measured(results);
        benchmarks.stop();
      }
    };
    assertThat(benchmarks.measure("shortest", List.of("matmul"), watching)).isFalse();
    assertThat(benchmarks.isStopped()).isTrue();
    assertThat(watching.all()).hasSize(1);
  }
}
