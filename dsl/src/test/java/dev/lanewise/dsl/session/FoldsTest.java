package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.Paused;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.run.SessionListener;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.FoldScores;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.train.Control;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** {@code train Net on data { folds = 5 }}. */
class FoldsTest {
  private static final String SCRIPT = """
      net N = input 2 -> dense(8) -> tanh -> dropout(0.1) -> dense(2)
      data points = moons(count = 200, noise = 0.2)
      """;
  private final List<SessionEvent> events = new ArrayList<>();

  private Outcome run(int threads, String script) {
    return run(threads, script, _ -> { });
  }

  /** @param each sees every event, with the session to be interrupted */
  private Outcome run(int threads, String script, Consumer<SessionEvent> each) {
    events.clear();
    Session[] session = new Session[1];
    SessionListener listener = new SessionListener() {
      @Override
      public void on(SessionEvent event) {
        events.add(event);
        each.accept(event);
        if (event instanceof SessionEvent.FoldBegan f && f.number() == 3 && script.contains("# stop")) {
          session[0].interrupt();
        }
      }

      @Override
      public Control.Next paused(Paused training) {
        assertThat(training.series()).contains(new Paused.Series(2, 4, true));
        assertThat(training.hasResult()).isFalse();
        return Control.STOP;
      }
    };
    try (Session opened = new Session(new Options(threads, OptionalLong.empty(), KernelSet.VECTOR), listener)) {
      session[0] = opened;
      return opened.run(new Source("x.net", script));
    }
  }

  private <T> List<T> told(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private List<TrainEvent.Epoch> epochs() {
    return told(SessionEvent.Training.class).stream().map(SessionEvent.Training::event)
        .filter(TrainEvent.Epoch.class::isInstance).map(TrainEvent.Epoch.class::cast).toList();
  }

  private String numbers() {
    FoldScores scores = told(SessionEvent.Folded.class).getFirst().scores();
    return scores.scores().stream().map(s -> s.loss() + " " + s.accuracy() + " " + s.of(Measure.Kind.AUC)).toList() + " " + epochs().getLast().train().loss();
  }

  @Test
  void theirBitsDoNotDependOnThreads() {
    String script = SCRIPT + "train N on points { epochs = 2; batch = 40; optimizer = adam(0.03); folds = 4; metrics = [accuracy, auc] }\n";
    run(1, script);
    String one = numbers();
    run(3, script);
    assertThat(numbers()).isEqualTo(one);
  }

  /** Folds leave nothing behind but their scores: the training after them is that without. */
  @Test
  void theNetworkIsTrainedAsIfThereHadBeenNone() {
    String train = "train N on points { epochs = 2; batch = 16; optimizer = adam(0.03) FOLDS}\ntest(N, points)\n";
    run(1, SCRIPT + train.replace("FOLDS", "; folds = 4 "));
    List<TrainEvent.Epoch> folded = epochs();
    run(1, SCRIPT + train.replace("FOLDS", ""));
    assertThat(folded).hasSize(2);
    assertThat(folded.stream().map(e -> e.train().loss())).isEqualTo(epochs().stream().map(e -> e.train().loss()).toList());
  }

  /** Each fold begins with the network as it is: with nothing to learn it scores as that does on the whole. */
  @Test
  void aFoldBeginsWithTheNetworkAsItIs() {
    String script = SCRIPT + """
        train N on points { epochs = 20; batch = 16; optimizer = adam(0.03) }
        still = train N on points { optimizer = sgd(1e-30); folds = 5 }
        expect still.folds.accuracy > 0.8
        """;
    assertThat(run(1, script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
  }

  @Test
  void whatIsStoppedLeavesTheNetworkAsItWas() {
    String script = SCRIPT + "base = train N on points { epochs = 3; batch = 16; folds = 4 } # stop\n";
    assertThat(run(1, script)).isEqualTo(Outcome.INTERRUPTED);
    assertThat(told(SessionEvent.Fold.class)).hasSize(2);
    assertThat(events).contains(new SessionEvent.Stopped("2 of 4 folds have ended, N is as it was before"));
    assertThat(epochs()).isEmpty();
  }

  @Test
  void aFoldMayDiverge() {
    String script = "net N = input 1 -> dense(1)\ndata d = sine(count = 100)\ntrain N on d { epochs = 5; optimizer = sgd(1e30); folds = 3 }\n";
    assertThat(run(1, script)).isEqualTo(Outcome.MISTAKE);
    assertThat(told(SessionEvent.Fold.class)).hasSize(3).allMatch(f -> f.score() == FoldScores.DIVERGED);
    assertThat(Diagnosed.in(events)).anyMatch(d -> d.code() == Code.L032);
  }

  @Test
  void batchesThatLeaveOneAloneAreFoundBeforeTheFirstFold() {
    String script = """
        net B = input 2 -> dense(4) -> batchnorm -> relu -> dense(2)
        data points = moons(count = 100)
        train B on points { batch = 74; folds = 4 }
        """;
    assertThat(run(1, script)).isEqualTo(Outcome.MISTAKE);
    assertThat(told(SessionEvent.FoldBegan.class)).isEmpty();
    assertThat(Diagnosed.in(events)).anyMatch(d -> d.code() == Code.L052);
  }
}
