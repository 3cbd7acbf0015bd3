package dev.lanewise.repl.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The steps as scripts of the page in the browser. */
class CourseTest {
  @BeforeAll
  static void digits() {
    System.setProperty("lanewise.samples", Path.of(System.getProperty("basedir", "."), "..", "samples").toString());
  }

  static Stream<Integer> steps() {
    return Stream.iterate(1, i -> i <= Course.steps(), i -> i + 1);
  }

  private static String judged(int number, String script, Language language) {
    try (Session session = new Session(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), _ -> {})) {
      Source source = new Source("lesson.net", script);
      assertThat(session.prepare(source)).as(script).isEqualTo(Outcome.OK);
      assertThat(session.goOn()).as(script).isEqualTo(Outcome.OK);
      return Course.judged(number, source, session, language);
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void theSolutionIsDone(int number) {
    Step step = Steps.ALL.get(number - 1);
    String judged = judged(number, step.script() + "\n" + step.solution(), Language.ENGLISH);
    assertThat(judged).startsWith("{\"done\":true,\"text\":\"").doesNotContain("{=").doesNotContain("?}");
  }

  @ParameterizedTest
  @MethodSource("steps")
  void whatIsGivenIsNotDoneYet(int number) {
    // The training of a step that is to be done by hand would only take time.
    String given = String.join("\n", Steps.ALL.get(number - 1).given());
    assertThat(judged(number, given, Language.ENGLISH)).isEqualTo("{\"done\":false,\"text\":\"\"}");
  }

  @Test
  void aMistakeThatIsKnownIsTold() {
    String given = Steps.ALL.get(1).script();
    assertThat(judged(2, given + "\ny = sigmoid(-z)", Language.ENGLISH)).isEqualTo("{\"done\":false,\"text\":\"That is sigmoid(-z): the sign is wrong.\"}");
    assertThat(judged(2, given + "\ny = sigmoid(-z)", Language.CHINESE)).contains("符号反了");
    assertThat(judged(2, given + "\nsigmoid(z)", Language.CHINESE)).contains("\"done\":true").contains("正确");
  }

  @ParameterizedTest
  @MethodSource("steps")
  void aTourLeadsToLayersThatAreThere(int number) {
    Step step = Steps.ALL.get(number - 1);
    assertThat(step.tours()).as("step %d", number).isNotEmpty();
    try (Session session = new Session(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), _ -> {})) {
      List<CheckedNet> nets = session.networks(new Source("lesson.net", step.script()));
      for (Tour tour : step.tours()) {
        String[] words = tour.place().split(" ");
        if (words.length == 2) {
          assertThat(nets.getLast().layers()).as(tour.place()).anyMatch(l -> l.name().equals(words[1]));
        }
      }
    }
  }
}
