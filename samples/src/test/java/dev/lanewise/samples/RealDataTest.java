package dev.lanewise.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.dsl.run.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Samples whose data does not come with Lanewise, on some of it: {@code -Dlanewise.data=FOLDER} says where it is, and without that these
 * tests are skipped. In the folder each data set has one of its own: {@code pneumoniamnist}, {@code fashion-mnist}, {@code bccd}, {@code emoji-en-zh}, {@code tinyshakespeare}, {@code makemore-names}, {@code uci-sentiment}, {@code fsdd}, {@code chinese-poetry}, {@code cmn-eng}.
 */
class RealDataTest {
  private static final String PROPERTY = "lanewise.data";

  @TempDir Path scratch;

  /** Lets a script find a data set beside it, under the name that it says. */
  private Path given(String set, String name) throws IOException {
    String folder = System.getProperty(PROPERTY, "");
    assumeTrue(!folder.isEmpty(), "skipped: -D" + PROPERTY + "=FOLDER says where the data of samples is, and here it is not set");
    Path data = Path.of(folder, set).toAbsolutePath();
    assumeTrue(Files.isDirectory(data), "skipped: there is no " + data);
    return Files.createSymbolicLink(scratch.resolve(name), data);
  }

  private void assertRuns(String name, String script) {
    Sample sample = new Sample();
    assertThat(sample.run(scratch.resolve(name), script)).as("%s", sample.events()).isEqualTo(Outcome.OK);
  }

  @Test
  void pneumoniaIsFound() throws IOException {
    given("pneumoniamnist", "medmnist");
    String script = Sample.changed(Sample.text("medical.net"), "epochs    = 30", "epochs    = 6");
    script = Sample.changed(script, "accuracy >= 0.9", "accuracy >= 0.85");
    assertRuns("medical.net", Sample.changed(script, "auc >= 0.96", "auc >= 0.94"));
  }

  @Test
  void clothesAreToldApart() throws IOException {
    given("fashion-mnist", "fashion");
    String script = Sample.changed(Sample.text("fashion-mnist.net"), "normalize = auto", "normalize = auto; limit = 3_000");
    script = Sample.changed(script, "epochs    = 20", "epochs    = 4");
    assertRuns("fashion-mnist.net", Sample.changed(script, "accuracy >= 0.935", "accuracy >= 0.75"));
  }

  @Test
  void viewsOfClothesAreLearned() throws IOException {
    given("fashion-mnist", "fashion");
    String script = Sample.changed(Sample.text("simclr.net"), "normalize = auto\n  augment   = [scale", "normalize = auto\n  limit     = 6_000\n  augment   = [scale");
    script = script.replaceFirst("epochs    = \\d+", "epochs    = 2");
    assertRuns("simclr.net", script.replaceAll("expect .*", "expect test(Tuned, few).accuracy >= 0.55"));
  }

  @Test
  void namesFindEmoji() throws IOException {
    given("emoji-en-zh", "emoji-en-zh");
    String script = Sample.changed(Sample.text("clip.net"), "epochs    = 16", "epochs    = 4");
    assertRuns("clip.net", Sample.changed(script, ".least >= 10", ".least >= 4"));
  }

  @Test
  void namesAreMade() throws IOException {
    given("makemore-names", "makemore-names");
    String script = Sample.changed(Sample.text("names.net"), "\"names.txt\"", "\"makemore-names/names.txt\"");
    script = Sample.changed(Sample.changed(script, "epochs    = 12", "epochs    = 2"), "gru(160)", "gru(96)");
    assertRuns("names.net", Sample.changed(script, "loss <= 2.00", "loss <= 2.2"));
  }

  /** Better than a logistic regression of weighted words, which learns from the same sentences. */
  @Test
  void moodsAreToldApart() throws IOException {
    Path folder = given("uci-sentiment", "uci-sentiment");
    List<String> files = List.of("amazon_cells_labelled.txt", "imdb_labelled.txt", "yelp_labelled.txt");
    List<String> lines = new ArrayList<>();
    for (String file : files) {
      lines.addAll(Files.readAllLines(folder.resolve(file)));
    }
    double floor = new WeightedWords(lines.stream().map(l -> l.split("\t")[0]).toList(), lines.stream().mapToInt(l -> Integer.parseInt(l.split("\t")[1])).toArray()).folds(10, 1);
    assertThat(floor).isBetween(0.81, 0.84);
    String script = Sample.text("reviews.net");
    for (String file : files) {
      script = Sample.changed(script, "\"" + file + "\"", "\"uci-sentiment/" + file + "\"");
    }
    assertRuns("reviews.net", Sample.changed(script, "accuracy >= 0.84", "accuracy >= " + floor));
  }

