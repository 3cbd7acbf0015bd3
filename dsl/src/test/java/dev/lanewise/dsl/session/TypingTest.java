package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.typing.Preview;
import dev.lanewise.runtime.plan.KernelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a session does for somebody who types: names results, takes back, writes down. */
class TypingTest {
  private static final String XOR = "net X = input 2 -> dense(8) -> tanh -> dense(2)";
  private static final String TRAIN = "train X on t { epochs = 50; batch = 4; optimizer = sgd(0.5, momentum = 0.9) }";

  private final List<SessionEvent> events = new ArrayList<>();
  private final Session session = session(events);

  private static Session session(List<SessionEvent> events) {
    return new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add);
  }

  private Outcome type(String text) {
    return session.run(new Source("prompt", text));
  }

  private void typeAll(String... lines) {
    for (String line : lines) {
      assertThat(type(line)).as("%s: %s", line, mistakes()).isEqualTo(Outcome.OK);
    }
  }

  private List<String> mistakes() {
    return Diagnosed.in(events).stream().map(Diagnostic::message).toList();
  }

  private double number(String name) {
    return session.value(name).map(c -> ((Constant.Num) c).value()).orElse(Double.NaN);
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void resultsHaveNames() {
    typeAll("2 + 3", "_1 * 2", "sigmoid(0)", "where(_1 == 5, tanh(1), 0)");
    assertThat(number("_1")).isEqualTo(5);
    assertThat(number("_2")).isEqualTo(10);
    assertThat(number("_3")).isEqualTo(0.5);
    assertThat(number("_4")).isEqualTo(Math.tanh(1));
    assertThat(events).contains(new SessionEvent.Value("_2", "10"));
  }

  @Test
  void scoresAndTrainingsHaveNamesToo() {
    typeAll(XOR, "data t = xor()", TRAIN, "test(X, t)", "expect _2.accuracy >= 0", "plot(_1)");
    assertThat(session.bound().rows()).anyMatch(r -> r.get(0).equals("_1") && r.get(2).startsWith("X on t, 50 epochs, loss"));
    assertThat(session.bound().rows()).contains(List.of("t", "data", "2, 4 to train, 4 to test"));
    type("X.dense1.weight");
    assertThat(session.bound().rows()).anyMatch(r -> r.get(2).matches("\\d+x2 numbers"));
  }

  @Test
  void aFileNamesNoResults() {
    assertThat(session.run(new Source("a.net", "2 + 3\n"))).isEqualTo(Outcome.OK);
    assertThat(session.bound().rows()).isEmpty();
  }

  @Test
  void undoTakesBackNamesAndParameters() {
    typeAll(XOR, "data t = xor()", "before = test(X, t).loss", TRAIN, "after = test(X, t).loss");
    assertThat(number("after")).isLessThan(number("before"));
    assertThat(session.undo()).contains("after = test(X, t).loss");
    assertThat(session.undo()).contains(TRAIN);
    typeAll("again = test(X, t).loss");
    assertThat(number("again")).isEqualTo(number("before"));
    assertThat(session.redo()).as("something new was done").isEmpty();
  }

  @Test
  void redoPutsBackTheSameParameters() {
    typeAll(XOR, "data t = xor()", TRAIN, "after = test(X, t).loss");
    session.undo();
    session.undo();
    assertThat(session.redo()).contains(TRAIN);
    assertThat(session.redo()).contains("after = test(X, t).loss");
    double after = number("after");
    typeAll("again = test(X, t).loss");
    assertThat(number("again")).isEqualTo(after);
  }

  @Test
  void thereIsAnEndOfWhatCanBeTakenBack() {
    assertThat(session.undo()).isEmpty();
    typeAll("a = 1");
    assertThat(session.undo()).contains("a = 1");
    assertThat(session.undo()).isEmpty();
    assertThat(session.redo()).contains("a = 1");
    assertThat(session.redo()).isEmpty();
    assertThat(number("a")).isEqualTo(1);
  }

  @Test
  void aResetCanBeTakenBack() {
    typeAll("a = 1");
    session.reset();
    assertThat(session.value("a")).isEmpty();
    assertThat(session.script()).isBlank();
    session.undo();
    assertThat(number("a")).isEqualTo(1);
  }

  @Test
  void whatFailsChangesNothing() {
    typeAll(XOR.replace("tanh", "relu"), "data t = xor()", "before = test(X, t).loss");
    assertThat(type("a = 1; expect a == 2; b = 3")).isEqualTo(Outcome.EXPECTATION_FAILED);
    assertThat(number("a")).isEqualTo(1);
    assertThat(session.value("b")).isEmpty();
    assertThat(type(TRAIN.replace("sgd(0.5", "sgd(1e30"))).isEqualTo(Outcome.MISTAKE);
    typeAll("now = test(X, t).loss");
    assertThat(number("now")).isEqualTo(number("before"));
    assertThat(session.script()).doesNotContain("expect").doesNotContain("1e30");
  }

  @Test
  void whatWasTypedIsAScriptThatRuns() {
    typeAll("a = 2  # wide", XOR, "data t = xor()", TRAIN, "test(X, t)", "worse = 1 - _2.accuracy", "6 * 7");
    assertThat(type("b = c")).isEqualTo(Outcome.MISTAKE);
    String script = session.script();
    assertThat(script).contains("_2 = test(X, t)").doesNotContain("_1").doesNotContain("_3").doesNotContain("b = c").contains("6 * 7");
    runsAsFile(script);
  }

  @Test
  void aNameThatWasBoundAgainIsBoundOnceInTheScript() {
    typeAll("a = 1", "a = 2", "b = a + 1", "a = a * 10", "label = a", "net N = input 2 -> a: dense(3) -> dense(2)");
    String script = session.script();
    assertThat(script.lines()).contains("a_1 = 2", "b = a_1 + 1", "a = a_1 * 10", "label = a").doesNotContain("a = 1");
    assertThat(script).contains("a: dense(3)");
    runsAsFile(script);
  }

  @Test
  void aPastedScriptIsRunStatementByStatement() {
    typeAll("a = 1; b = 2\n# a remark\nc = a + b\n");
    assertThat(session.statements()).isEqualTo(3);
    assertThat(session.undo()).contains("# a remark\nc = a + b");
    assertThat(session.script()).isEqualTo("a = 1\nb = 2\n");
  }

  private static void runsAsFile(String script) {
    List<SessionEvent> events = new ArrayList<>();
    try (Session fresh = session(events)) {
      assertThat(fresh.run(new Source("saved.net", script))).as("%s%n%s", script, events).isEqualTo(Outcome.OK);
    }
  }

  @Test
  void theNumberOfThreadsCanChange() {
    typeAll(XOR, "data t = xor()", "before = test(X, t).loss");
    session.threads(2);
    typeAll("now = test(X, t).loss");
    assertThat(session.options().threads()).isEqualTo(2);
    assertThat(number("now")).isEqualTo(number("before"));
  }

  @Test
  void theShapeIsKnownWhileANetworkIsTyped() {
    assertThat(session.preview("net N {\n  input 1x28x28\n  conv(10, 5) ->")).contains(new Preview("10x24x24, 260 parameters", true));
    assertThat(session.preview("net N = input 784 -> dense(10")).contains(new Preview("10, 7,850 parameters", true));
    assertThat(session.preview("net N = input 1x28x28 -> dense(10)"))
        .contains(new Preview("dense(10) needs a flat input, but gets 1x28x28", false));
    assertThat(session.preview("net N = input 784 -> den")).isEqualTo(Optional.empty());
    assertThat(session.preview("net N = input 784 -> den -> relu").map(Preview::fits)).contains(false);
    assertThat(session.preview("a = 3")).isEqualTo(Optional.empty());
  }
}
