package dev.lanewise.samples;

import static dev.lanewise.samples.Sample.changed;
import static dev.lanewise.samples.Sample.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.exhibit.Boundary;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every sample runs; the long ones on fewer examples, with an expectation that these can meet. Those of pictures are in {@link PictureSamplesTest}. */
class SamplesTest extends SampleRuns {
  /** The playground's classics end with a picture of what has been learned. */
  @ParameterizedTest
  @ValueSource(strings = {"xor.net", "circles.net", "spirals.net"})
  void pointsAreLearnedAndDrawn(String name) throws IOException {
    assertThat(run(name, text(name))).as("%s", events).isEqualTo(Outcome.OK);
    Boundary drawn = events.stream()
        .flatMap(e -> e instanceof SessionEvent.Shown(Boundary boundary) ? Stream.of(boundary) : Stream.empty()).findFirst().orElseThrow();
    for (Boundary.Mark mark : drawn.marks()) {
      int x = (int) (drawn.across(mark.x()) * drawn.size());
      int y = (int) (drawn.down(mark.y()) * drawn.size());
      assertThat(drawn.classes()[y * drawn.size() + x]).as("%s in %s", mark, name).isEqualTo(mark.label());
    }
  }

  @Test
  void aTableIsLearned() throws IOException {
    assertThat(run("fruit.net", text("fruit.net"))).as("%s", events).isEqualTo(Outcome.OK);
  }

  /** Of the flats whose price nobody knows there is an answer each, called by the flat. */
  @Test
  void pricesAreLearnedAndTold(@TempDir Path scratch) throws IOException {
    Path answers = scratch.resolve("answers.csv");
    String script = changed(text("flats.net"), "flats-answers.csv", answers.toString().replace('\\', '/'));
    assertThat(run("flats.net", script)).as("%s", events).isEqualTo(Outcome.OK);
    List<String> unknown = Files.readAllLines(FOLDER.resolve("flats-unknown.csv"));
    List<String> lines = Files.readAllLines(answers);
    assertThat(lines.getFirst()).isEqualTo("flat,price");
    assertThat(lines.stream().map(l -> l.split(",")[0])).isEqualTo(unknown.stream().map(l -> l.split(",")[0]).toList());
    assertThat(lines.stream().skip(1).mapToDouble(l -> Double.parseDouble(l.split(",")[1]))).allMatch(price -> price > 50_000 && price < 1_200_000);
  }

