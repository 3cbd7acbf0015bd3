package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is learned of examples, if it is no class: numbers, images, the examples themselves. */
class TargetsTest {
  private static final String MNIST = "mnist(\"" + Path.of("../samples/mnist").toAbsolutePath() + "\")";

  private final List<SessionEvent> events = new ArrayList<>();
  private final Session session =
      new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add);

  @TempDir Path folder;

  @AfterEach
  void close() {
    session.close();
  }

  private Outcome run(String script) {
    return session.run(new Source(folder.resolve("x.net").toString(), script.replace("mnist()", MNIST)));
  }

  private List<TrainEvent.Epoch> epochs() {
    return events.stream()
        .filter(e -> e instanceof SessionEvent.Training(TrainEvent.Epoch _))
        .map(e -> (TrainEvent.Epoch) ((SessionEvent.Training) e).event())
        .toList();
  }

  /** Sum and difference of two numbers, which a linear layer can do. */
  @ParameterizedTest
  @CsvSource({"mse", "l1", "huber"})
  void severalColumnsAreLearned(String loss) throws IOException {
    StringBuilder table = new StringBuilder("a,b,sum,difference\n");
    for (int i = 0; i < 200; i++) {
      double a = i % 17 / 17.0;
      double b = i % 11 / 11.0;
      table.append(a).append(',').append(b).append(',').append(a + b).append(',').append(a - b).append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), table);
    String script = """
        net N = input 2 -> dense(2)
        data d = csv("t.csv", target = ["sum", "difference"])
        train N on d { epochs = 60; batch = 10; loss = LOSS; optimizer = adam(0.03) }
        expect test(N, d).loss < 0.02
        """;
    assertThat(run(script.replace("LOSS", loss))).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
  }

  @Test
  void aNetworkLearnsToRebuildItsInput() {
    String script = """
        net Auto {
          input 1x28x28
          conv(8, 3, stride = 2, pad = 1) -> relu
          flatten -> dense(16) -> relu -> dense(784) -> sigmoid -> reshape(1x28x28)
        }
        net Flat = input 1x28x28 -> flatten -> dense(16) -> relu -> dense(784)
        data pictures = mnist() { limit = 400; split.val = 50; target = input; augment = [noise(0.2)] }
        run = train Auto on pictures { epochs = 8; batch = 20; loss = bce; optimizer = adam(0.005) }
        train Flat on pictures { epochs = 3; loss = bce_with_logits; optimizer = adam(0.005); metrics = [dice] }
        test(Auto, pictures)
        expect test(Auto, pictures).loss < 0.25
        expect test(Flat, pictures).iou > 0
        expect run.test.dice > 0.3
        """;
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(epochs()).allMatch(e -> Double.isNaN(e.train().accuracy()) && Double.isNaN(e.validation().accuracy()));
    assertThat(epochs().get(7).validation().loss()).isLessThan(epochs().getFirst().validation().loss());
    assertThat(events).filteredOn(e -> e instanceof SessionEvent.Training(TrainEvent.Started _)).extracting(
        e -> ((TrainEvent.Started) ((SessionEvent.Training) e).event()).metrics().size()).containsExactly(0, 1);
  }

  /** Marked in the targets are 3 numbers, in the outputs 3, in both 2. */
  @Test
  void whatIsMarkedIsCountedOverAllExamples() throws IOException {
    Files.writeString(folder.resolve("t.csv"), "a,b,c,x,y,z\n0.6,0.2,0.9,1,0,0\n0.4,0.7,0.1,1,1,0\n");
    String script = """
        net Same = input 3 -> relu
        data d = csv("t.csv", target = ["x", "y", "z"], test = "t.csv")
        expect test(Same, d).iou == 2 / 4
        expect test(Same, d).dice > 0.6666 and test(Same, d).dice < 0.6667
        """;
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
  }

  /** How many texts are right as a whole is told unasked of texts that are made of others, and of no windows of a long one. */
  @Test
  void wholeTextsAreCountedWhereTextsAreMade() {
    String script = """
        data added = sums(digits = 1, count = 60)
        net Adds {
          source: input added.source
          embed(4) -> flatten -> memory: dense(8)
          target: input added.target
          embed(4) -> flatten -> concat(@memory) -> dense(39) -> reshape(13x3)
        }
        data stories = text(length = 8) { limit = 60 }
        net Writes = input stories -> embed(4) -> conv(stories.next.kinds, 1)
        test(Adds, added)
        test(Writes, stories)
        """;
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    List<Score> scores = events.stream().flatMap(e -> e instanceof SessionEvent.Training(TrainEvent.Tested t) ? Stream.of(t.score()) : Stream.empty()).toList();
    assertThat(scores).extracting(Score::headline).containsExactly(List.of(Measure.Kind.ACCURACY, Measure.Kind.EXACT), List.of(Measure.Kind.ACCURACY));
    assertThat(scores.getFirst().of(Measure.Kind.EXACT)).isBetween(0.0, scores.getFirst().accuracy());
  }

  @Test
  void maskedScenesAreLearnedAndShown() {
    String script = """
        net Mark { input 1x32x32; conv(6, 5, pad = same) -> relu -> conv(1, 1) }
        data scenes = clutter("MNIST", size = 32, count = 60)
        train Mark on scenes { epochs = 2; batch = 10; loss = bce_with_logits; optimizer = adam(0.01); metrics = [iou, dice] }
        show(scenes.train.batch(0, size = 3))
        predict(Mark, scenes.test.batch(0, size = 2))
        show(predict(Mark, scenes.test.item(3)), to = "FOLDER/a.png")
        """.replace("MNIST", Path.of("../samples/mnist").toAbsolutePath().toString()).replace("FOLDER", folder.toString());
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    List<Gallery> shown = events.stream()
        .flatMap(e -> e instanceof SessionEvent.Shown(Gallery gallery) ? Stream.of(gallery) : Stream.empty()).toList();
    assertThat(shown).hasSize(2);
    assertThat(shown.get(0).pictures()).extracting(Picture::caption).containsExactly("0", "target", "1", "target", "2", "target");
    assertThat(shown.get(1).pictures()).extracting(Picture::caption)
        .containsExactly("0 input", "target", "output", "1 input", "target", "output");
    assertThat(shown.get(1).together()).isEqualTo(3);
    assertThat(folder.resolve("a.png")).exists();
    assertThat(epochs()).allMatch(e -> e.train().overlap().dice() >= e.train().overlap().iou());
  }

  @Test
  void anEmbeddingIsTrainedAndUsed() throws IOException {
    String script = """
        block Trunk { dense(16) -> tanh -> dense(4) }
        net Embed { input 2; trunk: Trunk }
        net Classifier { input 2; trunk: Trunk; tanh; out: dense(3) }
        data points = spirals(classes = 3, count = 300)
        train Embed on points { epochs = 5; batch = 20; loss = triplet(margin = 0.5); optimizer = adam(0.01) }
        test(Embed, points)
        profile(Embed, points)
        load(Classifier, from = Embed)
        train Classifier on points { epochs = 1; freeze = trunk }
        net One { input 1; dense(1) }
        data numbers = csv("t.csv", label = "class")
        train One on numbers { loss = triplet }
        data wave = sine()
        test(One, wave)
        predict(One, wave.test.item(0))
        """;
    Files.writeString(folder.resolve("t.csv"), "x,class\n0.1,a\n0.2,b\n0.3,a\n0.4,b\n0.5,a\n0.6,b\n");
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(epochs().subList(0, 5)).allMatch(e -> Double.isNaN(e.train().accuracy()));
    assertThat(epochs().get(4).train().loss()).isLessThan(epochs().getFirst().train().loss());
  }

  /** Trained on classes, a network of as many outputs says nothing of pictures, and the other way round. */
  @ParameterizedTest
  @CsvSource({"digits, pictures", "pictures, digits"})
  void aNetworkIsNotAskedAboutAnotherKindOfExample(String learnt, String asked) {
    String script = """
        net Wide = input 1x28x28 -> flatten -> dense(784)
        data digits = mnist() { limit = 50 }
        data pictures = mnist() { limit = 50; target = input }
        train Wide on %s { optimizer = sgd(0.01) }
        """.formatted(learnt);
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    for (String use : List.of("test(Wide, %s)", "profile(Wide, %s)", "train Wide on %s", "predict(Wide, %s.test.item(0))")) {
      events.clear();
      assertThat(run(use.formatted(asked) + "\n")).as(use).isEqualTo(Outcome.MISTAKE);
      assertThat(Diagnosed.in(events)).filteredOn(Diagnostic::isError).extracting(Diagnostic::code).as(use).containsExactly(Code.L088);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "train N on d { metrics = [iou] }|L011|`iou` needs a mask to predict, but the data has one number to predict",
    "train M on xor { metrics = [dice] }|L011|`dice` needs a mask to predict, but the data has classes",
    "sweep r { optimizer.lr in [1]; pick = max(accuracy) }|L011|`accuracy` needs classes",
    "data e = sine() { target = output }|L011|`target` is `input`",
    "train N on pictures|L025|N takes 1, but the examples of pictures are 1x28x28",
    "train Few on pictures|L016|Few has 9 outputs, but the examples of pictures have 784 numbers to predict",
    "train Two on pictures { loss = cross_entropy }|L016|`cross_entropy` compares outputs with a class",
    "train Two on pictures { loss = focal }|L015|takes the label of a class",
    "train Headed on pictures|L016|a head of Headed has not the shape of its output, 784",
    "train N on d { loss = triplet }|L016|`triplet` compares outputs with a class, but here are numbers to predict",
    "train M on xor { loss = triplet; metrics = [accuracy] }|L011|`accuracy` does not go with a loss that compares outputs with each other",
    "train M on xor { loss = triplet(margin = -1) }|L015|margin must be at least 0",
    "data e = clutter(\"nowhere\")|L030|nowhere",
    "data e = clutter(size = 20)|L015|size must be between 28 and 512, not 20",
    "data e = clutter(count = 1_000_000)|L015|count must be at most 233,016" ,
    "predict(M, r)|L021|`r` is a training run, but",
    "predict(M)|L010|`predict` needs something to work on",
    "predict(M, [1])|L025|M takes 2, but here is one number",
    "classify(M, \"a.png\")|L025|M takes 2, and an image is brought to a square",
    "predict(M, 1)|L011|`numbers` of `predict` is a list of numbers, not 1",
    "predict(M, xor.test.item(7))|L015|xor.test has 4 examples, counted from 0",
    "expect test(Two, pictures).accuracy > 0|L023|`accuracy` needs classes, but the examples of pictures have numbers"
  })
  void mistakesAreTold(String line, Code code, String message) {
    String before = """
        net N = input 1 -> dense(1)
        net M = input 2 -> dense(2)
        net Two = input 1x28x28 -> flatten -> dense(784)
        net Few = input 1x28x28 -> flatten -> dense(9)
        net Headed { input 1x28x28 -> flatten; head h { dense(3) }; dense(784) }
        data d = sine()
        data xor = xor()
        data pictures = mnist() { limit = 10; target = input }
        r = train N on d { optimizer = sgd(0.01) }
        """;
    assertThat(run(before + line + "\n")).as(line).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).as(line).filteredOn(Diagnostic::isError).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(code);
      assertThat(d.message()).contains(message);
    });
  }
}
