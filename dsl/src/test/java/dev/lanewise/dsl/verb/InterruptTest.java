package dev.lanewise.dsl.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody presses Ctrl-C while a network is looked into: it ends with a word, and the network is as it was. */
class InterruptTest {
  private static final String DEFINED = """
      net Cnn = input 1x28x28 -> conv(6, 5) -> maxpool(2) -> relu -> conv(8, 5) -> relu -> flatten -> fc: dense(2)
      data blood = cells(count = 64)
      """;

  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
  private final Session session = new Session(new Options(1, OptionalLong.of(1), KernelSet.SCALAR), events::add);

  @BeforeEach
  void define() {
    assertThat(session.run(new Source("prompt", DEFINED + "loss = test(Cnn, blood).loss", true))).as("%s", events).isEqualTo(Outcome.OK);
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** Runs it, and interrupts all the while, so that it does not matter when it listens. */
  private Outcome interrupted(String text) throws InterruptedException {
    events.clear();
    Outcome[] outcome = new Outcome[1];
    Thread runs = Thread.ofPlatform().start(() -> outcome[0] = session.run(new Source("prompt", text, true)));
    while (runs.isAlive()) {
      session.interrupt();
      Thread.onSpinWait();
    }
    runs.join();
    return outcome[0];
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "occlusion(Cnn, blood.test.item(0), size = 1, stride = 1, check = true)", "integrated_gradients(Cnn, blood.test.item(0), check = true)",
    "saliency(Cnn, blood.test.item(0), check = true)", "gradcam(Cnn.relu2, blood.test.item(0))", "features(Cnn.conv2, blood.test.item(0))",
    "dream(Cnn.fc, steps = 1_000_000)", "attack(Cnn, blood, pgd(0.1, steps = 1_000_000))", "show(attack(Cnn, blood, pgd(0.1, steps = 1_000_000)))",
    "trace(Cnn, blood.test.item(0))", "trace(Cnn.conv2, blood.test.item(0), at = [0, 0, 0])", "backward(Cnn, blood.test.item(0))", "backward(Cnn.conv1.weight, blood.test.item(0), at = [0, 0, 0, 0])",
    "step(Cnn, blood.train.batch(0), sgd(0.1))", "plot(Cnn.fc, blood.test)"
  })
  void endsWithAWordAndChangesNothing(String looks) throws InterruptedException {
    assertThat(interrupted(looks)).as("%s", events).isEqualTo(Outcome.ABANDONED);
    assertThat(events).containsExactly(new SessionEvent.Stopped("there is no result"));
    assertThat(session.run(new Source("prompt", "expect test(Cnn, blood).loss == loss", true))).as("%s", events).isEqualTo(Outcome.OK);
  }
}
