package dev.lanewise.repl.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.exhibit.Piece;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.exhibit.Worked;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.repl.text.Style;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WalkingTest {
  private static final Worked HALF = new Worked(
      new Piece.Number("h", List.of(0), 0.5),
      List.of(new Worked.Addend(List.of(new Piece.Sign("tanh("), new Piece.Number("x", List.of(1), 0.549), new Piece.Sign(")")), 0.5)), List.of()).beside(0.25);
  private static final Walked WALKED = new Walked(
      "N on d", List.of(new Walked.Column("zeros", true)),
      List.of(new Walked.Row("h", "1", List.of(0.25), List.of(0.5), List.of(0.5), Optional.empty(), false, List.of()),
          new Walked.Row("big", "1x4x4", List.of(0.0), List.of(), List.of(-1.0, 0.0, 1.0), Optional.empty(), false, List.of())),
      List.of(HALF), List.of("there are more steps than are told here"));

  private final Recorded recorded = new Recorded();

  @Test
  void aTableThenFormulasThenNotes() {
    recorded.lines(recorded.voice(Recorded.window(80, 0), Style.PLAIN)).on(new SessionEvent.Shown(WALKED));
    assertThat(recorded.out()).isEqualTo("""
        N on d
          layer  shape  zeros  values
          h          1   25 %  0.5
          big    1x4x4    0 %  ▁▅█

        h[0] = tanh(x[1]) = tanh(0.549) = 0.5
          = 0.25   as the kernels compute it, in float
        there are more steps than are told here
        """);
  }

  @Test
  void programsGetNumbersAndWhereTheyComeFrom() {
    new JsonRenderer(recorded.out, recorded.err).on(new SessionEvent.Shown(WALKED));
    assertThat(recorded.out()).contains("\"sum\":[{\"value\":0.5,\"formula\":[{\"sign\":\"tanh(\"},{\"name\":\"x\",\"at\":[1],\"value\":0.549},{\"sign\":\")\"}]}]");
  }
}
