package dev.lanewise.repl.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.LiveLines;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.repl.text.Window;
import dev.lanewise.runtime.train.TrainEvent;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalRendererTest {
  private final Recorded recorded = new Recorded();
  private final AtomicLong clock = new AtomicLong();

  private TerminalRenderer renderer(Window window, Style style) {
    return renderer(recorded, recorded.voice(window, style));
  }

  private TerminalRenderer renderer(Recorded recorded, Voice voice) {
    return new TerminalRenderer(recorded.lines(voice), voice, clock::get);
  }

  private static TrainEvent.Batch batch(int batch) {
    return new TrainEvent.Batch("Cnn", 1, 10, batch, 938, 1250.0 / (1000 + batch), 0.5, 0.01);
  }

  /** As far as the window is wide, what a terminal shows of what was written. */
  private static List<String> seen(String written, int columns) {
    TerminalPicture picture = new TerminalPicture(columns);
    picture.write(written);
    return picture.lines();
  }

  @Test
  void showsProgressAndErasesIt() {
    TerminalRenderer renderer = renderer(Recorded.window(60, 10), Style.PLAIN);
    renderer.on(Recorded.RUN.get(1));
    renderer.on(Recorded.training(batch(469)));
    assertThat(seen(recorded.out(), 60)).containsExactly(
        "train Cnn: 21,840 parameters, 60,000 examples in 938 batches",
        "    1/10 ━━━━━━━━━━━━━━━━─────────────────  50 %  0:10 left",
        "         loss 0.8509  rate 0.01  60,000 examples/s");
    renderer.finish(Outcome.OK);
    assertThat(seen(recorded.out(), 60)).startsWith("train Cnn: 21,840 parameters, 60,000 examples in 938 batches", "")
        .noneMatch(l -> l.contains("━") || l.contains("rate"));
  }

  @Test
  void drawsTheCurveOfTheLossWhereThereIsRoom() {
    TerminalRenderer renderer = renderer(Recorded.window(60, 24), Style.PLAIN);
    for (int i = 1; i <= 938; i++) {
      clock.addAndGet(i == 938 ? 100_000_000 : 10_000_000);
      renderer.on(Recorded.training(batch(i)));
    }
    List<String> lines = seen(recorded.out(), 60);
    assertThat(lines).hasSize(9);
    assertThat(lines.getFirst()).startsWith("    1.24").contains("┤⠙⠒⠤⣀");
    assertThat(lines.get(5)).contains("┤").endsWith("⣀");
    assertThat(lines.get(6)).contains("epoch 0.9979");
    assertThat(lines.get(8)).startsWith("         loss 0.64");
  }

  @Test
  void showsWhichFoldIsAtWork() {
    TerminalRenderer renderer = renderer(Recorded.window(60, 10), Style.PLAIN);
    renderer.on(Recorded.FOLDS.get(0));
    renderer.on(Recorded.training(batch(469)));
    assertThat(seen(recorded.out(), 60).getLast()).isEqualTo("         fold 1 of 2  loss 0.8509  rate 0.01");
    renderer.on(Recorded.FOLDS.get(1));
    renderer.on(Recorded.FOLDS.get(2));
    renderer.on(Recorded.training(batch(1)));
    clock.set(70_000_000);
    renderer.on(Recorded.training(batch(2)));
    assertThat(seen(recorded.out(), 60).getLast()).startsWith("         fold 2 of 2  loss");
  }

  @Test
  void redrawsOnlyAfterAWhile() {
    TerminalRenderer renderer = renderer(Recorded.window(60, 10), Style.PLAIN);
    renderer.on(Recorded.training(batch(1)));
    renderer.on(Recorded.training(batch(2)));
    clock.set(70_000_000);
    renderer.on(Recorded.training(batch(3)));
    assertThat(recorded.out().split("left", -1)).hasSize(3);
  }

  @Test
  void showsHowFarAFileIs() {
    TerminalRenderer renderer = renderer(Recorded.window(60, 24), Style.PLAIN);
    for (int done = 0; done <= 1_000_000; done += 250_000) {
      clock.addAndGet(70_000_000);
      renderer.on(new SessionEvent.Fetching("digits.gz", URI.create("http://there/"), Path.of("here"), done, 2_000_000));
    }
    assertThat(seen(recorded.out(), 60).getLast()).isEqualTo("━━━━━━━━━━━━━━━━━━━━────────────────────  50 %  digits.gz");
  }

  @Test
  void showsHowFarANetworkIsAndTakesItAway() {
    TerminalRenderer renderer = renderer(Recorded.window(60, 24), Style.PLAIN);
    for (int done = 0; done <= 10_000; done += 2_500) {
      clock.addAndGet(70_000_000);
      renderer.on(Recorded.training(new TrainEvent.Preparing("Deep", done, 20_000)));
    }
    assertThat(seen(recorded.out(), 60)).containsExactly("Deep is being made ready: kernels for 10,000 of 20,000 oper");
    renderer.on(Recorded.training(new TrainEvent.Started("Deep", 1, 100, 10, 1_000)));
    assertThat(seen(recorded.out(), 60).getFirst()).startsWith("train Deep");
  }

  @ParameterizedTest
  @CsvSource({"5, ENGLISH", "40, ENGLISH", "5, CHINESE", "40, CHINESE"})
  void neverWrapsAtAnyWidth(int rows, Language language) {
    for (int columns = 1; columns <= 220; columns++) {
      TrainingDisplay display = new TrainingDisplay(60_000);
      for (int i = 1; i < 50; i++) {
        display.batch(batch(i));
      }
      for (String line : display.lines(batch(50), Recorded.voice(recorded.out, Recorded.window(columns, rows), Style.COLOURED, language))) {
        assertThat(LiveLines.length(line)).as("%d columns: %s", columns, line).isLessThan(Math.max(columns, 1));
      }
    }
  }

  /** Also when no batch ends: what was drawn is drawn again for the new width. */
  @Test
  void aResizedWindowIsDrawnAtOnce() {
    AtomicInteger columns = new AtomicInteger(80);
    TerminalRenderer renderer = renderer(Recorded.window(columns::get, 24), Style.PLAIN);
    TerminalPicture picture = new TerminalPicture(80);
    renderer.resized();
    assertThat(recorded.out()).isEmpty();
    renderer.on(Recorded.training(batch(1)));
    renderer.on(Recorded.training(batch(469)));
    picture.write(recorded.out());
    int written = recorded.out().length();
    columns.set(40);
    picture.resize(40);
    renderer.resized();
    picture.write(recorded.out().substring(written));
    assertThat(picture.lines()).filteredOn(l -> l.contains("left")).singleElement().asString()
        .matches(" {4}1/10 ━+─+  50 %  0:10 left").hasSizeLessThan(40);
    renderer.clear();
    written = recorded.out().length();
    columns.set(60);
    renderer.resized();
    assertThat(recorded.out()).hasSize(written);
  }

  /** Whatever the width was before, no rest of it stays. */
  @Test
  void survivesAnotherWidth() {
    AtomicInteger columns = new AtomicInteger(80);
    Window window = Recorded.window(columns::get, 24);
    TerminalRenderer renderer = renderer(window, Style.COLOURED);
    TerminalPicture picture = new TerminalPicture(80);
    recorded.out.println("before");
    int written = 0;
    for (int width : new int[] {80, 33, 120, 50, 200, 40}) {
      columns.set(width);
      picture.resize(width);
      for (int i = 1; i <= 30; i++) {
        clock.addAndGet(70_000_000);
        renderer.on(Recorded.training(batch(i)));
      }
      String all = recorded.out();
      picture.write(all.substring(written));
      written = all.length();
      assertThat(picture.lines().getFirst()).isEqualTo("before");
      assertThat(picture.lines()).filteredOn(l -> l.contains("left")).as("at %d: %s", width, picture.lines()).hasSize(1);
      assertThat(picture.lines()).filteredOn(l -> l.contains("rate")).hasSize(1);
    }
  }

  @Test
  void leavesTheLinesAsTheyAre() {
    Window window = Recorded.window(120, 24);
    LineRenderer plain = recorded.lines(recorded.voice(window, Style.PLAIN));
    Recorded.RUN.forEach(plain::on);
    List<String> expected = recorded.out().lines().toList();
    Recorded terminal = new Recorded();
    TerminalRenderer renderer = renderer(terminal, terminal.voice(window, Style.PLAIN));
    Recorded.RUN.forEach(renderer::on);
    assertThat(seen(terminal.out(), 120).stream().filter(l -> !l.isEmpty()).toList()).isEqualTo(expected);
  }

  @Test
  void narrowWindowsLoseColumnsOfEpochsAndBreakTables() {
    TerminalRenderer renderer = renderer(Recorded.window(40, 24), Style.PLAIN);
    Recorded.RUN.forEach(renderer::on);
    renderer.finish(Outcome.OK);
    assertThat(recorded.out()).contains(
        """
           epoch     loss  accuracy  seconds
            1/10   1.0625   65.00 %     1.00
        """);
    List<String> summary = Arrays.asList(recorded.out().substring(recorded.out().indexOf("\n\n")).strip().split("\n"));
    assertThat(summary).hasSize(4).allMatch(l -> l.length() < 40).allMatch(l -> l.contains("Cnn") || l.contains("net"));
  }

  @Test
  void colours() {
    renderer(Recorded.window(80, 24), Style.COLOURED).on(Recorded.RUN.getLast());
    assertThat(recorded.out()).startsWith("\u001b[32mholds\u001b[0m");
    assertThat(Console.coloured(java.util.Map.of("TERM", "xterm"))).isTrue();
    assertThat(Console.coloured(java.util.Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
    assertThat(Console.coloured(java.util.Map.of("TERM", "dumb"))).isFalse();
    assertThat(Console.coloured(java.util.Map.of())).isFalse();
  }
}
