package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Boundary;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.view.Mistakes;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the verbs that draw tell, and the files they write. */
class ViewingTest {
  private static final String DIGITS =
      """
      net Mlp = input 1x28x28 -> flatten -> dense(10)
      data digits = mnist("../samples/mnist") { limit = 300; normalize = auto }
      run = train Mlp on digits { epochs = 3; batch = 20; optimizer = sgd(0.1) }
      """;

  @TempDir private Path folder;

  private final List<SessionEvent> events = new ArrayList<>();
  private final Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add);

  private Outcome run(String text) {
    return session.run(new Source("a.net", text));
  }

  private <T extends SessionEvent> T last(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).reduce((_, e) -> e).orElseThrow();
  }

  private <T extends Exhibit> T shown(Class<T> kind) {
    return kind.cast(last(SessionEvent.Shown.class).exhibit());
  }

  private Diagnostic mistake() {
    return last(SessionEvent.Diagnosed.class).diagnostic();
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void anExampleIsShownAsItWasBeforeItWasNormalised() {
    assertThat(run(DIGITS + "show(digits.train.item(7))\n")).isEqualTo(Outcome.OK);
    Gallery gallery = shown(Gallery.class);
    assertThat(gallery.title()).isEqualTo("digits.train, item 7");
    assertThat(gallery.pictures()).singleElement().satisfies(p -> {
      assertThat(p.caption()).isEqualTo("3");
      assertThat(p.at(0, 0)).isZero();
      assertThat(p.pixels()).contains(0xffffff);
    });
  }

  @Test
  void mistakesBeginWithTheWorst() {
    run(DIGITS + "mistakes(Mlp, digits, count = 1000)\ntest(Mlp, digits)\n");
    Gallery gallery = shown(Gallery.class);
    double accuracy = events.stream().filter(e -> e instanceof SessionEvent.Training(TrainEvent.Tested _))
        .map(e -> ((TrainEvent.Tested) ((SessionEvent.Training) e).event()).score().accuracy())
        .findFirst().orElseThrow();
    assertThat(gallery.pictures()).hasSize((int) Math.round(300 * (1 - accuracy)));
    assertThat(gallery.title()).startsWith("Mlp is wrong about " + gallery.pictures().size() + " of 300");
    assertThat(gallery.pictures()).allSatisfy(p -> {
      String[] words = p.caption().split(" → |, ");
      assertThat(words[0]).isNotEqualTo(words[1]);
    });
  }

  @Test
  void theWorstMistakeIsTheOneOfTheHighestLoss() {
    Dataset data = new Points(Shape.of(1), new float[][] {{0}, {1}, {2}, {3}}, new int[] {0, 1, 0, 1}, 2);
    float[] outputs = {0, 1, 5, -1, 3, 2, 2, 2.5f};
    Mistakes mistakes = Mistakes.of("N", new DataSplit("d", data, null, data), new Predictions(2, outputs, new float[] {1.3f, 6, 1.2f, 0.5f}, 0.5f));
    assertThat(mistakes.worst()).containsExactly(1, 0);
    assertThat(mistakes.table(1).rows()).containsExactly(List.of("1", "1.0000", "1", "0, 100 %", "6.0000"));
  }

  @Test
  void whoeverMakesNoMistakeIsTold() {
    run("net X = input 2 -> dense(8) -> tanh -> dense(2)\ndata t = xor()\ntrain X on t { epochs = 500; batch = 4; optimizer = adam(0.05) }\n"
        + "mistakes(X, t)\n");
    assertThat(last(SessionEvent.Value.class).text()).isEqualTo("X is right about all 4");
  }

  @Test
  void aBoundarySeparatesWhatTheNetworkSeparates() {
    run("net X = input 2 -> dense(8) -> tanh -> dense(2)\ndata t = xor()\ntrain X on t { epochs = 500; batch = 4; optimizer = adam(0.05) }\n"
        + "plot(X, t)\n");
    Boundary b = shown(Boundary.class);
    assertThat(b.marks()).hasSize(4).allSatisfy(m -> {
      int x = (int) (b.across(m.x()) * b.size());
      int y = (int) (b.down(m.y()) * b.size());
      assertThat(b.classes()[y * b.size() + x]).isEqualTo(m.label());
      assertThat(b.certainty()[y * b.size() + x]).isBetween(0.5, 1.0);
    });
  }

  @Test
  void filesTakeThePlaceOfWhatWouldBeSeen() throws IOException {
    String to = folder.toString();
    assertThat(run(DIGITS + "plot(run, to = \"" + to + "/loss.svg\")\nshow(Mlp, to = \"" + to + "/net.svg\")\nmistakes(Mlp, digits, to = \"" + to
        + "/wrong.svg\")\nshow(Mlp.dense1, to = \"" + to + "/weights.svg\")\nplot(gelu, from = -2, to = 2, to = \"" + to + "/gelu.svg\")\n"))
        .isEqualTo(Outcome.OK);
    for (String name : List.of("loss", "net", "wrong", "weights", "gelu")) {
      assertThat(Files.readString(folder.resolve(name + ".svg"))).startsWith("<svg ");
    }
    assertThat(events).noneMatch(e -> e instanceof SessionEvent.Shown);
    assertThat(events.stream().filter(SessionEvent.Wrote.class::isInstance)).hasSize(5);
    // A weight for each pixel of a digit.
    assertThat(Files.readString(folder.resolve("weights.svg"))).contains("Mlp.dense1.weight [10, 784]");
  }

  @Test
  void aReportIsOnePageThatNeedsNothingElse() throws IOException {
    Path file = folder.resolve("report.html");
    assertThat(run(DIGITS + "report(run, \"" + file + "\")\n")).isEqualTo(Outcome.OK);
    String page = Files.readString(file);
    assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n")
        .contains("<title>Mlp on digits</title>", "loss of Mlp", "accuracy of Mlp", "dense(10)", "data:image/png;base64,", "3 / 3", "run = train Mlp");
    assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http", "<script", "<link", "NaN");
    assertThat(page.split("<h2>", -1)).hasSize(9);
  }

  @Test
  void whatIsNotThereIsToldWithARemedy() {
    assertThat(run(DIGITS + "show(digits.test.item(300))\n")).isEqualTo(Outcome.MISTAKE);
    assertThat(mistake().message()).isEqualTo("digits.test has 300 examples, counted from 0");
    assertThat(run("data d = xor()\nshow(d.val.item(0))\n")).isEqualTo(Outcome.MISTAKE);
    assertThat(mistake().message()).isEqualTo("d has no examples to validate on");
    assertThat(run("plot(gelu, to = \"" + folder.resolve("nowhere/a.svg") + "\")\n")).isEqualTo(Outcome.MISTAKE);
    assertThat(mistake().message()).startsWith("the file cannot be written");
  }
}
