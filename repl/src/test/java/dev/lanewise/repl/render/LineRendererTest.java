package dev.lanewise.repl.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.chart.Figure;
import dev.lanewise.dsl.session.Outcome;
import dev.lanewise.dsl.session.SessionEvent;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LineRendererTest {
  private final Recorded recorded = new Recorded();
  private final LineRenderer renderer = recorded.lines(recorded.voice(Recorded.window(60, 0), Style.PLAIN));

  @Test
  void showsARunInLines() {
    Recorded.RUN.forEach(renderer::on);
    renderer.finish(Outcome.INTERRUPTED);
    assertThat(recorded.out()).isEqualTo(
        """
        net Cnn: 1x28x28 -> 10, 21,840 parameters
        train Cnn: 21,840 parameters, 60,000 examples in 938 batches
           epoch     loss  accuracy  seconds  images/s
            1/10   1.0625   65.00 %     1.00    60,000
        stopped in epoch 1 of 10, batch 469 of 938, at loss 1.2500, after 1.00 s: Cnn keeps what it has learned
        test Cnn on digits: accuracy 98.76 %, loss 0.0384 (10,000 examples in 0.25 s)
        holds  test(Cnn, digits).accuracy >= 0.985 (0.9876 and 0.985)

          net  parameters  epochs  seconds  train loss  test loss  test accuracy
          Cnn      21,840       1     1.00      1.0625     0.0384        98.76 %
        interrupted
        """);
    assertThat(recorded.err()).isEmpty();
  }

  @Test
  void isTheSameInEveryLanguage() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      showsARunInLines();
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void showsValidationWhereThereIsOne() {
    renderer.on(Recorded.training(new TrainEvent.Epoch(
        "A", 3, 15, 12.34, new TrainEvent.Score(0.5, 0.9, 55_000), new TrainEvent.Score(0.25, 1, 5_000))));
    assertThat(recorded.out()).isEqualTo(
        """
           epoch     loss  accuracy  val loss  val accuracy  seconds  images/s
            3/15   0.5000   90.00 %    0.2500      100.00 %     12.3     4,457
        """);
  }

  @Test
  void alignsTables() {
    renderer.on(Recorded.TABLE);
    assertThat(recorded.out()).isEqualTo(
        """
        Net
          layer  parameters
          conv1         260
          total      21,840
        """);
  }

  @Test
  void putsDiagnosticsOnStandardError() {
    renderer.on(Recorded.DIAGNOSED);
    renderer.problem("there is no file b.net");
    assertThat(recorded.out()).isEmpty();
    assertThat(recorded.err()).contains("a.net:2:3 error L006: there is no layer densse", "^^^^^^ dense")
        .endsWith("lanewise: there is no file b.net\n");
  }

  @Test
  void drawsCurves() {
    Figure.Curve line = new Figure.Curve("line", List.of(new Figure.Point(0, 0), new Figure.Point(10, 1)));
    renderer.on(new SessionEvent.Plotted(new Figure("line", "x", false, List.of(line))));
    List<String> lines = recorded.out().lines().toList();
    assertThat(lines).hasSize(16).allMatch(l -> l.length() <= 60);
    assertThat(lines.get(1)).startsWith("    1.000 ┤").endsWith("⠤⠊");
    assertThat(lines.get(14)).startsWith("    0.000 ┤⣀⠤⠒⠁");
    assertThat(lines.getLast()).contains("0.000").endsWith("x 10.00");
  }
}
