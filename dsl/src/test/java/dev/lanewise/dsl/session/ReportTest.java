package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a report tells of what a network looks at, and of the way through it. */
class ReportTest {
  private static final String DIGITS = "data d = mnist(\"../samples/mnist\") { limit = 60; normalize = auto }\n";

  @TempDir private Path folder;

  private String page(String script, String shown, Language language) throws IOException {
    return page(script, "{}", shown, language);
  }

  /** @param settings of the training, in braces */
  private String page(String script, String settings, String shown, Language language) throws IOException {
    List<SessionEvent> events = new ArrayList<>();
    Path file = folder.resolve("r.html");
    try (Session session = new Session(new Options(1, OptionalLong.of(1), KernelSet.VECTOR, false, language), events::add)) {
      String text = script + "run = train N on d { epochs = 1; batch = 20; optimizer = sgd(0.05); " + settings.substring(1) + "\nreport(run, \"" + file + "\"" + shown + ")\n";
      assertThat(session.run(new Source("a.net", text))).as("%s", events).isEqualTo(Outcome.OK);
    }
    return Files.readString(file);
  }

  private String page(String script) throws IOException {
    return page(script, "", Language.ENGLISH);
  }

  /** What stands under a title. */
  private static String section(String page, String title) {
    return Arrays.stream(page.split("<h2>")).filter(s -> s.startsWith(title + "</h2>")).findFirst().orElse("");
  }

  private static int count(String text, String word) {
    return text.split(word, -1).length - 1;
  }

  @Test
  void fourExamplesAreLookedAtInThreeWays() throws IOException {
    String page = page(DIGITS + "net N = input 1x28x28 -> conv(4, 5) -> batchnorm -> relu -> maxpool(2) -> dropout(0.2) -> flatten -> dense(10)\n");
    String looks = section(page, "What it looks at");
    assertThat(count(looks, "<h3>")).isEqualTo(4);
    // Of each the example, two pictures and a scale for each way.
    assertThat(count(looks, "<img ")).isEqualTo(4 * (1 + 3 * 3));
    assertThat(looks).containsPattern("saliency\\(N, d.test.item\\(\\d+\\)\\)").containsPattern("integrated_gradients\\(N, d.test.item\\(\\d+\\), steps = 64\\)")
        .containsPattern("gradcam\\(N.relu1, d.test.item\\(\\d+\\)\\)").containsPattern("<h3>d.test, item \\d+: \\d → \\d, \\d+ %").doesNotContain("NaN");
    // The first is wrong, the last is right.
    List<String> titles = Arrays.stream(looks.split("<h3>")).skip(1).map(t -> t.substring(t.indexOf(": ") + 2, t.indexOf(',', t.indexOf(": ")))).toList();
    assertThat(titles.getFirst()).doesNotMatch("(\\d) → \\1");
    assertThat(titles.getLast()).matches("(\\d) → \\1");
    assertThat(titles.get(2)).isNotEqualTo(titles.getLast());
  }

  @Test
  void anExampleIsFollowedThereAndBack() throws IOException {
    String walks = section(page(DIGITS + "net N = input 1x28x28 -> conv(4, 5) -> relu -> flatten -> dense(10)\n"), "Followed through");
    assertThat(walks).contains("trace(N, d.test.item(", "backward(N, d.test.item(", "<td>conv1</td><td>4x24x24</td>", "<td>  .weight</td><td>4x1x5x5</td>", "<th>mean size</th>", "softmax");
    assertThat(count(walks, "<tr>")).isEqualTo(1 + 7 + 1 + 9);
  }

  /** Rows, sequences of one channel and numbers have no map. Where a loss compares examples there is no way back of one alone. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "data d = moons(count = 60); net N = input 2 -> dense(3) -> tanh -> dense(2) | {} | backward",
    "data d = sine(count = 60); net N = input 1 -> dense(3) -> tanh -> dense(1) | {} | backward",
    "data d = moons(count = 60); net N = input 2 -> dense(4) -> tanh -> dense(3) | { loss = triplet } | trace"
  })
  void withoutPlacesThereIsTheWalkAlone(String script, String settings, String last) throws IOException {
    String page = page(script + "\n", settings, "", Language.ENGLISH);
    assertThat(page).doesNotContain("What it looks at", "NaN");
    assertThat(section(page, "Followed through").lastIndexOf("<code>" + last)).isPositive().isEqualTo(section(page, "Followed through").lastIndexOf("<code>"));
  }

  /** Of a network that sees nothing there is a word in place of a map. */
  @Test
  void whatCannotBeMadeIsToldInAWord() throws IOException {
    String looks = section(page(DIGITS + "def blank(x) = 0 * x\nnet N = input 1x28x28 -> blank -> conv(2, 3) -> flatten -> dense(10)\n"), "What it looks at");
    assertThat(looks).contains("<p>the score of N does not change with any number of this example</p>\n<code>saliency</code>");
  }

  /** What other calls show stands there in their order, tables before the pictures that they belong to. */
  @Test
  void whatIsAskedForIsShown() throws IOException {
    String net = "net N = input 1x28x28 -> conv(4, 5) -> relu -> flatten -> dense(10)\n";
    String shown = section(page(DIGITS + net, ", show = [integrated_gradients(N, d.test.item(3)), trace(N.conv1, d.test.item(3), at = [0, 2, 2]), plot(run)]", Language.ENGLISH), "Shown");
    assertThat(shown).containsSubsequence("<p>completeness</p>", "integrated gradients of N for class", "<p>N.conv1 on d.test, item 3</p>", "<pre>conv1[0,2,2]", "loss of N");
    assertThat(section(page(DIGITS + net, ", show = features(N.conv1, d.test.item(3))", Language.ENGLISH), "Shown")).contains("<figure>");
    assertThat(page(DIGITS + net)).doesNotContain("<h2>Shown");
  }

  @Test
  void aReportIsWrittenInTheLanguageOfTheSession() throws IOException {
    String page = page(DIGITS + "net N = input 1x28x28 -> conv(4, 5) -> relu -> flatten -> dense(10)\n", "", Language.CHINESE);
    assertThat(section(page, "网络在看什么") + section(page, "逐层跟踪")).contains("样本", "第 ").doesNotContainPattern(">[^<(]*[a-z]{3,} [a-z]{3,} [a-z]{3,}");
  }
}
