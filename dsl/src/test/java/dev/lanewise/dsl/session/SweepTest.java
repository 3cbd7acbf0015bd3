package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep that was stopped goes on where it was, each time in a session of its own, and ends as if nothing had happened. */
class SweepTest {
  @TempDir private Path folder;

  private final List<SessionEvent> events = new ArrayList<>();
  private int stopAfter = Integer.MAX_VALUE;
  private String script;

  @BeforeEach
  void write() {
    script = """
        net N(width = 2, slope = 0.1) = input 2 -> dense(width) -> leaky_relu(slope = slope) -> dense(2)
        data d = moons(count = 60) { split.val = 20 }
        base = train N on d { epochs = 6; batch = 10; optimizer = adam(0.01) }
        sweep base {
          N.width      in [2, 4, 8]
          N.slope      in uniform(0, 0.3)
          optimizer.lr in log(0.001, 0.1)
          trials = 6
          pick   = min(val.loss)
          resume = "FILE"
        }
        save(N, "OUT")
        """.replace("FILE", path("sweep")).replace("OUT", path("out"));
  }

  private String path(String name) {
    return folder.resolve(name).toString().replace('\\', '/');
  }

  private Outcome run(String text) {
    events.clear();
    Session[] session = {null};
    try (Session s = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), e -> {
      events.add(e);
      if (e instanceof SessionEvent.Trial t && t.number() == stopAfter) {
        session[0].interrupt();
      }
    })) {
      session[0] = s;
      return s.run(new Source("x.net", text));
    }
  }

  private List<List<String>> rows() {
    return events.stream().filter(SessionEvent.Trial.class::isInstance).map(e -> ((SessionEvent.Trial) e).cells()).toList();
  }

  private String best() {
    return events.stream().filter(SessionEvent.Value.class::isInstance).map(e -> ((SessionEvent.Value) e).text()).toList().getLast();
  }

  private List<float[]> saved() throws IOException {
    return Safetensors.read(folder.resolve("out")).tensors().stream().map(Tensor::values).toList();
  }

  private List<String> diagnosed() {
    return Diagnosed.in(events).stream().map(d -> d.code() + " " + d.message()).toList();
  }

  @Test
  void whereverItWasStoppedItEndsTheSame() throws IOException {
    assertThat(run(script)).as("%s", events).isEqualTo(Outcome.OK);
    List<List<String>> rows = rows();
    String best = best();
    List<float[]> parameters = saved();
    assertThat(rows).hasSize(6);
    for (int stop = 1; stop < 6; stop++) {
      Files.delete(folder.resolve("sweep"));
      Files.delete(folder.resolve("out"));
      stopAfter = stop;
      assertThat(run(script)).isEqualTo(Outcome.INTERRUPTED);
      assertThat(rows()).hasSize(stop);
      stopAfter = Integer.MAX_VALUE;
      assertThat(run(script)).isEqualTo(Outcome.OK);
      assertThat(events).contains(new SessionEvent.Read(stop + " of 6 trials", folder.resolve("sweep")));
      assertThat(rows()).isEqualTo(rows);
      assertThat(best()).isEqualTo(best);
      assertThat(Arrays.deepEquals(saved().toArray(), parameters.toArray())).isTrue();
    }
  }

  @Test
  void whatHasEndedIsNotRunAgainAndMoreTrialsMayFollow() throws IOException {
    run(script);
    assertThat(run(script + "plot(base)\n")).as("%s", events).isEqualTo(Outcome.OK);
    // The run that is swept has trained; no trial has.
    assertThat(events.stream().dropWhile(e -> !(e instanceof SessionEvent.Read))).isNotEmpty()
        .noneMatch(SessionEvent.Training.class::isInstance);
    assertThat(events).anyMatch(e -> e instanceof SessionEvent.Shown(Figure f) && f.curves().getFirst().points().size() == 6);
    assertThat(run(script.replace("trials = 6", "trials = 7"))).isEqualTo(Outcome.OK);
    assertThat(rows()).hasSize(7);
  }

  /** What a sweep has found can be tested, and trained further: the network is that of the best trial. */
  @Test
  void theBestCanBeTrainedOn() {
    run(script);
    String more = script.substring(0, script.indexOf("save(")) + "train N on d { epochs = 30; batch = 10; optimizer = adam(0.01) }\n"
        + "expect test(N, d).accuracy > 0.75\n";
    assertThat(run(more)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void theFileOfAnotherSweepIsRefused() {
    run(script);
    for (String[] change : new String[][] {
        {"dense(width)", "dense(width, bias = false)"}, {"batch = 10", "batch = 12"}, {"count = 60", "count = 61"},
        {"[2, 4, 8]", "[2, 4, 9]"}, {"min(val.loss)", "max(val.accuracy)"}}) {
      assertThat(run(script.replace(change[0], change[1]))).isEqualTo(Outcome.MISTAKE);
      assertThat(diagnosed()).as(change[1]).singleElement().asString()
          .startsWith("L031 the sweep cannot be gone on with: trial ").contains("had other settings, data or another network");
    }
    assertThat(run(script.replace("trials = 6", "trials = 5"))).isEqualTo(Outcome.MISTAKE);
    assertThat(diagnosed()).containsExactly("L031 the sweep cannot be gone on with: the file has a trial 6, this sweep has 5");
    // Blanks and comments are no settings.
    assertThat(run("# a comment\n" + script.replace("epochs = 6; ", "epochs = 6;\n  "))).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void brokenFilesAreRefused() throws IOException {
    run(script);
    byte[] bytes = Files.readAllBytes(folder.resolve("sweep"));
    Files.write(folder.resolve("sweep"), Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(run(script)).isEqualTo(Outcome.MISTAKE);
    assertThat(diagnosed()).singleElement().asString().startsWith("L030 the sweep cannot be kept, or gone on with: ");
    Files.copy(folder.resolve("out"), folder.resolve("sweep"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(run(script)).isEqualTo(Outcome.MISTAKE);
    assertThat(diagnosed()).containsExactly("L031 the sweep cannot be gone on with: the file is no sweep to go on with");
  }

  @Test
  void everyTrialMayDiverge() {
    String wild = script.replace("log(0.001, 0.1)", "log(1e30, 1e35)").replace("adam", "sgd").replace("save(N, \"" + path("out") + "\")", "");
    assertThat(run(wild)).as("%s", events).isEqualTo(Outcome.OK);
    assertThat(rows()).hasSize(6).allMatch(r -> r.contains("diverged"));
    assertThat(run(wild)).isEqualTo(Outcome.OK);
    assertThat(rows()).hasSize(6);
    assertThat(events).noneMatch(e -> e instanceof SessionEvent.Diagnosed d && d.diagnostic().code() != Code.L053);
  }

  /** The examples of a table are the same ones when it is read again. */
  @Test
  void itGoesOnWithATable() throws IOException {
    StringBuilder table = new StringBuilder("x,y,kind\n");
    for (int i = 0; i < 60; i++) {
      table.append(Math.sin(i)).append(',').append(Math.cos(3.0 * i)).append(',').append(i % 3 == 0 ? "a" : "b").append('\n');
    }
    Files.writeString(folder.resolve("points.csv"), table);
    script = script.replace("moons(count = 60)", "csv(\"" + path("points.csv") + "\", label = \"kind\")");
    stopAfter = 2;
    assertThat(run(script)).isEqualTo(Outcome.INTERRUPTED);
    stopAfter = Integer.MAX_VALUE;
    assertThat(run(script)).as(events::toString).isEqualTo(Outcome.OK);
    assertThat(rows()).hasSize(6);
  }
}
