package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code mae}, {@code rmse} and {@code r2} wherever a measure can be named. */
class ErrorsOfNumbersTest {
  @TempDir Path folder;
  private final List<SessionEvent> events = new ArrayList<>();

  private Outcome run(int threads, String script) {
    events.clear();
    try (Session session = new Session(new Options(threads, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      return session.run(new Source(folder.resolve("x.net").toString(), script));
    }
  }

  private List<TrainEvent> told() {
    return events.stream().filter(SessionEvent.Training.class::isInstance).map(e -> ((SessionEvent.Training) e).event()).toList();
  }

  /** A network that says 0: what it misses are the targets, 3 and -1 in the first column, 2 and 4 in the second. */
  @Test
  void aTestTellsThem() throws IOException {
    Files.writeString(folder.resolve("t.csv"), "a,x,y\n1,3,2\n2,-1,4\n");
    String script = """
        net Zero = input 1 -> dense(2, init = zeros, bias = false)
        data d = csv("t.csv", target = ["x", "y"], test = "t.csv")
        e = test(Zero, d)
        expect e.mae == 2.5
        expect e.rmse > 2.7385 and e.rmse < 2.7387
        expect e.r2 == -4.625
        """;
    assertThat(run(1, script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(events).contains(new SessionEvent.Value("e", "loss 7.5000, mae 2.5000, rmse 2.7386, r2 -4.6250"));
  }

  @Test
  void trainingsAreComparedByThem() {
    String script = """
        net N(width = 8) = input 1 -> dense(width) -> tanh -> dense(1)
        data d = sine(count = 300, noise = 0.1) { split.val = 40 }
        a = train N on d { epochs = 6; batch = 16; optimizer = adam(0.03); metrics = [mae, rmse, r2]; stop = early(val.r2, patience = 2);
          save = best("n.safetensors", by = val.rmse); schedule = plateau(mae) }
        expect a.mae > 0 and a.rmse > a.mae and a.r2 < 1 and a.val.mae > 0
        show(a)
        plain = train N on d { metrics = [] }
        expect plain.val.r2 < 1 and plain.test.mae > 0
        sweep plain { N.width in [4, 8]; pick = max(r2) }
        sweep plain { N.width in [4, 8]; pick = min(val.mae) }
        report(a, "a.html")
        """;
    assertThat(run(1, script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(folder.resolve("a.html")).content().contains("test r2", "<th>rmse</th>");
  }

  /** Blocks are counted in their order, whoever has run them. */
  @Test
  void theirBitsDoNotDependOnThreads() {
    String script = """
        net N = input 1 -> dense(8) -> tanh -> dense(1)
        data d = sine(count = 1_500, noise = 0.1) { split.val = 400 }
        train N on d { epochs = 2; batch = 300; optimizer = adam(0.01); metrics = [mae, rmse, r2] }
        """;
    List<List<Double>> numbers = IntStream.of(1, 2, 5).mapToObj(threads -> {
      run(threads, script);
      return told().stream().filter(TrainEvent.Epoch.class::isInstance).map(TrainEvent.Epoch.class::cast)
          .flatMap(e -> List.of(Measure.Kind.MAE, Measure.Kind.RMSE, Measure.Kind.R2).stream().map(e.train()::of)).toList();
    }).toList();
    assertThat(numbers.getFirst()).hasSize(6).noneMatch(n -> n.isNaN());
    assertThat(numbers.get(1)).isEqualTo(numbers.getFirst());
    assertThat(numbers.get(2)).isEqualTo(numbers.getFirst());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "train M on xor { metrics = [mae] }|L011|`mae` needs numbers to predict, but the data has classes",
    "train M on xor { stop = early(r2) }|L011|`r2` needs numbers to predict",
    "expect test(M, xor).rmse < 1|L023|`rmse` needs numbers to predict, but the examples of xor have classes",
    "train N on d { metrics = [r2_score] }|L006|unknown metric `r2_score`",
    "sweep r { optimizer.lr in [0.1]; pick = max(mae) }|L011|`pick` is the largest of a score or the smallest of a loss or an error",
    "sweep r { optimizer.lr in [0.1]; pick = min(r2) }|L011|`pick` is the largest of a score or the smallest of a loss or an error",
    "expect r.mae < 1|L022|`mae` of the training examples is counted only if it is asked for before",
    "expect c.auc > 0|L022|`auc` of the training examples is counted only if it is asked for before"
  })
  void mistakesAreTold(String line, Code code, String message) {
    String before = """
        net N = input 1 -> dense(1)
        net M = input 2 -> dense(2)
        data d = sine()
        data xor = xor()
        r = train N on d { optimizer = sgd(0.01) }
        c = train M on xor
        """;
    assertThat(run(1, before + line + "\n")).as(line).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).as(line).filteredOn(Diagnostic::isError).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(code);
      assertThat(d.message()).contains(message);
    });
  }
}