  @Test
  void shakespeareIsLearned() throws IOException {
    Path folder = given("tinyshakespeare", "plays");
    Files.createSymbolicLink(scratch.resolve("shakespeare.txt"), folder.resolve("input.txt"));
    assertRuns("shakespeare.net", Sample.text("shakespeare.net"));
  }

  /** With a smaller loss than that of counting, on poems of another drawing. */
  @Test
  void quatrainsAreWritten() throws IOException {
    Path file = given("chinese-poetry", "poems").resolve("tang-jueju.txt");
    Files.createSymbolicLink(scratch.resolve("tang-jueju.txt"), file);
    List<String> poems = new ArrayList<>(Files.readAllLines(file));
    int characters = (int) poems.stream().flatMapToInt(String::codePoints).distinct().count() + 1;
    Collections.shuffle(poems, new Random(1));
    double floor = new CountedCharacters(poems.subList(1_000, poems.size()), 6, characters).loss(poems.subList(0, 1_000));
    assertThat(floor).isBetween(5.1, 5.3);
    String script = Sample.changed(Sample.text("poems.net"), "epochs    = 8", "epochs    = 3");
    script = Sample.changed(script, "loss < 4.8", "loss < " + floor);
    assertRuns("poems.net", Sample.changed(script, "least >= 0.99", "least >= 0.9"));
  }

  /** Better than a table of words, on pairs of another drawing. */
  @Test
  void englishBecomesChinese() throws IOException {
    Path file = given("cmn-eng", "cmn-eng").resolve("cmn.txt.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      Files.copy(in, scratch.resolve("cmn.txt"));
    }
    Map<String, List<WordTable.Pair>> sources = Files.readAllLines(scratch.resolve("cmn.txt")).stream().filter(l -> !l.isBlank()).map(l -> l.split("\t"))
        .map(c -> new WordTable.Pair(c[0], c[1])).collect(Collectors.groupingBy(WordTable.Pair::source, LinkedHashMap::new, Collectors.toList()));
    List<List<WordTable.Pair>> drawn = new ArrayList<>(sources.values());
    Collections.shuffle(drawn, new Random(1));
    WordTable table = new WordTable(drawn.subList(1_000, drawn.size()).stream().flatMap(List::stream).toList());
    double floor = table.bleu(drawn.subList(0, 1_000).stream().flatMap(List::stream).toList(), 0.3);
    assertThat(floor).isBetween(16.0, 19.0);
    String script = Sample.changed(Sample.text("translate.net"), "epochs    = 8", "epochs    = 3");
    assertRuns("translate.net", script.replaceAll("least >= \\d+", "least >= " + floor));
  }

  @Test
  void bloodCellsAreToldApart() throws IOException, InterruptedException {
    unpacked("bccd", "crops.tar.xz", "bccd");
    assertRuns("cells.net", Sample.text("cells.net"));
  }

  /** Without the folds, which leave out each speaker in turn: six trainings more. */
  @Test
  void spokenDigitsAreUnderstood() throws IOException, InterruptedException {
    unpacked("fsdd", "recordings.tar.xz", "fsdd/recordings");
    String script = Sample.changed(Sample.text("speech.net"), "  folds     = 6\n", "");
    script = Sample.changed(script, "expect base.folds.accuracy > floor.folds.accuracy + 0.1\n", "");
    script = script.replaceFirst("expect base.folds.accuracy >= 0\\.\\d+\n", "");
    assertRuns("speech.net", Sample.changed(script, "accuracy >= 0.99", "accuracy >= 0.98"));
  }

  /** Unpacks an archive of a set, without its own folder, into one beside the script. */
  private void unpacked(String set, String archive, String name) throws IOException, InterruptedException {
    Path file = given(set, "archive").resolve(archive);
    Path to = Files.createDirectories(scratch.resolve(name));
    Process unpacking = new ProcessBuilder("tar", "xJf", file.toString(), "--strip-components=1", "-C", to.toString()).start();
    assumeTrue(unpacking.waitFor() == 0, "skipped: tar cannot unpack " + file);
  }
}
