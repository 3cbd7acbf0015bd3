package dev.lanewise.repl.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.repl.text.Window;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The ten steps, with right and wrong answers. */
class LessonTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Lesson lesson;

  @BeforeAll
  static void digits() {
    System.setProperty("lanewise.samples", Path.of(System.getProperty("basedir", "."), "..", "samples").toString());
  }

  @BeforeEach
  void begin() {
    lesson = lesson(Language.ENGLISH);
  }

  private Lesson lesson(Language language) {
    Voice voice = Voice.of(new Output(out), Style.PLAIN, language, Window.NONE);
    return new Lesson(
        new Options(2, OptionalLong.empty(), KernelSet.VECTOR), _ -> {}, voice, folder.resolve("tutorial"));
  }

  private String told(String typed) {
    out.reset();
    lesson.answer(typed);
    // Lines are broken anywhere.
    return out.toString(StandardCharsets.UTF_8).replaceAll("\\n(?! |\\n|$)", " ").strip();
  }

  private void at(String step) {
    assertThat(lesson.open(step)).isTrue();
  }

  @AfterEach
  void close() {
    lesson.close();
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everySolutionLeadsToTheNextStep(Language language) {
    lesson = lesson(language);
    at("1");
    for (int i = 0; i < Steps.ALL.size(); i++) {
      assertThat(lesson.prompt()).isEqualTo((language == Language.CHINESE ? "教程 " : "tutorial ") + (i + 1) + "/10> ");
      List<String> lines = Steps.ALL.get(i).solution().lines().toList();
      for (String line : lines) {
        assertThat(lesson.isOpen()).as("step %d ended before %s", i + 1, line).isTrue();
        assertThat(told(line)).as(line).doesNotContain("✗");
      }
    }
    assertThat(lesson.isOpen()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      1 | w1 * x1 + w2 * x2               | add b
      1 | w1 * x2 + w2 * x1 + b           | swapped
      1 | w1 * x1 - w2 * x2 + b           | w2 is negative
      2 | z * 1                           | Put it through sigmoid
      2 | tanh(z)                         | here sigmoid is asked for
      2 | sigmoid(-z)                     | the sign is wrong
      3 | y - t                           | That is the difference
      3 | y - t ^ 2                       | That is the difference
      4 | 2 * (y - t) * y * (1 - y)       | The last factor is missing
      4 | 2 * (y - t) * x2                | The derivative of the sigmoid is missing
      4 | 2 * (y - t)                     | That is dL/dy alone
      4 | 2 * (t - y) * y * (1 - y) * x2  | The sign is wrong
      5 | w2 + rate * g                   | That goes uphill
      5 | w2 - g                          | That step is too long
      5 | -rate * g                       | That is the step alone
      6 | def loss(w) = (sigmoid(w1 * x1 + w2 * x2 + b) - t) ^ 2 + 0 * w | does not depend on w
      7 | net N = input 3 -> dense(8) -> tanh -> dense(2)                | It must take 2 numbers
      7 | net N = input 2 -> dense(2)                                    | no hidden layer
      7 | net N = input 2 -> dense(8) -> dense(2)                        | two layers are only one
      8 | train N on points { epochs = 1; batch = 4; optimizer = sgd(0.001) } | Not all four points
      9 | net M = input 1x28x28 -> flatten -> dense(3)                   | It must take 1x28x28
      10 | net C = input 1x28x28 -> flatten -> dense(10)                 | no convolution
      """)
  void aKnownMistakeIsExplained(String step, String typed, String remark) {
    at(step);
    assertThat(told(typed)).contains("✗", remark);
    assertThat(lesson.prompt()).isEqualTo("tutorial " + step + "/10> ");
  }

  @Test
  void aPastedAnswerOfSeveralStatementsCounts() {
    at("8");
    assertThat(told("net M = input 2 -> dense(8) -> tanh -> dense(2)")).startsWith("Good. Now train it.");
    assertThat(told("net M = input 2 -> dense(16) -> tanh -> dense(2)\n" + Steps.ALL.get(7).solution().replace("train N", "train M")))
        .startsWith("✓");
    assertThat(lesson.prompt()).startsWith("tutorial 9/");
  }

  @Test
  void lookingAroundIsNoMistake() {
    at("1");
    assertThat(told("w1")).isEmpty();
    assertThat(told("a = w1 * x1")).isEmpty();
    assertThat(told("plot(sigmoid, from = -1, to = 1)")).isEmpty();
    assertThat(told("z = a + w2 * x2 + b")).startsWith("✓");
  }

  @Test
  void hintsComeOneAfterTheOtherAndAtLastTheSolution() {
    at("3");
    assertThat(told("17 + 1")).contains("Not yet");
    assertThat(told("18 + 1")).contains("First the difference");
    assertThat(told(":hint")).contains("The formula is (y - t) ^ 2.");
    assertThat(told(":hint")).contains("One solution:\n  (y - t) ^ 2");
    assertThat(told("y - ")).isNotEmpty();
    assertThat(told("(y - t) ^ 2")).startsWith("✓");
  }

  @Test
  void oneCanGoBackSkipLeaveAndComeBack() throws IOException {
    at("2");
    told(":back");
    assertThat(lesson.prompt()).startsWith("tutorial 1/");
    told(":back");
    assertThat(lesson.prompt()).startsWith("tutorial 1/");
    told(":skip");
    told(":skip");
    assertThat(told(":quit")).contains("The tutorial is closed");
    assertThat(lesson.isOpen()).isFalse();
    at("");
    assertThat(lesson.prompt()).startsWith("tutorial 3/");
    Files.writeString(folder.resolve("tutorial"), "no number");
    at("");
    assertThat(lesson.prompt()).startsWith("tutorial 1/");
    assertThat(lesson.open("11")).isFalse();
    assertThat(lesson.open("x")).isFalse();
  }

  @Test
  void otherCommandsAreNotForTheLesson() {
    assertThat(lesson.takes(":help")).isFalse();
    assertThat(lesson.takes(":hint")).isTrue();
    assertThat(lesson.takes("a = 1")).isTrue();
  }

  @Test
  void bothLanguagesSayTheSame() {
    List<Words> english = Words.in(Voice.of(new Output(out), Style.PLAIN, Language.ENGLISH, Window.NONE));
    List<Words> chinese = Words.in(Voice.of(new Output(out), Style.PLAIN, Language.CHINESE, Window.NONE));
    assertThat(english).hasSize(10);
    assertThat(chinese).hasSize(10);
    for (int i = 0; i < 10; i++) {
      assertThat(chinese.get(i).remarks().keySet()).isEqualTo(english.get(i).remarks().keySet());
      assertThat(chinese.get(i).hints()).hasSameSizeAs(english.get(i).hints());
      assertThat(chinese.get(i).title()).isNotEqualTo(english.get(i).title());
    }
  }
}
