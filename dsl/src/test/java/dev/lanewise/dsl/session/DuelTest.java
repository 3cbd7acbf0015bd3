package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.Paused;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.run.SessionListener;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.train.Control;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two networks that are trained against each other, and what is made by the one that makes. */
class DuelTest {
  private static final String NETS = """
      net G = input 4 -> dense(12, bias = false) -> batchnorm -> relu -> dense(2)
      net D = input 2 -> dense(16) -> leaky_relu -> dropout(0.2) -> dense(1)
      net Same = input 2 -> dense(16) -> relu -> dense(2)
      data points = moons(count = 200) { normalize = auto }
      """;
  private static final String TRAIN = "run = train G against D on points { epochs = 2; batch = 24; optimizer = adam(0.01, beta1 = 0.5); critic { steps = 2 } }\n";

  @TempDir Path folder;

  private static final class Heard implements SessionListener {
    private final List<SessionEvent> events = new ArrayList<>();
    private Session session;
    private int stopsAfter = Integer.MAX_VALUE;
    private int batches;

    @Override
    public void on(SessionEvent event) {
      events.add(event);
      if (event instanceof SessionEvent.Training(TrainEvent.Batch _) && ++batches == stopsAfter) {
        session.interrupt();
      }
    }

    @Override
    public Control.Next paused(Paused training) {
      assertThat(training.run("sample(G, count = 2)")).contains(Outcome.OK);
      return Control.STOP;
    }

    List<Code> codes() {
      return events.stream().filter(SessionEvent.Diagnosed.class::isInstance).map(e -> ((SessionEvent.Diagnosed) e).diagnostic())
          .filter(Diagnostic::isError).map(Diagnostic::code).toList();
    }

    List<TrainEvent.Epoch> epochs() {
      return events.stream().filter(e -> e instanceof SessionEvent.Training(TrainEvent.Epoch _)).map(e -> (TrainEvent.Epoch) ((SessionEvent.Training) e).event()).toList();
    }

    Exhibit shown() {
      return ((SessionEvent.Shown) events.stream().filter(SessionEvent.Shown.class::isInstance).reduce((_, last) -> last).orElseThrow()).exhibit();
    }
  }

  private static Session session(Heard heard, int threads) {
    heard.session = new Session(new Options(threads, OptionalLong.empty(), KernelSet.VECTOR), heard);
    return heard.session;
  }

  private Heard run(String script) {
    Heard heard = new Heard();
    try (Session session = session(heard, 2)) {
      session.run(new Source("x.net", script));
    }
    return heard;
  }

  private List<Tensor> both(Session session) throws IOException {
    List<Tensor> all = new ArrayList<>();
    for (String net : List.of("G", "D")) {
      Path file = folder.resolve(net + ".safetensors");
      assertThat(session.run(new Source("y.net", "save(" + net + ", \"" + file + "\")"))).isEqualTo(Outcome.OK);
      all.addAll(Safetensors.read(file).tensors());
    }
    return all;
  }

  private List<Tensor> both(int threads) throws IOException {
    try (Session session = session(new Heard(), threads)) {
      assertThat(session.run(new Source("x.net", NETS + TRAIN))).isEqualTo(Outcome.OK);
      return both(session);
    }
  }

  private static boolean same(List<Tensor> a, List<Tensor> b) {
    return IntStream.range(0, a.size()).allMatch(i -> java.util.Arrays.equals(a.get(i).values(), b.get(i).values()));
  }

  @Test
  void theBitsDoNotDependOnThreads() throws IOException {
    List<Tensor> one = both(1);
    assertThat(same(one, both(3))).isTrue();
  }

  @Test
  void bothLossesAreTold() {
    Heard heard = run(NETS + TRAIN + "loss = run.loss\nexpect run.epochs == 2\nshow(run)\n");
    assertThat(heard.codes()).isEmpty();
    assertThat(heard.epochs()).hasSize(2);
    for (TrainEvent.Epoch e : heard.epochs()) {
      assertThat(e.train().loss()).isBetween(0.1, 3.0);
      assertThat(e.train().heads()).containsOnlyKeys("D");
      // Two losses of about log 2.
      assertThat(e.train().heads().get("D").loss()).isBetween(0.3, 3.0);
    }
  }

