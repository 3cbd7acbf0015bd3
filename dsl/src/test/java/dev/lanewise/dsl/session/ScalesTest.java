package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers, classes and targets of a table that a training runs with, and learns nothing from. */
class ScalesTest {
  @TempDir Path folder;
  private final List<SessionEvent> events = new ArrayList<>();

  private Outcome run(String table, String script) throws IOException {
    events.clear();
    Files.writeString(folder.resolve("t.csv"), table);
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      return session.run(new Source(folder.resolve("x.net").toString(), script));
    }
  }

  /** @param row with i for the number of the line */
  private static String table(String row) {
    StringBuilder table = new StringBuilder("a,k\n");
    for (int i = 0; i < 40; i++) {
      table.append(row.replace("h", Integer.toString(i * 1_000)).replace("i", i % 2 + "")).append('\n');
    }
    return table.toString();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "h,c i|label = k|the examples of d have values from 0 to 39000",
    "i,h|target = k|d has numbers to predict from 0 to 39000",
  })
  void whatIsFarAboveOneIsToldUnlessItIsNormalized(String row, String learned, String message) throws IOException {
    String data = "data d = csv(\"t.csv\", " + learned + ")";
    assertThat(run(table(row), data + "\n")).isEqualTo(Outcome.OK);
    assertThat(Diagnosed.in(events)).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L087);
      assertThat(d.message()).startsWith(message);
      assertThat(d.remedy().text()).isEqualTo("say normalize = auto, or say allow = [scale] if that is meant");
    });
    assertThat(run(table(row), data + " { normalize = auto }\n")).isEqualTo(Outcome.OK);
    assertThat(Diagnosed.in(events)).isEmpty();
  }

  @Test
  void whatIsNoProbabilityIsNoneForItsLoss() throws IOException {
    String script = """
        net N = input 1 -> dense(1) -> sigmoid
        data d = csv("t.csv", target = k)
        train N on d { loss = bce }
        """;
    assertThat(run(table("i,1i"), script)).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).filteredOn(Diagnostic::isError).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L016);
      assertThat(d.message()).contains("`bce` takes what is right for a probability").contains("from 10 to 11");
    });
    assertThat(run(table("i,i"), script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "1, 2, 3|bce|N has 1 output, but d has 3 classes",
    "1, 2, 3|bce_with_logits|N has 1 output, but d has 3 classes",
    "1, 1, 1|bce|all examples of d are of one class"
  })
  void anOutputIsOneClassOfTwo(String classes, String loss, String message) throws IOException {
    StringBuilder table = new StringBuilder("a,k\n");
    for (int i = 0; i < 30; i++) {
      table.append(i % 3 / 2.0).append(',').append(classes.split(", ")[i % 3]).append('\n');
    }
    String script = """
        net N = input 1 -> dense(1)
        data d = csv("t.csv", label = k)
        train N on d { loss = LOSS }
        """.replace("LOSS", loss);
    assertThat(run(table.toString(), script)).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).filteredOn(Diagnostic::isError).singleElement().satisfies(d -> assertThat(d.message()).contains(message));
  }
}
