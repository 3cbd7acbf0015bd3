package dev.lanewise.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.Layout;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lessons of docs/course: each page's snippets are its script, which runs, and prints what the page says. */
class CourseTest {
  private static final Path COURSE = Sample.FOLDER.resolve("../docs/course").normalize();
  /** A heading, or what is fenced: a snippet of the language where no word says what else. */
  private static final Pattern PIECE = Pattern.compile("(?ms)^(#+ [^\\n]*)$|^```(\\w*)\\n(.*?)^```$");

  private final Sample sample = new Sample();

  @BeforeAll
  static void digits() {
    System.setProperty("lanewise.samples", Sample.FOLDER.toString());
  }

  static List<String> lessons() throws IOException {
    try (Stream<Path> files = Files.list(COURSE)) {
      return files.map(f -> f.getFileName().toString()).filter(n -> n.matches("\\d\\d-[a-z]+\\.md")).map(n -> n.replace(".md", "")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void aLessonRunsAndSaysWhatItsPageSays(String name) throws IOException {
    String script = Files.readString(COURSE.resolve(name + ".net"));
    assertThat(sample.run(COURSE.resolve(name + ".net"), script)).as("%s", sample.events()).isEqualTo(Outcome.OK);
    List<String> told = sample.events().stream().flatMap(e -> e instanceof SessionEvent.Value v ? Stream.of(v.name() + " = " + v.text()) : Stream.empty()).toList();
    for (String page : List.of(".md", ".zh.md")) {
      assertThat(told).containsAll(printed(Files.readString(COURSE.resolve(name + page))));
    }
  }

  /** The lines that a page says are printed. */
  private static List<String> printed(String page) {
    return Pattern.compile("(?ms)^```text\\n(.*?)^```$").matcher(page).results().flatMap(m -> m.group(1).lines()).toList();
  }

  /** {@code -Dlanewise.golden=rewrite} writes it anew, and fails. */
  @ParameterizedTest
  @MethodSource("lessons")
  void theScriptIsThatOfThePage(String name) throws IOException {
    Path path = COURSE.resolve(name + ".net");
    String wanted = script(name, Files.readString(COURSE.resolve(name + ".md")));
    if ("rewrite".equals(System.getProperty("lanewise.golden"))) {
      Files.writeString(path, wanted);
      fail("rewritten: " + path);
    }
    assertThat(Files.readString(path)).isEqualTo(wanted);
    assertThat(Layout.of(wanted)).as("lanewise fmt %s", name).isEqualTo(wanted);
    assertThat(wanted).contains("\nexpect ");
    try (Session session = sample.session()) {
      assertThat(session.check(new Source(path.toString(), wanted))).isEmpty();
    }
  }

  /** The snippets, each below the heading that it stands under. */
  private static String script(String name, String page) {
    List<String> lines = new ArrayList<>();
    String heading = "";
    for (MatchResult piece : PIECE.matcher(page).results().toList()) {
      if (piece.group(1) != null) {
        heading = piece.group(1).replaceFirst("^#+ ", "");
      } else if (piece.group(2).isEmpty()) {
        lines.add("# " + heading);
        lines.add(piece.group(3).stripTrailing());
      }
    }
    return "# The script of docs/course/" + name + ".md\n" + String.join("\n", lines) + "\n";
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void bothLanguagesTeachTheSame(String name) throws IOException {
    String english = Files.readString(COURSE.resolve(name + ".md"));
    String chinese = Files.readString(COURSE.resolve(name + ".zh.md"));
    assertThat(pieces(chinese)).isEqualTo(pieces(english));
    assertThat(found("`[^`\\n]+`", chinese)).isEqualTo(found("`[^`\\n]+`", english));
    assertThat(printed(chinese)).isEqualTo(printed(english));
  }

  /** Its snippets, and a sign for each heading. */
  private static List<String> pieces(String page) {
    return PIECE.matcher(page).results().map(m -> m.group(1) == null ? m.group(3) : m.group(1).replaceAll(" .*", "")).toList();
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(PIECE.matcher(text).replaceAll("")).results().map(MatchResult::group).sorted().toList();
  }

  @Test
  void thereAreTwelve() throws IOException {
    assertThat(lessons()).hasSize(12);
    for (String language : List.of(".md", ".zh.md")) {
      String contents = Files.readString(COURSE.resolve("README" + language));
      assertThat(lessons()).allMatch(name -> contents.contains("](" + name + language + ")"));
    }
  }
}
