package dev.lanewise.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every remedy of every golden script that is an edit is done alone: the mistake is gone, nothing else is wrong at that place, and what was changed is what stands
 * in the file {@code .fixed} beside the script, for people to read. {@code -Dlanewise.golden=rewrite} writes those files anew, and fails.
 */
class RemediesTest {
  private static final boolean REWRITE = "rewrite".equals(System.getProperty("lanewise.golden"));

  static List<Scripts.Golden> scripts() {
    return Scripts.all().stream().filter(s -> s.feature().equals("diagnostics")).toList();
  }

  private static List<Diagnostic> check(Source source) {
    Options options = new Options(1, OptionalLong.empty(), KernelSet.SCALAR);
    try (Session session = new Session(options, _ -> { })) {
      return session.check(source);
    }
  }

  /** Those of the script itself that are mended by edits. */
  private static List<Diagnostic> mendable(Source source) {
    return check(source).stream().filter(d -> d.source().name().equals(source.name()) && !d.remedy().edits().isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyRemedyMends(Scripts.Golden script) throws IOException {
    List<Diagnostic> before = check(script.source());
    List<Diagnostic> mendable = mendable(script.source());
    mendable.forEach(d -> provesRight(before, d));
    Path kept = Path.of(script.expected().toString().replace(".expected", ".fixed"));
    String told = mendable.stream().map(RemediesTest::told).collect(Collectors.joining("\n"));
    if (REWRITE) {
      if (told.isEmpty()) {
        Files.deleteIfExists(kept);
      } else {
        Files.writeString(kept, told);
      }
      fail("rewritten: " + kept);
    }
    assertThat(Files.exists(kept) ? Files.readString(kept) : "").as(kept.toString()).isEqualTo(told);
  }

  private static void provesRight(List<Diagnostic> before, Diagnostic mended) {
    List<Edit> edits = mended.remedy().edits();
    String text = Edit.applied(mended.source().text(), edits);
    Source after = new Source(mended.source().name(), text, mended.source().typed());
    List<Diagnostic> left = check(after);
    int shift = edits.stream().filter(e -> e.span().end() <= mended.span().start()).mapToInt(RemediesTest::growth).sum();
    assertThat(left).as("still there after its remedy:\n" + text)
        .noneMatch(d -> d.code() == mended.code() && d.message().equals(mended.message()) && d.span().start() == mended.span().start() + shift);
    Span touched = touched(edits, text);
    List<String> known = before.stream().map(Diagnostic::message).toList();
    assertThat(left).as("new after the remedy of " + mended.code() + ":\n" + text)
        .noneMatch(d -> d.isError() && d.code() != mended.code() && d.span().start() >= touched.start() && d.span().start() <= touched.end() && !known.contains(d.message()));
  }

  private static int growth(Edit edit) {
    return edit.text().length() - (edit.span().end() - edit.span().start());
  }

  /** The lines of the mended text that the edits have changed. */
  private static Span touched(List<Edit> edits, String text) {
    int first = edits.stream().mapToInt(e -> e.span().start()).min().orElseThrow();
    int last = edits.stream().mapToInt(e -> e.span().end()).max().orElseThrow() + edits.stream().mapToInt(RemediesTest::growth).sum();
    int end = text.indexOf('\n', last);
    return new Span(text.lastIndexOf('\n', first - 1) + 1, end < 0 ? text.length() : end);
  }

  /** The lines that change, as they were and as they are. */
  private static String told(Diagnostic d) {
    List<String> was = d.source().text().lines().toList();
    List<String> is = Edit.applied(d.source().text(), d.remedy().edits()).lines().toList();
    int shorter = Math.min(was.size(), is.size());
    int from = 0;
    while (from < shorter && was.get(from).equals(is.get(from))) {
      from++;
    }
    int behind = 0;
    while (behind < shorter - from && was.get(was.size() - 1 - behind).equals(is.get(is.size() - 1 - behind))) {
      behind++;
    }
    Source.Position at = d.source().position(d.span().start());
    return "%d:%d %s %s: %s\n".formatted(at.line(), at.column(), d.code(), d.remedy().certain() ? "certain" : "perhaps", d.remedy().text())
        + was.subList(from, was.size() - behind).stream().map(l -> "- " + l + "\n").collect(Collectors.joining())
        + is.subList(from, is.size() - behind).stream().map(l -> "+ " + l + "\n").collect(Collectors.joining());
  }

  /** The codes of which no golden script has a remedy that is an edit. There are never more: who adds a code says what to write, or adds it here and can say why not. */
  @Test
  void whatHasNoEditsIsListed() throws IOException {
    Path list = Path.of("src/test/resources/scripts/diagnostics/without-edits.txt");
    String told = scripts().stream()
        .filter(s -> mendable(s.source()).stream().noneMatch(d -> d.code().name().equals(s.title())))
        .map(s -> s.title() + "\n").sorted().collect(Collectors.joining());
    if (REWRITE) {
      Files.writeString(list, told);
      fail("rewritten: " + list);
    }
    assertThat(told).as("codes without edits").isEqualTo(Files.readString(list));
  }
}
