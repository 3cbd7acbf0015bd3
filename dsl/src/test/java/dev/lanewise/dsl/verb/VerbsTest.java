package dev.lanewise.dsl.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.verb.test.AnswersVerb;
import dev.lanewise.dsl.word.Verbs;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.signature.Argument;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every verb there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerbsTest {
  private final List<SessionEvent> events = new ArrayList<>();
  private final Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), events::add);

  @BeforeAll
  void define() throws IOException {
    Path flowers = Files.createDirectories(Path.of("target")).resolve("flowers.csv");
    Files.writeString(flowers, "petal,sepal,kind\n" + "1.4,5.1,setosa\n4.7,7.0,versicolor\n".repeat(5));
    BufferedImage seven = new BufferedImage(60, 60, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = seven.createGraphics();
    pen.setStroke(new BasicStroke(5));
    pen.drawLine(15, 12, 45, 12);
    pen.drawLine(45, 12, 28, 50);
    pen.dispose();
    ImageIO.write(seven, "png", Path.of("target", "seven.png").toFile());
    String examples = Verbs.EXAMPLES.replace("mnist()", "mnist(\"../samples/mnist\")").replace("flowers.csv", "target/flowers.csv").replace("\"signs\"", "\"target/signs\"");
    Signs.write(Path.of("target", "signs"));
    assertThat(session.run(new Source("prompt", examples, true))).as("%s", events).isEqualTo(Outcome.OK);
    // What one example writes, another reads.
    assertThat(run(written("save(Mlp, \"mlp.safetensors\")"))).isEqualTo(Outcome.OK);
  }

  @AfterAll
  void close() {
    session.close();
  }

  private Outcome run(String line) {
    return session.run(new Source("prompt", line, true));
  }

  /** Files of examples lie where this build may write. */
  private static String written(String example) {
    return example.replaceAll("\"([^\"]+\\.[a-z]+)\"", "\"target/$1\"");
  }

  static Stream<Verb> verbs() {
    return Verbs.all().stream();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void itsExampleRunsAndTellsSomething(Verb verb) {
    events.clear();
    assertThat(verb.example()).startsWith(verb.signature().name() + "(");
    assertThat(run(written(verb.example()))).as("%s", events).isEqualTo(Outcome.OK);
    assertThat(events).isNotEmpty().noneMatch(SessionEvent.Diagnosed.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void itCanBeTakenBack(Verb verb) {
    train();
    String before = session.script();
    List<List<String>> weights = weights();
    assertThat(run(written(verb.example()))).isEqualTo(Outcome.OK);
    assertThat(session.undo()).contains(written(verb.example()));
    assertThat(session.script()).isEqualTo(before);
    assertThat(weights()).isEqualTo(weights);
  }

  /** So that loading them changes something, whatever has been loaded before. */
  private void train() {
    assertThat(run("train Planes on points { epochs = 1 }")).isEqualTo(Outcome.OK);
  }

  /** Those of the network into which some examples load others. */
  private List<List<String>> weights() {
    assertThat(run("show(Xor.dense1.weight)")).isEqualTo(Outcome.OK);
    List<List<String>> rows = ((Table) ((SessionEvent.Shown) events.getLast()).exhibit()).rows();
    session.undo();
    return rows;
  }

  @Test
  void someExampleChangesANetwork() {
    train();
    List<List<String>> before = weights();
    assertThat(run("load(Xor, from = Planes)")).isEqualTo(Outcome.OK);
    assertThat(weights()).isNotEqualTo(before);
    session.undo();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void itsExampleFitsNoOtherForm(Verb verb) {
    String arguments = verb.example().substring(verb.example().indexOf('(') + 1, verb.example().length() - 1);
    assertThat(session.forms(verb.signature().name(), arguments)).as("%s", verb.example()).filteredOn(v -> missing(v, arguments)).containsExactly(verb);
  }

  /** Whether a form needs no more than was given. */
  private static boolean missing(Verb verb, String arguments) {
    long needed = verb.signature().arguments().stream().filter(Argument::isRequired).count();
    int depth = 0;
    int given = 1;
    for (char c : arguments.toCharArray()) {
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      given += c == ',' && depth == 0 ? 1 : 0;
    }
    return needed <= given;
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void itSaysWhatItDoesInOneSentence(Verb verb) {
    assertThat(verb.signature().summary()).isNotBlank().doesNotEndWith(".");
    assertThat(verb.signature().arguments()).isNotEmpty().allSatisfy(a -> assertThat(a.doc()).as(a.name()).isNotBlank());
  }

  /** A file of a verb that nobody lists would be no verb. */
  @Test
  void everyFileOfAVerbIsListed() throws IOException {
    Path sources = Path.of("src/main/java/dev/lanewise/dsl/verb");
    try (Stream<Path> files = Files.walk(sources)) {
      List<String> names = files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith("Verb.java") && !n.equals("Verb.java"))
          .map(n -> n.replace(".java", "")).sorted().toList();
      assertThat(Verbs.all().stream().map(v -> v.getClass().getSimpleName()).sorted()).containsExactlyElementsOf(names);
    }
  }

  @Test
  void whatIsGivenByNameMayStandAnywhere() {
    assertThat(run("test(data = digits, net = Mlp)")).isEqualTo(Outcome.OK);
    assertThat(run("mistakes(Mlp, count = 2, data = digits)")).isEqualTo(Outcome.OK);
  }

  /** The page on adding a verb shows a file that compiles, and does what it says. */
  @Test
  void theVerbOfThePageIsOne() throws IOException {
    String page = Files.readString(Path.of("../docs/adding-a-verb.md"));
    String file = Files.readString(Path.of("src/test/java/dev/lanewise/dsl/verb/test/AnswersVerb.java"));
    String shown = page.substring(page.indexOf("```java\n") + 8, page.indexOf("\n```\n", page.indexOf("```java\n"))) + "\n";
    assertThat(file.replaceAll("(?m)^import .*\n", "").replaceAll("\n{3,}", "\n\n")).isEqualTo(shown);
    assertThat(new AnswersVerb().signature().name()).isEqualTo("answers");
  }
}
