package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.dsl.mend.Fix;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is looked at when data is read: each concern is raised, is cured by what its remedy says, and is not told where it is allowed. */
class InspectTest {
  private static final int ROWS = 60;

  @TempDir Path folder;
  private final List<SessionEvent> events = new ArrayList<>();
  private final Random random = new Random(5);

  /** Tables of heights and widths, of two kinds that neither of them tells. */
  @BeforeEach
  void tables() throws IOException {
    List<String> plain = rows(i -> "", ROWS);
    write("plain.csv", "height,width,kind", plain);
    write("turned.csv", "height,width,kind", plain.reversed());
    write("partly.csv", "height,width,kind", plain.subList(0, 20));
    write("constant.csv", "height,width,place,kind", rows(i -> "7,", ROWS));
    write("word.csv", "height,width,place,kind", rows(i -> "park,", ROWS));
    write("twice.csv", "height,width,again,kind", plain.stream().map(r -> r.replaceFirst("^([^,]*),([^,]*),", "$1,$2,$1,")).toList());
    write("noted.csv", "height,width,again,note,kind", plain.stream().map(r -> r.replaceFirst("^([^,]*),([^,]*),", "$1,$2,$1,none,")).toList());
    write("id.csv", "number,height,width,kind", IntStream.range(0, ROWS).mapToObj(i -> i + 1 + "," + plain.get(i)).toList());
    write("large.csv", "height,width,cost,kind", rows(i -> 90_000 + random.nextInt(50_000) + ",", ROWS));
    write("apart.csv", "height,width,share,kind", rows(i -> random.nextInt(9) / 2_000.0 + ",", ROWS));
    write("rare.csv", "height,width,kind", rare(6));
    write("single.csv", "height,width,kind", rare(2));
    write("told.csv", "height,width,code,kind", plain.stream().map(r -> r.replace(",fern", ",3,fern").replace(",moss", ",8,moss")).toList());
    write("flag.csv", "height,width,flag,kind", rows(i -> (i == 7_001 ? "1" : "0") + ",", 20_000));
  }

  private void write(String file, String header, List<String> rows) throws IOException {
    Files.writeString(folder.resolve(file), header + "\n" + String.join("\n", rows) + "\n");
  }

