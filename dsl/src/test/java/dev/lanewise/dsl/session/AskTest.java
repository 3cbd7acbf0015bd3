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
import org.junit.jupiter.api.Test;

/** A session is asked for numbers: nobody hears of it, and nothing is left of it. */
class AskTest {
  private final List<SessionEvent> events = new ArrayList<>();

  @Test
  void askingLeavesNoTrace() {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      session.run(new Source("prompt", "x = 3; net N = input 2 -> dense(2); data points = xor()"));
      String script = session.script();
      events.clear();
      assertThat(session.ask("def twice(v) = 2 * v\na = twice(x)", "a")).hasValue(6);
      assertThat(session.ask("", "x")).hasValue(3);
      assertThat(session.ask("x = 5", "x")).hasValue(5);
      double before = session.ask("l = test(N, points).loss", "l").getAsDouble();
      assertThat(session.ask("train N on points { epochs = 30; batch = 4; optimizer = sgd(0.5) }\nl = test(N, points).loss", "l").getAsDouble()).isLessThan(before);
      assertThat(session.ask("l = test(N, points).loss", "l")).hasValue(before);
      assertThat(session.ask("", "x")).hasValue(3);
      assertThat(session.knows("a") || session.knows("twice") || session.knows("l")).isFalse();
      assertThat(session.script()).isEqualTo(script);
      assertThat(events).isEmpty();
    }
  }

  @Test
  void whatIsNoNumberIsNoAnswer() {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      assertThat(session.ask("a = nothing", "a")).isEmpty();
      assertThat(session.ask("a = [1, 2]", "a")).isEmpty();
      assertThat(session.ask("a = (", "a")).isEmpty();
      assertThat(session.ask("", "a")).isEmpty();
      assertThat(session.run(new Source("prompt", "a = 1"))).isEqualTo(Outcome.OK);
    }
  }

  /** A step of a lesson is looked up by the names that an answer has bound. */
  @Test
  void namesAreToldInOrder() {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      session.run(new Source("prompt", "a = 1"));
      int before = session.statements();
      session.run(new Source("prompt", "b = 2; a + b; expect b == 2; a = 3"));
      assertThat(session.names(before)).containsExactly("b", "_1", "a");
    }
  }
}
