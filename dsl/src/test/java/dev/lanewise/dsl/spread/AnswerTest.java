package dev.lanewise.dsl.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What is sent comes back as it was. */
class AnswerTest {
  @RepeatedTest(20)
  void whatWasAskedFor(RepetitionInfo run) {
    byte[] sent = new byte[run.getCurrentRepetition() - 1];
    new Random(run.getCurrentRepetition()).nextBytes(sent);
    ByteBuffer come = Answer.of(new Answer.Done(sent).bytes());
    byte[] read = new byte[come.remaining()];
    come.get(0, read);
    assertThat(read).isEqualTo(sent);
  }

  @Test
  void theMistakeThatKeptItFromThat() {
    byte[] sent = new Answer.Mistake(Code.L030, 3, 14, "the data cannot be read: 数据.csv", "").bytes();
    MistakeException thrown = catchThrowableOfType(MistakeException.class, () -> Answer.of(sent));
    assertThat(thrown).hasMessageContaining("数据.csv");
    assertThat(thrown.in(null)).isEqualTo(new Diagnostic(null, Code.L030, new Span(3, 14), "the data cannot be read: 数据.csv", Remedy.say("")));
  }
}