  /** @param more a column, with the comma behind it */
  private List<String> rows(IntFunction<String> more, int count) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(random.nextInt(1, 90) / 10.0 + "," + random.nextInt(1, 9000) / 1000.0 + "," + more.apply(i) + (random.nextBoolean() ? "fern" : "moss"));
    }
    return rows;
  }

  private List<String> rare(int count) {
    List<String> rows = rows(i -> "", 2 * ROWS).stream().map(r -> r.replace("moss", "fern")).toList();
    return IntStream.range(0, rows.size()).mapToObj(i -> i % (rows.size() / count) == 5 ? rows.get(i).replace("fern", "moss") : rows.get(i)).toList();
  }

  private Source script(String text) {
    return new Source(folder.resolve("x.net").toString(), text);
  }

  private List<Diagnostic> check(Source script) {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), _ -> { })) {
      return session.check(script);
    }
  }

  private List<Diagnostic> run(String text) {
    events.clear();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), events::add)) {
      assertThat(session.run(script(text))).as("%s", events).isEqualTo(Outcome.OK);
    }
    return Diagnosed.in(events);
  }

  private static String table(String call, String settings) {
    return "data d = csv(" + call + ")" + (settings.isEmpty() ? "" : " { " + settings + " }");
  }

  /** What a check tells of tables is told once, with the change that cures it. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
      "\"constant.csv\", label = kind | - | \"constant.csv\", label = kind, drop = [\"place\"] | - | constant",
      "\"word.csv\", label = kind, words = onehot | - | \"word.csv\", label = kind, words = onehot, drop = [\"place\"] | - | constant",
      "\"word.csv\", label = kind, words = index | split.test = 9 | \"word.csv\", label = kind, words = index, drop = [\"place\"] | split.test = 9 | constant",
      "\"twice.csv\", label = kind | - | \"twice.csv\", label = kind, drop = [\"again\"] | - | duplicate",
      "\"noted.csv\", label = kind, drop = [note] | - | \"noted.csv\", label = kind, drop = [note, \"again\"] | - | duplicate",
      "\"id.csv\", label = kind | - | \"id.csv\", label = kind, drop = [\"number\"] | - | id",
      "\"large.csv\", label = kind | - | \"large.csv\", label = kind | normalize = auto | scale",
      "\"large.csv\", target = cost, drop = [kind] | split.test = 9 | \"large.csv\", target = cost, drop = [kind] | split.test = 9; normalize = auto | scale",
      "\"apart.csv\", label = kind | - | \"apart.csv\", label = kind | normalize = auto | scale",
      "\"rare.csv\", label = kind | - | \"rare.csv\", label = kind | balance = equal | imbalance",
      "\"plain.csv\", label = kind | normalize = [100, 255] | \"plain.csv\", label = kind | normalize = auto | normalize",
      "\"plain.csv\", label = kind, test = \"turned.csv\" | - | \"plain.csv\", label = kind | - | repeats"})
  void whatACheckTellsIsCured(String call, String settings, String cured, String then, String concern) {
    String written = table(call, settings == null ? "" : settings);
    assertThat(check(script(written))).singleElement().satisfies(d -> {
      assertThat(d.isError()).isFalse();
      assertThat(d.remedy().certain()).isTrue();
    });
    assertThat(run(written)).hasSize(1);
    Fix fix = Fix.of(script(written), this::check);
    assertThat(fix.text()).isEqualTo(table(cured, then == null ? "" : then));
    assertThat(fix.left()).isEmpty();
    assertThat(run(fix.text())).isEmpty();
    assertThat(run(table(call, (settings == null ? "" : settings + "; ") + "allow = [" + concern + "]"))).isEmpty();
  }

  /** What asks for thought is told when the data is read. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "\"told.csv\", label = kind | the column `code` alone tells | leak", "\"single.csv\", label = kind, test = \"plain.csv\" | has too few examples of the class `moss` | few",
      "\"plain.csv\", label = kind, test = \"partly.csv\" | 20 of the 20 examples of `d.test` are among those to train on | repeats"})
  void whatAsksForThoughtIsToldWhenItIsRead(String call, String message, String concern) {
    assertThat(run(table(call, ""))).singleElement().satisfies(d -> {
      assertThat(d.message()).contains(message);
      assertThat(d.remedy().text()).endsWith(", or say allow = [" + concern + "] if that is meant");
    });
    assertThat(run(table(call, "allow = [" + concern + "]"))).isEmpty();
  }

  @Test
  void linesThatStandClassByClassAreShuffled() throws IOException {
    write("sorted.csv", "height,width,kind", rows(i -> "", ROWS).stream().sorted(Comparator.comparing(r -> r.substring(r.lastIndexOf(',')))).toList());
    String script = "net N = input 2 -> dense(8) -> tanh -> dense(2)\n" + table("\"FILE.csv\", label = kind", "") + "\ntrain N on d { shuffle = false }\n";
    assertThat(Fix.of(script(script.replace("FILE", "sorted")), this::check).text()).isEqualTo(script.replace("FILE", "sorted").replace("false", "true"));
    assertThat(check(script(script.replace("FILE", "plain")))).isEmpty();
  }

  /** Of one number with few values some are in both parts by chance. */
  @Test
  void whatIsTheSameByChanceIsNotTold() {
    assertThat(run(table("\"plain.csv\", label = kind, drop = [width]", ""))).isEmpty();
  }

  /** One line of twenty thousand says something; whoever says `none` has thought of it. */
  @Test
  void whatIsRareOrChosenStays() {
    assertThat(check(script(table("\"flag.csv\", label = kind", "")))).isEmpty();
    String none = table("\"large.csv\", label = kind", "normalize = none");
    assertThat(Fix.of(script(none), this::check).text()).isEqualTo(none);
    assertThat(check(script(table("\"plain.csv\", label = kind", "")))).isEmpty();
  }

  @Test
  void filesThatAreNoExamplesAreToldAndBlankImages() throws IOException {
    for (String name : List.of("a/1.png", "a/2.png", "a/3.png", "b/1.png", "b/2.png", "b/3.png", "stray.png")) {
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 64 && !name.endsWith("3.png"); i++) {
        image.setRGB(i % 8, i / 8, random.nextInt(1 << 24));
      }
      Path file = folder.resolve("pictures").resolve(name);
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    }
    Files.writeString(folder.resolve("pictures/b/4.heic"), "no image");
    Files.writeString(folder.resolve("pictures/b/notes.txt"), "about them");
    String call = "data d = images(\"pictures\", size = 8)";
    assertThat(run(call + " { split.test = 1 }")).extracting(Diagnostic::message).satisfiesExactlyInAnyOrder(
        m -> assertThat(m).startsWith("1 files are no images and are left out, the first of them ").endsWith("4.heic"),
        m -> assertThat(m).startsWith("1 files are in no folder of a class and are left out, the first of them ").endsWith("stray.png"),
        m -> assertThat(m).contains("images of d that were looked at are of one colour"));
    assertThat(run(call + " { split.test = 1; allow = [files, blank] }")).isEmpty();
  }

  @Test
  void everyConcernIsAWordOfAllow() {
    String all = String.join(", ", Concern.words());
    assertThat(check(script("data d = moons() { allow = [" + all + "] }"))).isEmpty();
    assertThat(Fix.of(script("data d = moons() { allow = [imbalence, constants] }"), this::check).text()).isEqualTo("data d = moons() { allow = [imbalance, constant] }");
  }
}
