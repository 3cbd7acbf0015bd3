package dev.lanewise.dsl.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts with one fault each, which their first line names, with the line where it is. */
class DoctorTest {
  private static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "doctor").toAbsolutePath().normalize();
  private static final Pattern FAULT = Pattern.compile("# fault: (\\w+), line (\\d+)");
  private static final Phrases CHINESE = Phrases.of(Language.CHINESE);

  private final List<SessionEvent> events = new ArrayList<>();

  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".net")).sorted().toList();
    }
  }

  private static Matcher fault(String text) {
    Matcher fault = FAULT.matcher(text);
    assertThat(fault.find()).as(text).isTrue();
    return fault;
  }

  private Outcome run(Path file, String text) {
    events.clear();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      return session.run(new Source(file.toString(), text));
    }
  }

  private Table told() {
    return events.stream().filter(SessionEvent.Shown.class::isInstance).map(e -> (Table) ((SessionEvent.Shown) e).exhibit()).reduce((_, last) -> last).orElseThrow();
  }

  /** The first finding is the fault, and is in its line. */
  @ParameterizedTest
  @MethodSource("scripts")
  void theFaultIsFound(Path script) throws IOException {
    String text = Files.readString(script);
    Matcher fault = fault(text);
    assertThat(run(script, text)).as("%s", events).isEqualTo(Outcome.OK);
    List<List<String>> rows = told().rows();
    assertThat(rows).as("findings").isNotEmpty();
    assertThat(rows.getFirst()).as("%s", rows).containsExactly("1.", Cause.valueOf(fault.group(1)).title());
    assertThat(rows.get(2).get(1)).as("%s", rows).startsWith("line " + fault.group(2) + ": `");
    assertThat(rows.get(1).get(1)).as("figures").isNotEmpty();
    for (List<String> row : rows) {
      String said = CHINESE.say(row.get(1));
      assertThat(said.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)).as("not in phrases.zh: %s", row.get(1)).isTrue();
    }
  }

  /** What is said in a line after a training is among what is told of it, without the checks that take time. */
  @Test
  void aLineSaysThatThereIsSomething() throws IOException {
    Path script = FOLDER.resolve("rate-low-adam.net");
    assertThat(run(script, Files.readString(script))).isEqualTo(Outcome.OK);
    assertThat(events).filteredOn(SessionEvent.Findings.class::isInstance).singleElement()
        .satisfies(e -> assertThat(((SessionEvent.Findings) e).causes()).first().isEqualTo(Cause.RATE_LOW));
  }

  /** A healthy training is told of in no line, and in one sentence. */
  @Test
  void aHealthyTrainingIsLeftAlone() {
    String script = "data points = moons(400)\nnet N = input 2 -> dense(32) -> relu -> dense(2)\nbase = train N on points { epochs = 20; optimizer = adam(0.02) }\ndoctor(base)\n";
    assertThat(run(FOLDER.resolve("healthy.net"), script)).isEqualTo(Outcome.OK);
    assertThat(events).noneMatch(SessionEvent.Findings.class::isInstance);
    assertThat(told().rows()).isEmpty();
    assertThat(told().title()).isEqualTo("the doctor finds nothing wrong with the training of N");
  }

  /** Looking changes nothing: a training gives the same bits, whether somebody asks in between or not. */
  @Test
  void lookingChangesNothing() {
    String before = "data points = moons(200)\nnet N = input 2 -> dense(8) -> relu -> dense(2)\nbase = train N on points { epochs = 2 }\n";
    String after = "more = train N on points { epochs = 2 }\nw = N.dense1.weight\nw\n";
    assertThat(run(FOLDER.resolve("x.net"), before + after)).isEqualTo(Outcome.OK);
    String alone = events.getLast().toString();
    assertThat(run(FOLDER.resolve("x.net"), before + "doctor(base)\n" + after)).isEqualTo(Outcome.OK);
    assertThat(events.getLast().toString()).isEqualTo(alone).contains("Shown");
  }

  @Test
  void thereAreFortyAndEachCauseIsAmongThem() throws IOException {
    Set<Cause> planted = EnumSet.noneOf(Cause.class);
    for (Path script : scripts()) {
      planted.add(Cause.valueOf(fault(Files.readString(script)).group(1)));
    }
    assertThat(scripts()).hasSizeGreaterThanOrEqualTo(40);
    assertThat(planted).containsExactlyInAnyOrderElementsOf(Arrays.asList(Cause.values()));
  }
}
