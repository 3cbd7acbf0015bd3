package dev.lanewise.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials of a sweep as tasks: the same rows and the same best network as in one process. */
class SweepTest {
  static final String SCRIPT = """
      import "parts.net"
      net N(width = 4) = input 2 -> Part(width) -> dense(2)
      data d = csv("points.csv", label = "kind") { split.val = 20; split.test = 20 }
      base = train N on d { epochs = 2; batch = 16; optimizer = adam(0.01) }
      sweep base { N.width in [4, 8, 12]; optimizer.lr in [0.01, 0.1]; pick = min(val.loss); ON }
      save(N, "NAME.safetensors")
      """;

  @TempDir
  Path folder;

  static void fill(Path folder) throws IOException {
    Files.writeString(folder.resolve("parts.net"), "block Part(n) { dense(n)\ntanh }\n");
    StringBuilder points = new StringBuilder("x,y,kind\n");
    for (int i = 0; i < 160; i++) {
      double angle = i * 0.7;
      points.append(Math.cos(angle) * (i % 2 + 1)).append(',').append(Math.sin(angle) * (i % 2 + 1)).append(',').append(i % 2 == 0 ? "in" : "out").append('\n');
    }
    Files.writeString(folder.resolve("points.csv"), points);
  }

  private Told run(String name, String on) {
    return Told.of(folder, SCRIPT.replace("ON", on).replace("NAME", name));
  }

  @Test
  void theSameRowsAndTheSameBestNetwork() throws IOException {
    fill(folder);
    Told here = run("here", "").isFine();
    Told spread = run("spread", "on = spark(\"local[2]\")").isFine();
    assertThat(spread.trials()).hasSize(6).isEqualTo(here.trials());
    assertThat(Told.bits(folder.resolve("spread.safetensors"))).isEqualTo(Told.bits(folder.resolve("here.safetensors")));
  }

  @Test
  void whatWasStoppedGoesOn() throws IOException {
    fill(folder);
    run("here", "").isFine();
    AtomicInteger seen = new AtomicInteger();
    String script = SCRIPT.replace("ON", "resume = \"sweep.safetensors\"; on = spark(\"local[1]\")").replace("NAME", "spread");
    Told stopped = Told.of(folder, script, (session, e) -> {
      if (e instanceof SessionEvent.Trial && seen.incrementAndGet() == 2) {
        session.interrupt();
      }
    });
    assertThat(stopped.outcome()).isEqualTo(Outcome.INTERRUPTED);
    assertThat(stopped.trials()).hasSize(2);
    Told other = Told.of(folder, script).isFine();
    assertThat(other.trials()).hasSize(6);
    assertThat(Told.bits(folder.resolve("spread.safetensors"))).isEqualTo(Told.bits(folder.resolve("here.safetensors")));
  }

  /** Of numbers to predict, which are learnt in a unit of their own. */
  @Test
  void whatWasStoppedGoesOnWithNumbers() {
    String script = """
        net N = input 1 -> dense(4) -> tanh -> dense(1)
        data d = sine(count = 100) { normalize = auto; split.val = 20 }
        base = train N on d { epochs = 1 }
        sweep base { batch in [8, 16, 32]; resume = "numbers.safetensors"; on = spark("local[2]") }
        """;
    assertThat(Told.of(folder, script).isFine().trials()).hasSize(3).isEqualTo(Told.of(folder, script).isFine().trials());
  }

  @Test
  void nobodyAtTheAddress() throws IOException {
    fill(folder);
    Told told = run("spread", "on = spark(\"spark://127.0.0.1:1\")");
    assertThat(told.outcome()).isEqualTo(Outcome.MISTAKE);
    assertThat(told.diagnostics()).last().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L146);
      assertThat(d.message()).startsWith("no master of Spark answers at spark://127.0.0.1:1");
      assertThat(d.remedy().text()).contains("start-master.sh");
      assertThat(d.source().text(d.span())).startsWith("on = spark");
    });
  }

  @Test
  void noAddress() throws IOException {
    fill(folder);
    assertThat(run("spread", "on = spark(\"yarn\")").diagnostics()).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L015);
      assertThat(d.message()).contains("no address of Spark");
    });
  }

  /** At the prompt statements come one by one, and a name may be bound again. */
  @Test
  void statementsThatAreTyped() {
    Told[] both = new Told[2];
    for (int i = 0; i < 2; i++) {
      String on = i == 0 ? "" : "; on = spark(\"local[2]\")";
      both[i] = Told.typed(
          "data d = moons(count = 80) { split.val = 20 }", "net N(width = 2) = input 2 -> dense(width) -> dense(2)", "net N(width = 3) = input 2 -> dense(width) -> relu -> dense(2)",
          "wrong(", "base = train N on d { epochs = 1 }", "sweep base { N.width in [3, 5]" + on + " }");
    }
    assertThat(both[1].trials()).hasSize(2).isEqualTo(both[0].trials());
  }
}
