package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code predict} and {@code classify} of what nobody knows the answer of: numbers, rows of a table, images. */
class OwnFilesTest {
  private static final String NET = "net N = input 2 -> dense(8) -> tanh -> dense(3)\n";
  private static final String TRAINED = NET + """
      data d = csv("t.csv", label = kind) { normalize = auto }
      train N on d { epochs = 30; batch = 16; optimizer = adam(0.03) }
      """;

  @TempDir Path folder;
  private final List<SessionEvent> events = new ArrayList<>();

  /** Two columns that tell three words apart. */
  @BeforeEach
  void table() throws IOException {
    StringBuilder table = new StringBuilder("a,b,kind\n");
    for (int i = 0; i < 90; i++) {
      table.append(String.format(Locale.ROOT, "%.2f,%.2f,%s%n", 10 * (i % 3) + i * 7 % 10 / 10.0, 50.0 - i % 3, List.of("red", "green", "blue").get(i % 3)));
    }
    Files.writeString(folder.resolve("t.csv"), table);
  }

  /** Every run is a session of its own, as of another process. */
  private Outcome run(String script) {
    events.clear();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      return session.run(new Source(folder.resolve("x.net").toString(), script));
    }
  }

  private List<Table> tables() {
    return events.stream().flatMap(e -> e instanceof SessionEvent.Shown(Table table) ? Stream.of(table) : Stream.empty()).toList();
  }

  private String written(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    return name;
  }

  @Test
  void numbersAreSaidInTheUnitOfTheData() {
    assertThat(run(TRAINED + "predict(N, [20.3, 48])\n")).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    Table said = tables().getFirst();
    assertThat(said.header()).containsExactly("class", "probability");
    assertThat(said.rows()).hasSize(3);
    assertThat(said.rows().getFirst().getFirst()).isEqualTo("blue");
  }

  /** An Id is what the answers are called by; the columns may stand in any order, and the label may be there. */
  @Test
  void rowsOfATableAreAnsweredAsASiteWantsThem() throws IOException {
    written("u.csv", "Id,b,a\n101,48,20.3\n205,50,0.1\n");
    String use = "predict(N, \"u.csv\", to = \"answers.csv\")\n";
    assertThat(run(TRAINED + use + "save(N, \"n.safetensors\")\n")).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(Files.readAllLines(folder.resolve("answers.csv"))).containsExactly("Id,kind", "101,blue", "205,red");
    Files.delete(folder.resolve("answers.csv"));
    assertThat(run(NET + "load(N, \"n.safetensors\")\n" + use)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(Files.readAllLines(folder.resolve("answers.csv"))).containsExactly("Id,kind", "101,blue", "205,red");
  }

  @Test
  void withoutAnIdRowsAreCounted() throws IOException {
    written("u.csv", "a,b\n20.3,48\n0.1,50\n");
    assertThat(run(TRAINED + "predict(N, \"u.csv\")\n")).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(tables().getFirst().header()).containsExactly("row", "says");
    assertThat(tables().getFirst().rows()).extracting(List::getFirst).containsExactly("1", "2");
    assertThat(tables().getFirst().rows()).extracting(r -> r.get(1).replaceAll(",.*", "")).containsExactly("blue", "red");
  }

  /** The signs of a table may be others than those of the one that was learnt from. */
  @ParameterizedTest
  @ValueSource(strings = {"decimal = \",\"", "decimal = \",\", separator = \";\""})
  void aTableMayHaveOtherSigns(String signs) throws IOException {
    written("u.csv", "Id;a;b\n1;20,3;48,0\n2;0,1;50,0\n");
    String use = "predict(N, \"u.csv\", to = \"answers.csv\", SIGNS)\n".replace("SIGNS", signs);
    assertThat(run(TRAINED + use)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(Files.readAllLines(folder.resolve("answers.csv"))).containsExactly("Id,kind", "1,blue", "2,red");
  }

  /** What is missing is the mean of the table that was learnt from: of a, it is of green. */
  @Test
  void gapsAreFilledAsInTraining() throws IOException {
    written("u.csv", "Id,a,b\n1,,49\n2,NA,49\n");
    written("full.csv", "Id,a,b\n1,10.45,49\n2,10.45,49\n");
    String train = TRAINED.replace("label = kind", "label = kind, missing = mean");
    assertThat(run(train + "predict(N, \"u.csv\")\npredict(N, \"full.csv\")\n")).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(tables().get(0).rows()).isEqualTo(tables().get(1).rows());
    assertThat(tables().getFirst().rows().getFirst().get(1)).startsWith("green");
  }

  @ParameterizedTest
  @ValueSource(strings = {"onehot", "index"})
  void wordsAreWhatTheyWereInTraining(String way) throws IOException {
    StringBuilder table = new StringBuilder("colour,kind\n");
    for (int i = 0; i < 60; i++) {
      table.append("uvw".charAt(i % 3)).append(',').append("xyz".charAt(i % 3)).append('\n');
    }
    written("words.csv", table.toString());
    written("u.csv", "Id,colour\n1,w\n2,u\n");
    String script = "net N = input " + (way.equals("onehot") ? 3 : 1) + """
         -> dense(16) -> tanh -> dense(3)
        data d = csv("words.csv", label = kind, words = WAY)
        train N on d { epochs = 100; batch = 16; optimizer = adam(0.03) }
        predict(N, "u.csv", to = "answers.csv")
        """.replace("WAY", way);
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(Files.readAllLines(folder.resolve("answers.csv"))).containsExactly("Id,kind", "1,z", "2,x");
  }

  @Test
  void numbersToPredictAreInTheirUnit() throws IOException {
    StringBuilder table = new StringBuilder("x,price\n");
    for (int i = 0; i < 100; i++) {
      table.append(i / 100.0).append(',').append(100_000 + 2_000 * i).append('\n');
    }
    written("homes.csv", table.toString());
    String script = """
        net N = input 1 -> dense(1)
        data d = csv("homes.csv", target = price) { normalize = auto }
        train N on d { epochs = 100; batch = 10; optimizer = adam(0.05) }
        predict(N, [0.5])
        predict(N, d, to = "answers.csv")
        """;
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(Double.parseDouble(tables().getFirst().rows().getFirst().get(1))).isBetween(195_000.0, 205_000.0);
    List<String> answers = Files.readAllLines(folder.resolve("answers.csv"));
    assertThat(answers.getFirst()).isEqualTo("item,price");
    assertThat(answers).hasSize(21);
    assertThat(answers.get(1)).matches("0,[1-3][0-9]{5}\\..*");
  }

  @Test
  void ofManyTheFirstAreShown() {
    assertThat(run(TRAINED + "predict(N, \"t.csv\")\n")).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(tables().getFirst().title()).contains("the first 20 of 90").contains("to = \"answers.csv\"");
    assertThat(tables().getFirst().rows()).hasSize(20);
  }

  @Test
  void anImageIsShownAsTheNetworkSawIt() throws IOException {
    image("seven.png");
    String script = """
        net N = input 1x28x28 -> flatten -> dense(10)
        classify(N, "seven.png")
        predict(N, "seven.png")
        """;
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(Diagnosed.in(events)).extracting(Diagnostic::code).containsExactly(Code.L055, Code.L055);
    assertThat(events.stream().filter(e -> e instanceof SessionEvent.Shown(Gallery _))).hasSize(2);
    assertThat(tables()).hasSize(2).allSatisfy(t -> assertThat(t.rows()).hasSize(10));
  }

  @Test
  void aFolderOfImagesIsAnsweredByFile() throws IOException {
    image("own/a.png");
    image("own/b.png");
    String script = """
        net N = input 1x28x28 -> flatten -> dense(10)
        classify(N, "own", to = "answers.csv")
        """;
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    List<String> answers = Files.readAllLines(folder.resolve("answers.csv"));
    assertThat(answers).hasSize(3);
    assertThat(answers.getFirst()).isEqualTo("file,class");
    assertThat(answers.get(1)).startsWith("a.png,");
  }

  private void image(String name) throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 10; i < 30; i++) {
      image.setRGB(20, i, 0xffffff);
    }
    Files.createDirectories(folder.resolve(name).getParent());
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "Id,a%1,2|predict(N, \"u.csv\")|L030|u.csv: line 1, column 1: no column `b`",
    "A,b%1,2|predict(N, \"u.csv\")|L030|there is A, b: did you mean `A`? Capitals count",
    "a,b%1,x|predict(N, \"u.csv\")|L030|u.csv: line 2, column 2: in `b`, expected a number, found `x`",
    "a,b%1,|predict(N, \"u.csv\")|L030|line 2, column 2: in `b`, a value is missing; fill it in, or say missing = mean",
    "a;b%1,5;2|predict(N, \"u.csv\")|L030|`1,5` has a comma: say decimal = \",\"",
    "a,b%1,2|predict(N, \"u.csv\", decimal = \"x\")|L015|predict: decimal is \".\" or \",\"",
    "a,b%1,2|predict(N, \"nowhere.csv\")|L030|there is no",
    "a,b%1,2|predict(N, [1])|L025|N takes 2, but here is one number",
    "a,b%1,2|predict(N, [1, 2, 3])|L025|here are 3 numbers",
    "a,b%1,2|classify(N, \"seven.png\")|L025|an image is brought to a square",
    "a,b%1,2|predict(N, \"u.csv\", to = \"u.csv\")|L030|not a table with the columns",
    "a,b%1,2|predict(M, \"u.csv\")|L088|M has not learnt from a table with columns"
  })
  void mistakesAreTold(String file, String use, Code code, String message) throws IOException {
    written("u.csv", file.replace('%', '\n') + "\n");
    assertThat(run(TRAINED + "net M = input 2 -> dense(3)\n" + use + "\n")).as(use).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).as(use).filteredOn(Diagnostic::isError).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(code);
      assertThat(d.message()).contains(message);
    });
  }
}
