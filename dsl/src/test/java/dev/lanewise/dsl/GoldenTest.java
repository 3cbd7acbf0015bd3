package dev.lanewise.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.exhibit.Boundary;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Spectrum;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.exhibit.WalkedText;
import dev.lanewise.dsl.language.InTheBook;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every golden script and compares what it tells with the file beside it; all of it can be said in Chinese. {@code -Dlanewise.golden=rewrite} writes those files anew,
 * and still fails, so that a rewrite is looked at before it counts.
 */
class GoldenTest {
  @BeforeAll
  static void target() throws IOException {
    Files.createDirectories(Path.of("target"));
  }

  static List<Scripts.Golden> scripts() {
    return Scripts.all().stream().filter(s -> !s.feature().equals("syntax")).toList();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void tellsWhatIsExpected(Scripts.Golden script) throws IOException {
    String told = told(script);
    if ("rewrite".equals(System.getProperty("lanewise.golden"))) {
      Files.writeString(script.expected(), told);
      fail("rewritten: " + script.expected());
    }
    assertThat(script.expected()).exists();
    assertThat(told).isEqualTo(Files.readString(script.expected()));
    if (script.feature().equals("diagnostics")) {
      assertThat(told).contains(" " + script.title() + ": ");
    }
  }

  @Test
  void everyCodeHasAScript() {
    List<String> titles = scripts().stream().filter(s -> s.feature().equals("diagnostics")).map(Scripts.Golden::title).toList();
    assertThat(titles).containsExactlyInAnyOrderElementsOf(Arrays.stream(Code.values()).map(Code::name).toList());
  }

  private static String told(Scripts.Golden script) {
    StringBuilder told = new StringBuilder();
    Options options = new Options(1, OptionalLong.empty(), KernelSet.SCALAR);
    List<SessionEvent> events = new ArrayList<>();
    try (Session session = new Session(options, events::add)) {
      Outcome outcome = session.run(script.source());
      events.forEach(e -> told.append(text(e)));
      assertThat(InTheBook.missing(events)).as("not in phrases.zh").isEmpty();
      return told.append(outcome).append('\n').toString();
    }
  }

  private static String text(SessionEvent event) {
    return switch (event) {
      case SessionEvent.Diagnosed d -> Report.of(d.diagnostic());
      // Losses and times belong to the runtime's own tests.
      case SessionEvent.Training _ -> "";
      case SessionEvent.Shown(Table table) -> table.header() + "\n" + String.join("\n", table.rows().stream().map(List::toString).toList()) + "\n";
      case SessionEvent.FoldBegan _ -> "";
      case SessionEvent.Fold f -> "fold " + f.number() + " of " + f.of() + ": " + f.score().examples() + " examples, " + f.kinds() + "\n";
      case SessionEvent.Folded f -> "folds of " + f.net() + ": " + f.examples() + " examples\n";
      case SessionEvent.Trial t -> "trial " + t.number() + " of " + t.of() + "\n";
      case SessionEvent.Shown(Figure figure) -> "plot " + figure.title() + ": "
          + figure.curves().stream().map(c -> c.name() + ", " + c.points().size() + " points").toList() + "\n";
      case SessionEvent.Shown(Gallery gallery) -> "pictures " + gallery.title() + ": "
          + gallery.pictures().stream().map(p -> p.width() + "x" + p.height() + " " + p.caption()).toList() + "\n";
      case SessionEvent.Shown(Walked w) -> walked(w);
      case SessionEvent.Shown(Spectrum s) -> "spectrum " + s.title() + ": " + s.picture().width() + "x" + s.picture().height() + "\n";
      case SessionEvent.Shown(Boundary b) -> b.title() + ": " + b.marks().size() + " points\n";
      case SessionEvent.Expected e when e.text().contains("test") -> e.text() + ": " + e.holds() + "\n";
      case SessionEvent.Expected e -> e.text() + ": " + e.holds() + ", " + e.left() + " and " + e.right() + (e.why().isEmpty() ? "" : ", " + e.why()) + "\n";
      case SessionEvent.Defined d -> d.kind() + " " + d.name() + ": " + d.summary() + "\n";
      case SessionEvent.Wrote w -> "wrote " + w.what() + "\n";
      case SessionEvent.Read r -> "read " + r.what() + "\n";
      case SessionEvent.Adopted a -> a.text() + "\n";
      case SessionEvent.Fetching f -> "fetching " + f.file() + "\n";
      case SessionEvent.Failed f -> "fault at " + f.place() + ": " + f.cause() + "\n";
      case SessionEvent.Findings f -> "doctor: " + f.causes() + "\n";
      case SessionEvent.Stopped s -> "stopped: " + s.what() + "\n";
      case SessionEvent.Spoken s -> s.piece() + (s.ends() ? "\n" : "");
      case SessionEvent.Value v -> v.name() + " = " + v.text() + "\n";
    };
  }

  private static String walked(Walked walked) {
    WalkedText text = new WalkedText(walked, Phrases.ENGLISH, 100);
    StringBuilder told = new StringBuilder(walked.title() + "\n");
    text.table().forEach(t -> told.append(t.header()).append('\n').append(String.join("\n", t.rows().stream().map(List::toString).toList())).append('\n'));
    text.formulas().forEach(l -> told.append(l).append('\n'));
    walked.notes().forEach(n -> told.append(n).append('\n'));
    return told.toString();
  }
}