  /** What was made looks like the data: a network that tells the halves apart takes about half for each. */
  @Test
  void theGeneratorLearnsWhereTheExamplesLie() {
    Heard heard = run(NETS.replace("dropout(0.2) -> ", "").replace("dense(16) -> leaky_relu", "dense(32) -> leaky_relu -> dense(32) -> leaky_relu") + """
        train Same on points { epochs = 30; batch = 16; optimizer = adam(0.01) }
        train G against D on points { epochs = 150; batch = 40; optimizer = adam(0.002, beta1 = 0.5) }
        s = shares(Same, G)
        expect s.least > 0.2
        expect sum(s) > 0.999
        expect shares(Same, G, count = 500).most < 0.8
        shares(Same, G)
        """);
    assertThat(heard.codes()).isEmpty();
    assertThat(heard.events.stream().filter(e -> e instanceof SessionEvent.Expected x && x.holds()).count()).isEqualTo(3);
    assertThat(((Table) heard.shown()).header()).containsExactly("class", "share");
  }

  @Test
  void bothAreKeptWhenItIsStoppedAndTakenBackTogether() throws IOException {
    Heard heard = new Heard();
    heard.stopsAfter = 5;
    try (Session session = session(heard, 2)) {
      for (String line : NETS.strip().split("\n")) {
        assertThat(session.run(new Source("x.net", line, true))).isEqualTo(Outcome.OK);
      }
      List<Tensor> before = both(session);
      assertThat(session.run(new Source("x.net", TRAIN.strip(), true))).isEqualTo(Outcome.INTERRUPTED);
      List<Tensor> after = both(session);
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i).values()).as(after.get(i).name()).isNotEqualTo(before.get(i).values());
      }
      session.undo();
      assertThat(same(both(session), before)).isTrue();
    }
  }

  /** The average is G's alone, and follows it. */
  @Test
  void theGeneratorMayBeAveraged() throws IOException {
    try (Session session = session(new Heard(), 2)) {
      assertThat(session.run(new Source("x.net", NETS + TRAIN.replace("epochs = 2", "epochs = 2; average = ema(0.5)")))).isEqualTo(Outcome.OK);
      List<Tensor> averaged = both(session);
      List<Tensor> plain = both(2);
      for (int i = 0; i < plain.size(); i++) {
        boolean ofG = i < plain.size() - 4;
        assertThat(java.util.Arrays.equals(averaged.get(i).values(), plain.get(i).values())).as(plain.get(i).name()).isEqualTo(!ofG);
      }
    }
  }

  /** A class that both take is that of the example. */
  @Test
  void bothMayTakeTheClass() {
    Heard heard = run("""
        net G { z: input 3; class: input 1 of 2 -> embed(3); concat(@z); dense(16) -> relu; dense(2) }
        net D { input 2; x: dense(2, bias = false); class: input 1 of 2 -> embed(4); concat(@x); dense(16) -> relu; dense(1) }
        net Tell = input 2 -> dense(16) -> relu -> dense(2)
        data points = moons(count = 100)
        train Tell on points { epochs = 40; batch = 10; optimizer = adam(0.01) }
        train G against D on points { epochs = 3; loss = mse }
        sample(G, count = 6)
        """);
    assertThat(heard.codes()).isEmpty();
    assertThat(((Table) heard.shown()).rows()).hasSize(6);
  }

  @Test
  void picturesHaveTheScaleOfTheData() {
    Heard heard = run("""
        net Maker = input 2 -> dense(16) -> tanh -> reshape(1x4x4)
        net Judge = input 1x4x4 -> flatten -> dense(1)
        walk(Maker, steps = 3, from = -1, to = 1)
        """);
    assertThat(heard.codes()).isEmpty();
    Gallery walked = (Gallery) heard.shown();
    assertThat(walked.pictures()).hasSize(9);
    assertThat(walked.together()).isEqualTo(3);
    assertThat(walked.title()).isEqualTo("Maker, from -1.0 to 1.0");
  }

  /** The corners are the first four samples; one that is given axes goes along these. */
  @Test
  void ofManyNumbersTheWalkIsBetweenSamples() {
    String net = "net Maker = input 5 -> dense(3)\n";
    List<List<String>> samples = ((Table) run(net + "sample(Maker, count = 4, seed = 7)\n").shown()).rows();
    assertThat(samples).extracting(List::getLast).doesNotHaveDuplicates();
    assertThat(((Table) run(net + "walk(Maker, steps = 2, seed = 7)\n").shown()).rows()).isEqualTo(samples);
    List<List<String>> between = ((Table) run(net + "walk(Maker, steps = 3, seed = 7)\n").shown()).rows();
    assertThat(between).hasSize(9).extracting(List::getLast).doesNotHaveDuplicates();
    assertThat(List.of(between.get(0).getLast(), between.get(2).getLast(), between.get(6).getLast(), between.get(8).getLast()))
        .isEqualTo(samples.stream().map(List::getLast).toList());
    assertThat(((Table) run(net + "walk(Maker, steps = 3, axes = [2])\n").shown()).rows()).hasSize(3);
    assertThat(((Table) run(net + "walk(Maker, steps = 3, from = -1)\n").shown()).title()).isEqualTo("Maker, from -1.0 to 2.0");
  }

  @Test
  void whatIsMadeHasTheOriginalUnit() throws IOException {
    Path file = folder.resolve("far.csv");
    StringBuilder rows = new StringBuilder("a,b,kind\n");
    for (int i = 0; i < 60; i++) {
      rows.append(1000 + i % 7).append(',').append(-500 - i % 5).append(",x").append(i % 2).append('\n');
    }
    java.nio.file.Files.writeString(file, rows);
    Heard heard = run(NETS + "data far = csv(\"" + file + "\", label = \"kind\") { normalize = auto }\n"
        + "train G against D on far { epochs = 60; batch = 16; optimizer = adam(0.005, beta1 = 0.5) }\nsample(G, count = 1)\n");
    assertThat(heard.codes()).isEmpty();
    String[] numbers = ((Table) heard.shown()).rows().getFirst().get(1).split(", ");
    assertThat(Double.parseDouble(numbers[0])).isCloseTo(1003, within(15.0));
    assertThat(Double.parseDouble(numbers[1])).isCloseTo(-502, within(15.0));
  }

  /** Its file keeps the scale. */
  @Test
  void aGeneratorIsLoadedWithItsScale() {
    String file = folder.resolve("g.safetensors").toString();
    Exhibit before = run(NETS + TRAIN + "save(G, \"" + file + "\")\nsample(G, count = 3)\n").shown();
    assertThat(run(NETS + "load(G, \"" + file + "\")\nsample(G, count = 3)\n").shown()).isEqualTo(before);
    assertThat(run(NETS + "sample(G, count = 3)\n").shown()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "train G against G on points",
      "train Same against D on points",
      "train G against Same on points",
      "net W = input 3 -> dense(1)\ntrain G against W on points",
      "train G against D on points { save = best(\"x\", by = loss) }",
      "train G against D on points { folds = 3 }",
      "train G against D on points { resume = \"x\" }",
      "train G against D on points { loss = cross_entropy }",
      "train G against D on points { loss { D = mse } }",
      "train G against D on points { schedule = plateau(loss) }",
      "train Same on points { critic { steps = 2 } }",
      "run = train G against D on points\nsweep run { batch in [8, 16] }",
      "run = train G against D on points\nreport(run, \"x.html\")",
      "net P = input 1x2x2 -> flatten -> dense(2)\nsample(P)"})
  void whatDoesNotGoIsRefused(String script) {
    assertThat(run(NETS.replace("net Same = input 2 -> dense(16) -> relu -> dense(2)", "net Same = input 2 -> dense(3)") + script).codes()).contains(Code.L098).hasSize(1);
  }

  @Test
  void theWordStaysFreeForNames() {
    Heard heard = run("against = 3\nexpect against == 3\n");
    assertThat(heard.codes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.test", "run.accuracy", "run.val.loss"})
  void nothingOfARunIsKnownButItsLoss(String part) {
    assertThat(run(NETS + TRAIN + "x = " + part + "\n").codes()).isNotEmpty().doesNotContain(Code.L098);
  }
}
