package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.Withstood;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files that {@code log} names, and a report, tell of every epoch. */
class LogsTest {
  private final List<SessionEvent> events = new ArrayList<>();

  @TempDir private Path folder;

  private void run(String settings) {
    String script = """
        net Deep { input 2; dense(4) -> tanh; head early { dense(2) }; dense(4) -> tanh -> dense(2) }
        net Plain = input 2 -> dense(4) -> tanh -> dense(2)
        data points = moons(count = 100, noise = 0.2) { split.val = 20 }
        """ + settings.replace("FOLDER", folder.toString().replace('\\', '/'));
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      assertThat(session.run(new Source("x.net", script))).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    }
  }

  private List<TrainEvent.Epoch> epochs() {
    return events.stream().filter(SessionEvent.Training.class::isInstance).map(e -> ((SessionEvent.Training) e).event())
        .filter(TrainEvent.Epoch.class::isInstance).map(TrainEvent.Epoch.class::cast).toList();
  }

  private static void assertLine(String line, TrainEvent.Epoch epoch, double... numbers) {
    double[] told = Stream.of(line.split(",")).mapToDouble(Double::parseDouble).toArray();
    assertThat(told).hasSize(numbers.length + 2);
    assertThat(told[0]).isEqualTo(epoch.epoch());
    for (int i = 0; i < numbers.length; i++) {
      assertThat(told[i + 2]).as("%s, number %d", line, i + 2).isCloseTo(numbers[i], within(1e-5 * Math.abs(numbers[i])));
    }
  }

  @Test
  void everyLogTellsMetricsObjectiveAndRate() throws IOException {
    run("""
        run = train Deep on points {
          epochs = 3; batch = 16; accumulate = 2; heads = 0.5; optimizer = adam(0.01); schedule = cosine; metrics = [f1, top2]
          log = [console, csv("FOLDER/a.csv"), jsonl("FOLDER/a.jsonl"), tensorboard("FOLDER/a")]
        }
        report(run, "FOLDER/a.html")
        """);
    List<String> csv = Files.readAllLines(folder.resolve("a.csv"));
    List<String> json = Files.readAllLines(folder.resolve("a.jsonl"));
    assertThat(csv.getFirst()).isEqualTo("epoch,seconds,train.loss,train.f1,train.top2,val.loss,val.f1,val.top2,objective,rate");
    List<TrainEvent.Epoch> epochs = epochs();
    assertThat(csv).hasSize(1 + epochs.size());
    for (int i = 0; i < epochs.size(); i++) {
      TrainEvent.Epoch e = epochs.get(i);
      assertLine(
          csv.get(i + 1), e, e.train().loss(), e.train().of(Measure.Kind.F1), e.train().of(Measure.Kind.TOP2), e.validation().loss(),
          e.validation().of(Measure.Kind.F1), e.validation().of(Measure.Kind.TOP2), e.objective(), e.rate());
      // Five batches of an epoch are three steps: the last is number 3 of 9, 6 of 9, 9 of 9.
      assertThat(e.rate()).isCloseTo(0.01 * (1 + Math.cos(Math.PI * (3 * i + 2) / 9)) / 2, within(1e-12));
      assertThat(e.objective()).isGreaterThan(e.train().loss());
      String[] names = csv.getFirst().split(",");
      String[] values = csv.get(i + 1).split(",");
      for (int n = 0; n < names.length; n++) {
        assertThat(json.get(i)).contains("\"" + names[n] + "\":" + values[n]);
      }
    }
    try (Stream<Path> files = Files.walk(folder.resolve("a"))) {
      String board = new String(Files.readAllBytes(files.filter(Files::isRegularFile).findFirst().orElseThrow()), StandardCharsets.ISO_8859_1);
      assertThat(board).contains("train.f1", "val.top2", "objective", "rate");
    }
    assertThat(Files.readString(folder.resolve("a.html"))).contains("<th>objective</th><th>rate</th>", "learning rate of Deep");
  }

  /** A training on attacked images tells after each epoch what it withstands: in logs, the table of epochs, the report, and when it is asked. */
  @Test
  void whatIsWithstoodIsAMeasureAsOthers() throws IOException {
    run("""
        net Firm = input 1x28x28 -> maxpool(4) -> flatten -> dense(2)
        data blood = cells(count = 60, apart = 4)
        firm = train Firm on blood {
          epochs = 2; batch = 32; adversarial = fgsm(0.1, start = random)
          log = [csv("FOLDER/c.csv"), jsonl("FOLDER/c.jsonl"), tensorboard("FOLDER/c")]
        }
        show(firm)
        left = firm.attacked
        expect firm.clean >= left
        report(firm, "FOLDER/c.html")
        """);
    List<String> csv = Files.readAllLines(folder.resolve("c.csv"));
    assertThat(csv.getFirst()).isEqualTo("epoch,seconds,train.loss,train.accuracy,clean,attacked,rate");
    Withstood last = epochs().getLast().withstood().orElseThrow();
    assertThat(csv.getLast()).contains(String.format(Locale.ROOT, ",%.6g,%.6g,", last.clean(), last.attacked()));
    assertThat(Files.readString(folder.resolve("c.jsonl"))).contains("\"clean\":", "\"attacked\":");
    try (Stream<Path> files = Files.walk(folder.resolve("c"))) {
      assertThat(new String(Files.readAllBytes(files.filter(Files::isRegularFile).findFirst().orElseThrow()), StandardCharsets.ISO_8859_1)).contains("clean", "attacked");
    }
    assertThat(events.stream().filter(e -> e instanceof SessionEvent.Shown(Table _)).map(e -> ((Table) ((SessionEvent.Shown) e).exhibit()).header()).toList())
        .containsExactly(List.of("epoch", "loss", "accuracy", "clean", "attacked", "rate"));
    assertThat(events).contains(new SessionEvent.Value("left", Double.toString(last.attacked())));
    assertThat(Files.readString(folder.resolve("c.html"))).contains("<th>clean</th><th>attacked</th>", "accuracy of Firm, clean and attacked", "<h2>Doctor</h2>");
  }

  @Test
  void whatIsNotAttackedWithstandsNothing() {
    String script = "net N = input 1x28x28 -> flatten -> dense(2)\ndata blood = cells(count = 40)\nrun = train N on blood { epochs = 1 }\nexpect run.attacked > 0\n";
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      assertThat(session.run(new Source("x.net", script))).isEqualTo(Outcome.MISTAKE);
    }
    assertThat(Diagnosed.in(events)).extracting(d -> d.code() + " " + d.message())
        .containsExactly("L022 `attacked` is told of trainings that attack what they learn, and `run` does not");
  }

  @Test
  void withoutHeadsThereIsNoObjectiveAndWithoutAScheduleTheRateIsTheOptimisers() throws IOException {
    run("""
        run = train Plain on points { epochs = 2; optimizer = sgd(0.05); log = csv("FOLDER/b.csv") }
        report(run, "FOLDER/b.html")
        """);
    List<String> csv = Files.readAllLines(folder.resolve("b.csv"));
    assertThat(csv.getFirst()).isEqualTo("epoch,seconds,train.loss,train.accuracy,val.loss,val.accuracy,rate");
    assertThat(csv.subList(1, csv.size())).allMatch(l -> l.endsWith(",0.0500000"));
    assertThat(Files.readString(folder.resolve("b.html"))).doesNotContain("<th>objective</th>", "<th>rate</th>", "learning rate of");
  }
}
