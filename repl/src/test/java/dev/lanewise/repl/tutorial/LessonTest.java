package dev.lanewise.repl.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** All steps, with right answers and typical wrong ones. */
class LessonTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Session session;
  private Lesson lesson;

  @BeforeAll
  static void digits() {
    System.setProperty("lanewise.samples", Path.of(System.getProperty("basedir", "."), "..", "samples").toString());
  }

  @BeforeEach
  void begin() {
    begin(Language.ENGLISH);
  }

  private void begin(Language language) {
    if (session != null) {
      session.close();
    }
    session = new Session(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), _ -> {});
    lesson = new Lesson(session, Voice.of(new Output(out), Style.PLAIN, language, Window.NONE), folder.resolve("tutorial"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private String told(Runnable work) {
    out.reset();
    work.run();
    // Lines are broken anywhere.
    return out.toString(StandardCharsets.UTF_8).replaceAll("\\n(?! |\\n|$)", " ").strip();
  }

  private String told(String typed) {
    return told(() -> assertThat(lesson.answer(typed)).as(typed).isNotEqualTo(Outcome.MISTAKE));
  }

  private void at(String step) {
    assertThat(lesson.open(step)).isTrue();
  }

  private static boolean holds(String remark, String told) {
    return told.replaceAll("\\s", "").contains(remark.replaceAll("\\s", ""));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everySolutionIsRightAndTheNextStepBegins(Language language) {
    begin(language);
    at("1");
    for (int i = 0; i < Steps.ALL.size(); i++) {
      assertThat(lesson.prompt()).isEqualTo((language == Language.CHINESE ? "教程 " : "tutorial ") + (i + 1) + "/" + Steps.ALL.size() + "> ");
      String said = "";
      for (String line : Steps.ALL.get(i).solution().lines().toList()) {
        said = told(line);
        assertThat(said).as(line).doesNotContain("✗");
      }
      assertThat(said).as("step %d", i + 1).startsWith("✓ ").contains(":next").doesNotContain("{=", "?.", "= ?");
      assertThat(told("1 + 1")).as("looking around behind step %d", i + 1).isEmpty();
      lesson.next();
    }
    assertThat(lesson.isOpen()).isFalse();
    assertThat(session.knows("z") && session.knows("Cnn")).isTrue();
  }

  /** Typed as it stands: a formula for a number, or for what a function gives. */
  @ParameterizedTest
  @EnumSource(Language.class)
  void everyTypicalMistakeIsExplained(Language language) {
    begin(language);
    int typed = 0;
    for (int i = 0; i < Steps.ALL.size(); i++) {
      Step step = Steps.ALL.get(i);
      for (Mistake mistake : formulas(step)) {
        at(Integer.toString(i + 1));
        assertThat(told(wrong(step, mistake))).as("step %d: %s", i + 1, mistake).startsWith("✗").matches(t -> holds(mistake.remark().in(language), t));
        typed++;
      }
    }
    assertThat(typed).isGreaterThan(60);
  }

  private static List<Mistake> formulas(Step step) {
    boolean asks = step.goals().stream().anyMatch(g -> g instanceof NumberGoal || g instanceof FunctionGoal);
    return asks ? step.mistakes().stream().filter(m -> !m.what().matches("[a-z]+|.* (<|>=) .*") || m.what().matches("z")).toList() : List.of();
  }

  private String wrong(Step step, Mistake mistake) {
    boolean isNumber = step.goals().stream().anyMatch(NumberGoal.class::isInstance) && session.ask("a_ = " + mistake.what(), "a_").isPresent();
    FunctionGoal function = step.goals().stream().filter(FunctionGoal.class::isInstance).map(FunctionGoal.class::cast).findFirst().orElse(null);
    // A name alone would only be looked at.
    return isNumber ? mistake.what() + " + 0" : "def " + function.label() + "(" + function.parameters() + ") = " + mistake.what();
  }

  /** The numbers are such that each tells which formula it comes from. */
  @Test
  void mistakesAreToldApart() {
    for (int i = 0; i < Steps.ALL.size(); i++) {
      Step step = Steps.ALL.get(i);
      if (step.goals().stream().anyMatch(TrainingGoal.class::isInstance)) {
        continue;
      }
      at(Integer.toString(i + 1));
      Map<String, String> said = new LinkedHashMap<>();
      step.goals().forEach(g -> { if (g instanceof NumberGoal n) { said.put(n.formula(), n.formula()); } });
      step.mistakes().forEach(m -> said.put(m.what(), m.remark().english()));
      List<Map.Entry<String, String>> all = new ArrayList<>(said.entrySet());
      for (int a = 0; a < all.size(); a++) {
        for (int b = 0; b < a; b++) {
          OptionalDouble one = session.ask("a_ = " + all.get(a).getKey(), "a_");
          OptionalDouble other = session.ask("a_ = " + all.get(b).getKey(), "a_");
          boolean same = one.isPresent() && other.isPresent() && Goal.near(one.getAsDouble(), other.getAsDouble());
          assertThat(same && !all.get(a).getValue().equals(all.get(b).getValue())).as("step %d: %s and %s", i + 1, all.get(a), all.get(b)).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      neuron        | net N = input 3 -> dense(8) -> tanh -> dense(2)    |
      gradient      | 2 * (y - t) * y * (1 - y) * x1                      | Right. Left to do: db, dw2
      gradient      | db = 2 * (y - t) * y * (1 - y); dw1 = db * x1       | Right. Left to do: dw2
      second-step   | def cost(u, v, c) = (sigmoid(u * x1 + v * x2 + c) - t) ^ 2 | call it loss
      softmax       | softmax([s1, s2, s3])                               |
      network       | net N = input 3 -> dense(8) -> tanh -> dense(2)     | It must take 2 numbers
      network       | net N = input 2 -> dense(2)                         | no hidden layer
      network       | net N = input 2 -> dense(8) -> dense(2)             | two layers are only one
      network       | net N = input 2 -> dense(3) -> dropout -> dense(2)  | two layers are only one
      network       | net M = input 2 -> dense(8) -> tanh -> dense(2)     | call it N
      training      | train N on points { epochs = 1; batch = 4; optimizer = sgd(0.001) } | Not all four points
      digits        | net Cnn = input 1x28x28 -> flatten -> dense(3)      | It must take 1x28x28
      digits        | net Cnn = input 1x28x28 -> flatten -> dense(10)     | no convolution
      digits        | net Other = input 1x28x28 -> conv(2, 5) -> flatten -> dense(10) | call it Cnn
      """)
  void whatIsTypedIsJudged(String step, String typed, String remark) {
    at(Integer.toString(1 + Steps.names().indexOf(step)));
    String said = told(typed);
    if (remark == null) {
      assertThat(said).isEmpty();
    } else {
      assertThat(said).contains(remark);
    }
  }

  /** What a page prints in lines of its own, and what it says is to be typed. */
  @Test
  void formulasCanBeTypedAsTheyStand() {
    at("4");
    assertThat(told("dw1 = 2 * (y - t) * y * (1 - y) * x1")).startsWith("✓");
    int typed = 0;
    for (int i = 0; i < Steps.ALL.size(); i++) {
      at(Integer.toString(i + 1));
      for (MatchResult found : Pattern.compile("`([^`…:]+)`").matcher(Steps.ALL.get(i).english().text() + Steps.ALL.get(i).english().task()).results().toList()) {
        String code = found.group(1);
        if (code.contains("(") && !code.matches("(dense|maxpool|sgd|conv|fgsm|slope)\\(.*") && !code.contains("plot(after") && !code.contains("plot(N")) {
          assertThat(session.check(new Source("prompt", code))).as("step %d: %s", i + 1, code).isEmpty();
          typed++;
        }
      }
    }
    assertThat(typed).isGreaterThan(3);
  }

  @Test
  void lookingAroundIsNoMistake() {
    at("1");
    assertThat(told("w1")).isEmpty();
    assertThat(told("a = w1 * x1")).isEmpty();
    assertThat(told("plot(sigmoid, from = -1, to = 1)")).isEmpty();
    assertThat(told("z = a + w2 * x2 + b")).startsWith("✓");
    assertThat(told("z = 17")).isEmpty();
  }

  @Test
  void hintsComeOneAfterTheOtherAndAtLastTheSolution() {
    at("3");
    assertThat(told("17 + 1")).contains("Not yet");
    assertThat(told("18 + 1")).contains("First the difference");
    assertThat(told(lesson::hint)).contains("The formula is (y - t) ^ 2.");
    assertThat(told(lesson::hint)).contains("One solution:\n  (y - t) ^ 2");
    assertThat(lesson.answer("y - ")).isEqualTo(Outcome.MISTAKE);
    assertThat(told("(y - t) ^ 2")).startsWith("✓");
  }

  /** In one session: what was made stays, what was skipped is bound, what means something else is bound anew and can be taken back. */
  @Test
  void namesStay() {
    session.run(new Source("prompt", "b = 12; t = 0.9; mine = 3"));
    at("1");
    assertThat(session.ask("", "b")).hasValue(-2);
    told("z = w1 * x1");
    told("y = 7");
    lesson.next();
    assertThat(session.ask("", "z")).hasValue(0.25);
    told("y = sigmoid(z)");
    lesson.next();
    lesson.next();
    told("dw1 = 1");
    lesson.next();
    assertThat(session.ask("", "dw1").getAsDouble()).isBetween(-0.7, -0.6);
    lesson.back();
    lesson.close();
    assertThat(session.ask("", "mine")).hasValue(3);
    assertThat(session.knows("dw2")).isTrue();
    assertThat(session.script()).contains("w2 = -0.25");
    while (session.ask("", "b").getAsDouble() != 12) {
      assertThat(session.undo()).isPresent();
    }
  }

  @Test
  void oneCanGoBackLeaveAndComeBack() throws IOException {
    at("2");
    lesson.back();
    assertThat(lesson.prompt()).startsWith("tutorial 1/");
    lesson.back();
    assertThat(lesson.prompt()).startsWith("tutorial 1/");
    lesson.next();
    lesson.next();
    assertThat(told(lesson::close)).contains("The tutorial is closed");
    assertThat(lesson.isOpen()).isFalse();
    at("");
    assertThat(lesson.prompt()).startsWith("tutorial 3/");
    Files.writeString(folder.resolve("tutorial"), "no number");
    at("");
    assertThat(lesson.prompt()).startsWith("tutorial 1/");
    assertThat(lesson.open("99")).isFalse();
    assertThat(lesson.open("x")).isFalse();
  }

  @Test
  void bothLanguagesSayTheSame() {
    for (Step step : Steps.ALL) {
      assertThat(step.chinese().title()).isNotBlank();
      for (String part : List.of("\\{= .*?}", "`[^`]*`", "(?m)^  .*$")) {
        assertThat(found(part, step.chinese())).as(step.english().title()).isEqualTo(found(part, step.english()));
      }
      step.mistakes().forEach(m -> assertThat(m.remark().chinese()).containsPattern("\\p{IsHan}"));
    }
  }

  private static List<String> found(String part, Page page) {
    return Pattern.compile(part).matcher(page.text() + "\n" + page.task() + "\n" + page.done()).results().map(MatchResult::group).sorted().toList();
  }
}