  @Test
  void theDeepNetworkLearns() throws IOException {
    String script = changed(text("mnist-deep.net"), "normalize = auto", "normalize = auto; limit = 1_500");
    script = changed(script, "epochs    = 18", "epochs    = 4");
    script = changed(script, "accuracy >= 0.996", "accuracy >= 0.8");
    assertThat(run("mnist-deep.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void theFastNetworkLearns() throws IOException {
    String script = changed(text("mnist-fast.net"), "normalize = auto", "normalize = auto; limit = 3_000");
    script = changed(script, "accuracy >= 0.99", "accuracy >= 0.85");
    assertThat(run("mnist-fast.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void clientsLearnTogether() throws IOException {
    String script = changed(text("mnist-federated.net"), "mnist()", "mnist() { limit = 2_000 }");
    script = changed(changed(script, "clients = 100", "clients = 10"), "fraction = 0.1 ", "fraction = 0.5 ");
    script = changed(changed(script, "rounds    = 120", "rounds    = 4"), "test(Digits, digits).accuracy >= 0.92", "test(Digits, digits).accuracy >= 0.4");
    assertThat(run("mnist-federated.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void aCurveIsLearned() throws IOException {
    assertThat(run("sine.net", text("sine.net"))).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void whatIsWrittenInTheLanguageLearns() throws IOException {
    String script = changed(text("own-functions.net"), "mnist()", "mnist() { limit = 3_000 }");
    script = changed(script, "accuracy >= 0.96", "accuracy >= 0.75");
    assertThat(run("own-functions.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void aDigitIsReadRowByRow() throws IOException {
    String script = changed(text("digits-by-rows.net"), "normalize = auto", "normalize = auto; limit = 2_000");
    script = changed(script, "epochs    = 16", "epochs    = 4");
    script = changed(script, "accuracy >= 0.99", "accuracy >= 0.6");
    assertThat(run("digits-by-rows.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void theResidualNetworkLearns() throws IOException {
    String script = changed(text("resnet.net"), "normalize = auto", "normalize = auto; limit = 1_500");
    script = changed(script, "accuracy >= 0.988", "accuracy >= 0.5");
    assertThat(run("resnet.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void patchesLookAtEachOther() throws IOException {
    String script = changed(text("vit.net"), "normalize = auto", "normalize = auto\n  limit     = 1_500");
    script = changed(script, "epochs    = 12", "epochs    = 3");
    script = changed(script, "batch     = 64", "batch     = 16");
    script = changed(script, "depth = 3", "depth = 1");
    script = changed(script, "accuracy >= 0.99", "accuracy >= 0.4");
    assertThat(run("vit.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void aNetworkIsTrainedAgainstAttacks() throws IOException {
    // Of few images, in small batches.
    said.add(Cause.UNITS_DEAD);
    String script = changed(text("mnist-robust.net"), "mnist()", "mnist() { limit = 1_500 }");
    script = changed(script, "batch       = 128\n  optimizer   = adam(0.002)", "batch       = 16\n  optimizer   = adam(0.002)");
    script = changed(script, "batch       = 128\n  optimizer   = adam(0.003)", "batch       = 16\n  optimizer   = adam(0.003)");
    script = changed(script, "batch     = 128", "batch     = 16");
    script = changed(script, "pgd(0.3, steps = 5, step = 0.1)", "pgd(0.1, steps = 3)");
    script = changed(script, "epochs      = 24", "epochs      = 6");
    script = changed(script, "expect attack(Robust, digits, pgd(0.3, steps = 50, restarts = 10)).accuracy >= 0.88",
        "expect attack(Robust, digits, pgd(0.1, steps = 20, restarts = 2), count = 300).accuracy >= 0.6\n"
            + "expect attack(Plain, digits, pgd(0.1, steps = 20, restarts = 2), count = 300).accuracy < 0.6");
    assertThat(run("mnist-robust.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void theSmallNetworkLearns() throws IOException {
    String script = changed(text("mnist-small.net"), "normalize = auto", "normalize = auto\n  limit     = 1_000");
    script = changed(script, "epochs    = 12", "epochs    = 2");
    script = changed(script, "batch     = 128", "batch     = 32");
    script = changed(script, "accuracy >= 0.992", "accuracy >= 0.4");
    assertThat(run("mnist-small.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void theSearchEndsWithTheBest() throws IOException {
    String script = changed(text("lenet-search.net"), "split.val = 5_000", "split.val = 200; limit = 1_500");
    script = changed(script, "accuracy >= 0.985", "accuracy >= 0.5");
    assertThat(run("lenet-search.net", script)).as("%s", events).isEqualTo(Outcome.OK);
    assertThat(events.stream().filter(SessionEvent.Trial.class::isInstance)).hasSize(3);
  }

  @Test
  void theTwoLayerNetworkLearns() throws IOException {
    String script = text("mnist-mlp.net");
    script = changed(script, "mnist()", "mnist() { limit = 3_000 }");
    script = changed(script, "accuracy >= 0.96", "accuracy >= 0.75");
    assertThat(run("mnist-mlp.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void theConvolutionalNetworkLearns() throws IOException {
    String script = text("mnist-cnn.net");
    script = changed(script, "normalize = auto", "normalize = auto; limit = 3_000");
    script = changed(script, "epochs    = 10", "epochs    = 3");
    script = changed(script, "sgd(0.01, momentum = 0.5)", "sgd(0.05, momentum = 0.5)");
    script = changed(script, "accuracy >= 0.98", "accuracy >= 0.6");
    assertThat(run("mnist-cnn.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void voicesAreToldApart() throws IOException {
    String script = changed(text("voices.net"), "count = 2_000", "count = 1_000");
    script = changed(script, "epochs    = 10", "epochs    = 6");
    assertThat(run("voices.net", changed(script, "accuracy >= 0.95", "accuracy >= 0.8"))).as("%s", events).isEqualTo(Outcome.OK);
  }

  /** On made-up voices, of which those of one seed are taken for one speaker: the folder has as many classes as there are digits, three speakers and six takes. */
  @Test
  void spokenDigitsAreToldApart(@TempDir Path scratch) throws IOException {
    SampleFiles.sounds(scratch);
    String script = changed(changed(text("speech.net"), "folds     = 6", "folds     = 3"), "ema(0.99)", "ema(0.9)");
    script = changed(script, "folds.accuracy + 0.1", "folds.accuracy - 0.5");
    script = changed(script, "folds.accuracy >= 0.9", "folds.accuracy >= 0.5");
    assertThat(sample.run(scratch.resolve("speech.net"), changed(script, "accuracy >= 0.99", "accuracy >= 0.6"))).as("%s", events).isEqualTo(Outcome.OK);
  }

  /** On verses that say little. */
  @Test
  void aSmallGptLearnsToWrite(@TempDir Path scratch) throws IOException {
    SampleFiles.verses(scratch);
    String script = changed(text("shakespeare.net"), "split.test = 2_788", "split.test = 20");
    script = changed(script, "repeat 4", "repeat 1");
    script = changed(script, "epochs    = 2", "epochs    = 8");
    assertThat(sample.run(scratch.resolve("shakespeare.net"), script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  /** On quatrains that say nothing. */
  @Test
  void aFormIsLearned(@TempDir Path scratch) throws IOException {
    // Characters at random: nothing but the form can be learned.
    said.add(Cause.UNDERFITTING);
    String characters = "山水風月花雲天春秋人";
    StringBuilder poems = new StringBuilder();
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      for (int line = 0; line < 4; line++) {
        random.ints(i % 2 == 0 ? 5 : 7, 0, characters.length()).forEach(c -> poems.append(characters.charAt(c)));
        poems.append(line % 2 == 0 ? '，' : '。');
      }
      poems.append('\n');
    }
    Files.writeString(scratch.resolve("tang-jueju.txt"), poems);
    String script = text("poems.net").replace("= 1_000", "= 40").replace("192", "16").replace("\"明月\"", "\"山水\"");
    script = changed(changed(script, "gru(256)", "gru(32)"), "dropout(0.3)", "dropout(0.1)");
    script = changed(changed(script, "batch     = 32", "batch     = 8"), "adamw(0.003", "adamw(0.01");
    script = changed(script, "loss < 4.8", "loss < 2.3");
    assertThat(sample.run(scratch.resolve("poems.net"), script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  /** Of a language of two dozen words. */
  @Test
  void sentencesAreTranslated(@TempDir Path scratch) throws IOException {
    String[][] who = {{"tom", "汤姆"}, {"the cat", "猫"}, {"my father", "我爸爸"}, {"she", "她"}, {"a bird", "一只鸟"}, {"the king", "国王"}, {"he", "他"}};
    String[][] does = {{"sees", "看见"}, {"loves", "爱"}, {"buys", "买"}, {"hears", "听见"}, {"wants", "想要"}, {"draws", "画"}};
    String[][] what = {{"an apple", "苹果"}, {"the sea", "海"}, {"a book", "一本书"}, {"the moon", "月亮"}, {"my house", "我的房子"}, {"a fish", "鱼"}, {"tea", "茶"}};
    StringBuilder pairs = new StringBuilder();
    for (String[] a : who) {
      for (String[] b : does) {
        for (String[] c : what) {
          pairs.append(a[0]).append(' ').append(b[0]).append(' ').append(c[0]).append(".\t").append(a[1]).append(b[1]).append(c[1]).append("。\n");
        }
      }
    }
    Files.writeString(scratch.resolve("cmn.txt"), pairs);
    String script = text("translate.net").replace("= 1_000", "= 40").replace("= 500", "= 20").replace("160", "32").replace("gru(96", "gru(16").replace("dropout(0.3)", "dropout(0.1)");
    script = changed(changed(script, "batch     = 32", "batch     = 4"), "adamw(0.003", "adamw(0.01");
    assertThat(sample.run(scratch.resolve("translate.net"), script.replaceAll("least >= \\d+", "least >= 60"))).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void aLargeNetworkTeachesASmallOne() throws IOException {
    String script = changed(text("distill.net"), "data digits = mnist()\n", "data digits = mnist() { limit = 2_000 }\n");
    script = changed(script, "epochs    = 60", "epochs    = 5");
    script = changed(script, "accuracy + 0.005", "accuracy - 0.05");
    assertThat(run("distill.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  @Test
  void tastesAreLearned() throws IOException {
    String script = changed(text("recommend.net"), "users = 1_000, items = 500, count = 300_000", "users = 200, items = 150, count = 20_000");
    script = script.replace("batch     = 256", "batch     = 32").replace("1.02 * least", "1.1 * least");
    assertThat(run("recommend.net", script)).as("%s", events).isEqualTo(Outcome.OK);
  }

  /** As its comment says: a table in MovieLens' form, with films whose numbers have gaps, and a column that nobody learns from. */
  @Test
  void ratingsOfFilmsAreRead(@TempDir Path scratch) throws IOException {
    StringBuilder table = new StringBuilder("userId,movieId,rating,timestamp\n");
    for (int i = 0; i < 2_000; i++) {
      int user = i * 7 % 45;
      int film = i * 11 % 40;
      table.append(user + 1).append(',').append(film * film * 113 + 1).append(',').append(1 + (user % 5 + film % 4) / 2.0).append(',').append(964_982_703L + i).append('\n');
    }
    Files.writeString(scratch.resolve("ratings.csv"), table);
    String script = text("recommend.net");
    String data = script.lines().filter(l -> l.startsWith("#   data rated = csv(")).findFirst().orElseThrow().substring(4);
    script = script.lines().map(l -> l.startsWith("data rated = ") ? data : l).collect(Collectors.joining("\n", "", "\n"));
    script = script.replace("user: input rated.user", "userId: input rated.userId").replace("item: input rated.item", "movieId: input rated.movieId")
        .replace("@user", "@userId").replace("@item", "@movieId").replace("batch     = 256", "batch     = 16");
    script = changed(script.replace("1.02 * least", "0.3"), "1.5 * least", "0");
    script += "expect rated.userId.kinds == 45 and rated.movieId.kinds == 40\n";
    assertThat(sample.run(scratch.resolve("recommend.net"), script)).as("%s", events).isEqualTo(Outcome.OK);
  }
}
