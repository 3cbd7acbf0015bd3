package dev.lanewise.repl.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.session.Outcome;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TerminalRendererTest {
  private static final String ERASE = "\r\u001b[K";

  private final Recorded recorded = new Recorded();
  private final AtomicLong clock = new AtomicLong();

  private TerminalRenderer renderer(int columns, Style style) {
    LineRenderer lines = new LineRenderer(recorded.out, recorded.err, () -> 60, style);
    return new TerminalRenderer(lines, recorded.out, () -> columns, clock::get, style);
  }

  private static TrainEvent.Batch batch(int batch) {
    return new TrainEvent.Batch("Cnn", 1, 10, batch, 938, 1.25, 0.5, 0.01);
  }

  @Test
  void drawsABarAndErasesItBeforeTheNextLine() {
    TerminalRenderer renderer = renderer(60, Style.PLAIN);
    renderer.on(Recorded.training(batch(469)));
    renderer.finish(Outcome.OK);
    assertThat(recorded.out())
        .isEqualTo(ERASE + "    1/10 ━━━━━━━━━━──────────  50 %  loss 1.2500  0:10 left" + ERASE);
  }

  @Test
  void redrawsOnlyAfterAWhile() {
    TerminalRenderer renderer = renderer(60, Style.PLAIN);
    renderer.on(Recorded.training(batch(1)));
    renderer.on(Recorded.training(batch(2)));
    clock.set(70_000_000);
    renderer.on(Recorded.training(batch(3)));
    assertThat(recorded.out().split(ERASE.replace("[", "\\["), -1)).hasSize(3);
  }

  @Test
  void neverWrapsAtAnyWidth() {
    for (int columns = 1; columns <= 200; columns++) {
      assertThat(new ProgressBar().line(batch(400), columns).length()).isLessThan(Math.max(columns, 1));
    }
  }

  @Test
  void leavesTheLinesAsTheyAre() {
    LineRenderer plain = new LineRenderer(recorded.out, recorded.err, () -> 60, Style.PLAIN);
    Recorded.RUN.forEach(plain::on);
    String expected = recorded.out();
    Recorded terminal = new Recorded();
    TerminalRenderer renderer = new TerminalRenderer(
        new LineRenderer(terminal.out, terminal.err, () -> 60, Style.PLAIN), terminal.out, () -> 80, clock::get, Style.PLAIN);
    Recorded.RUN.forEach(renderer::on);
    assertThat(terminal.out().replaceAll("\r\u001b\\[K[^\r]*\r\u001b\\[K", "")).isEqualTo(expected);
  }

  @Test
  void colours() {
    renderer(80, Style.COLOURED).on(Recorded.RUN.getLast());
    assertThat(recorded.out()).startsWith("\u001b[32mholds\u001b[0m");
    assertThat(Console.coloured(java.util.Map.of("TERM", "xterm"))).isTrue();
    assertThat(Console.coloured(java.util.Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
    assertThat(Console.coloured(java.util.Map.of("TERM", "dumb"))).isFalse();
    assertThat(Console.coloured(java.util.Map.of())).isFalse();
  }
}
