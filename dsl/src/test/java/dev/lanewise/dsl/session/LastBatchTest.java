package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where two blocks go through a recurrence side by side, the last batch may have more shards than the others. */
class LastBatchTest {
  @ParameterizedTest
  @ValueSource(ints = {64 + 48, 64 + 33, 64 + 17, 64 + 1, 80 + 48})
  void aSmallerLastBatchIsTrainedOn(int examples) {
    List<SessionEvent> events = new ArrayList<>();
    try (Session session = new Session(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      assertThat(session.run(new Source("prompt", """
          data names = lines() { limit = %d }
          net N = input names -> embed(8) -> gru(16) -> each { dense(29) }
          train N on names { epochs = 1; batch = %d }
          """.formatted(examples, examples < 120 ? 64 : 80), true))).as("%s", events).isEqualTo(Outcome.OK);
    }
  }
}
