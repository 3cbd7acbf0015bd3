package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.Paused;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.run.SessionListener;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.train.Control;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that is interrupted: whoever listens is asked how it goes on. */
class PauseTest {
  private static final String SCRIPT =
      """
      net Xor = input 2 -> dense(8) -> tanh -> dense(2)
      data points = xor()
      train Xor on points { epochs = 6; batch = 2; optimizer = sgd(0.5) }
      """;

  @TempDir private Path folder;

  /** Interrupts after every third batch, and answers what it was given. */
  private static class Interrupting implements SessionListener {
    private final Deque<Control.Next> answers;
    private final List<TrainEvent> events = new ArrayList<>();
    private final List<Paused> pauses = new ArrayList<>();
    private Session session;
    private int batches;

    Interrupting(Control.Next... answers) {
      this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    public void on(SessionEvent event) {
      if (event instanceof SessionEvent.Training(TrainEvent e)) {
        events.add(e);
        if (e instanceof TrainEvent.Batch && ++batches % 3 == 0) {
          session.interrupt();
        }
      }
    }

    @Override
    public Control.Next paused(Paused training) {
      pauses.add(training);
      return answers.isEmpty() ? Control.GO_ON : answers.pop();
    }

    Outcome run() {
      return run(SCRIPT);
    }

    Outcome run(String script) {
      try (Session s = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), this)) {
        session = s;
        return s.run(new Source("a.net", script));
      }
    }

    List<Double> rates() {
      return events.stream().filter(TrainEvent.Batch.class::isInstance).map(e -> ((TrainEvent.Batch) e).rate()).toList();
    }
  }

  @Test
  void goesOnAsIfNothingHadBeen() {
    Interrupting listener = new Interrupting();
    assertThat(listener.run()).isEqualTo(Outcome.OK);
    assertThat(listener.pauses).hasSize(4);
    assertThat(listener.rates()).hasSize(12).containsOnly(0.5);
    assertThat(listener.events.getLast()).isInstanceOf(TrainEvent.Ended.class);
  }

  /** As a slider does that is dragged. */
  @Test
  void whoeverInterruptsWhileSomebodyIsAskedIsAskedAgain() {
    Interrupting listener = new Interrupting(new Control.Next.Rate(0.25), new Control.Next.Rate(0.125), Control.STOP) {
      @Override
      public Control.Next paused(Paused training) {
        super.session.interrupt();
        return super.paused(training);
      }
    };
    assertThat(listener.run()).isEqualTo(Outcome.INTERRUPTED);
    assertThat(listener.rates()).containsExactly(0.5, 0.5, 0.5, 0.25, 0.125);
  }

  @Test
  void whatIsSavedOnTheWayIsCalledSafetensors() throws IOException {
    Interrupting listener = new Interrupting();
    listener.run();
    Paused paused = listener.pauses.getLast();
    assertThatThrownBy(() -> paused.save(folder.resolve("n.onnx"))).isInstanceOf(IOException.class).hasMessage("`save` writes safetensors, not `.onnx`");
    paused.save(folder.resolve("n.safetensors"));
    paused.save(folder.resolve("n"));
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("n", "n.safetensors");
  }

  @Test
  void goesOnWithAnotherRate() {
    Interrupting listener = new Interrupting(new Control.Next.Rate(0.125));
    assertThat(listener.run()).isEqualTo(Outcome.OK);
    assertThat(listener.rates()).startsWith(0.5, 0.5, 0.5, 0.125).endsWith(0.125);
    assertThat(listener.events).contains(new TrainEvent.RateChanged("Xor", 2, 1, 0.5, 0.125));
  }

  @Test
  void stopsAndSaysSo() {
    Interrupting listener = new Interrupting(Control.GO_ON, Control.STOP);
    assertThat(listener.run()).isEqualTo(Outcome.INTERRUPTED);
    assertThat(listener.rates()).hasSize(6);
    assertThat(listener.pauses.getLast().batch().epoch()).isEqualTo(3);
    assertThat(listener.events.getLast()).isInstanceOfSatisfying(TrainEvent.Ended.class, e -> assertThat(e.interrupted()).isTrue());
  }

  @Test
  void showsAndSavesWhatWasReached() throws IOException {
    Path file = folder.resolve("xor.safetensors");
    Interrupting listener = new Interrupting() {
      @Override
      public Control.Next paused(Paused training) {
        try {
          training.save(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        assertThat(training.curve().curves().getFirst().points()).hasSize(3);
        return Control.STOP;
      }
    };
    assertThat(listener.run()).isEqualTo(Outcome.INTERRUPTED);
    assertThat(Safetensors.read(file).tensors()).hasSize(4);
    assertThat(Safetensors.read(file).metadata().get("net")).isEqualTo(SCRIPT);
  }

  /** Typed statement by statement; whoever is asked looks first. */
  private String trained(List<String> looks, List<Optional<Outcome>> outcomes, List<String> told) {
    Interrupting listener = new Interrupting() {
      @Override
      public void on(SessionEvent event) {
        super.on(event);
        if (event instanceof SessionEvent.Training(TrainEvent.Tested t)) {
          told.add("test " + t.score().loss());
        } else if (event instanceof SessionEvent.Wrote w) {
          told.add("wrote " + w.what());
        }
      }

      @Override
      public Control.Next paused(Paused training) {
        looks.forEach(l -> outcomes.add(training.run(l)));
        return super.paused(training);
      }
    };
    try (Session s = new Session(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), listener)) {
      listener.session = s;
      assertThat(s.run(new Source("prompt", SCRIPT + "net Other = input 2 -> dense(2)"))).isEqualTo(Outcome.OK);
      assertThat(listener.pauses).hasSize(4);
      Path file = folder.resolve(looks.size() + ".safetensors");
      s.run(new Source("prompt", "save(Xor, \"" + file + "\")"));
      return s.bound() + s.script().replace(file.toString(), "") + Safetensors.read(file).tensors().stream().map(t -> Arrays.toString(t.values())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void oneCanLookAndTheTrainingGoesOnAsIfNothingHadBeenAsked() throws IOException {
    Path file = folder.resolve("now.safetensors");
    List<String> looks = List.of(
        "test(Xor, points)", "show(Xor); expect test(Xor, points).loss < 100", "test(Xor, points).accuracy", "save(Xor, \"" + file + "\")",
        "confusion(Xor, points)", "gradcheck(Xor)", "expect 1 == 2", "test(Nobody, points)");
    List<Optional<Outcome>> outcomes = new ArrayList<>();
    List<String> told = new ArrayList<>();
    assertThat(trained(looks, outcomes, told)).isEqualTo(trained(List.of(), new ArrayList<>(), new ArrayList<>()));
    assertThat(outcomes.subList(0, looks.size())).containsExactly(
        Optional.of(Outcome.OK), Optional.of(Outcome.OK), Optional.of(Outcome.OK), Optional.of(Outcome.OK), Optional.of(Outcome.OK),
        Optional.of(Outcome.OK), Optional.of(Outcome.EXPECTATION_FAILED), Optional.of(Outcome.MISTAKE));
    // Each pause has its three tests; the network is another one each time.
    assertThat(told.stream().filter(t -> t.startsWith("test"))).hasSize(12);
    assertThat(told.stream().filter(t -> t.startsWith("test")).distinct()).hasSize(4);
    assertThat(Safetensors.read(file).metadata().get("net")).isEqualTo(SCRIPT.strip() + "\nnet Other = input 2 -> dense(2)");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "a = 1", "load(Xor, \"now.safetensors\")", "net N = input 2 -> dense(2)", "train Xor on points { epochs = 1 }", "test(Xor, points); a = 1"})
  void whatChangesSomethingIsNotRunThen(String statement) {
    List<Optional<Outcome>> outcomes = new ArrayList<>();
    List<String> told = new ArrayList<>();
    assertThat(trained(List.of(statement), outcomes, told)).isEqualTo(trained(List.of(), new ArrayList<>(), new ArrayList<>()));
    assertThat(outcomes).containsOnly(Optional.empty());
    assertThat(told).containsExactly("wrote Xor");
  }

  /** A typed training that is changed by hand, as a script. @param settings of it */
  private String saved(String settings, Control.Next... answers) {
    Interrupting listener = new Interrupting(answers);
    try (Session s = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), listener)) {
      listener.session = s;
      Outcome outcome = s.run(new Source("prompt", "net Xor = input 2 -> dense(8) -> tanh -> dense(2); data points = xor(); run = train Xor on points" + settings));
      assertThat(outcome).isIn(Outcome.OK, Outcome.INTERRUPTED);
      String file = folder.resolve("typed.safetensors").toString().replace('\\', '/');
      assertThat(s.run(new Source("prompt", "save(Xor, \"" + file + "\")"))).isEqualTo(Outcome.OK);
      String script = s.script().replace("typed.safetensors", "script.safetensors");
      assertThat(s.undo()).isPresent();
      assertThat(s.undo()).isPresent();
      assertThat(s.script()).doesNotContain("changes");
      return script;
    }
  }

  private void assertSameBits(String script) throws IOException {
    List<SessionEvent> told = new ArrayList<>();
    try (Session s = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), told::add)) {
      assertThat(s.run(new Source("saved.net", script))).as("%s", Diagnosed.in(told)).isEqualTo(Outcome.OK);
    }
    var typed = Safetensors.read(folder.resolve("typed.safetensors")).tensors();
    var again = Safetensors.read(folder.resolve("script.safetensors")).tensors();
    assertThat(again).hasSameSizeAs(typed);
    for (int i = 0; i < typed.size(); i++) {
      assertThat(again.get(i).values()).isEqualTo(typed.get(i).values());
    }
  }

  @Test
  void aSavedScriptRepeatsWhatWasDone() throws IOException {
    String script = saved(" {\n epochs = 6; batch = 2\n optimizer = sgd(0.5) # high\n}", new Control.Next.Rate(0.1), Control.GO_ON, new Control.Next.Rate(0.0003));
    assertThat(script).contains(
        "  optimizer = sgd(0.5)  # high\n  changes   = [rate(0.1, epoch = 2, batch = 1), rate(3.0E-4, epoch = 5, batch = 1)]\n}");
    assertSameBits(script);
  }

  @Test
  void aSavedScriptEndsWhereItWasStopped() throws IOException {
    String script = saved(" { epochs = 6; batch = 2; schedule = cosine\n changes = rate(0.3, epoch = 1, batch = 1) }", new Control.Next.Rate(0.1), Control.STOP);
    assertThat(script).contains("changes = [rate(0.3, epoch = 1, batch = 1), rate(0.1, epoch = 2, batch = 1), stop(epoch = 3, batch = 2)]");
    assertSameBits(script);
  }

  @Test
  void aTrainingWithoutSettingsGetsOne() throws IOException {
    String script = saved("", Control.GO_ON);
    assertThat(script).contains("run = train Xor on points\n");
    script = saved(" { epochs = 6; batch = 4 }", new Control.Next.Rate(0.5));
    assertThat(script).contains("run = train Xor on points { epochs = 6; batch = 4; changes = [rate(0.5, epoch = 3, batch = 1)] }");
    assertSameBits(script);
  }

  @Test
  void reportAndInventoryTellOfIt() throws IOException {
    Path report = folder.resolve("r.html");
    Interrupting listener = new Interrupting(new Control.Next.Rate(0.125));
    try (Session s = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), listener)) {
      listener.session = s;
      s.run(new Source("prompt", SCRIPT.replace("train", "run = train")));
      s.run(new Source("prompt", "report(run, \"" + report.toString().replace('\\', '/') + "\")"));
      assertThat(s.bound().rows().getLast().getLast()).endsWith(", learning rate 0.125 after batch 1 of epoch 2");
    }
    assertThat(java.nio.file.Files.readString(report))
        .contains("<b>sgd, 0.5 → 0.125</b>", "<th>rate</th>", "<h2>Changes on the way</h2>")
        .contains("<td>2</td><td>1</td><td>learning rate</td><td>0.5</td><td>0.125</td>")
        // In the curves of the loss, the accuracy and the rate.
        .containsPattern("(?s)(>learning rate 0\\.125<.*){3}");
  }

  private static final String SWEEP =
      """
      net Xor(width = 4) = input 2 -> dense(width) -> tanh -> dense(2)
      data points = xor()
      base = train Xor on points { epochs = 1; batch = 2; optimizer = sgd(0.5) }
      sweep base { Xor.width in [3, 5, 7]; pick = max(accuracy) }
      """;

  /** The training has two batches, and each trial too: the third batch is the first of the first trial, the sixth the last of the second. */
  @Test
  void aSweepGoesOnOrKeepsTheBestOfTheTrialsThatHaveEnded() throws IOException {
    Path file = folder.resolve("best.safetensors");
    List<SessionEvent> told = new ArrayList<>();
    Interrupting listener = new Interrupting(Control.GO_ON, Control.STOP) {
      @Override
      public void on(SessionEvent event) {
        told.add(event);
        super.on(event);
      }

      @Override
      public Control.Next paused(Paused training) {
        if (training.hasResult()) {
          try {
            training.save(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
        return super.paused(training);
      }
    };
    assertThat(listener.run(SWEEP)).isEqualTo(Outcome.INTERRUPTED);
    assertThat(listener.pauses.stream().map(p -> p.series().orElseThrow())).containsExactly(new Paused.Series(0, 3, false), new Paused.Series(1, 3, false));
    assertThat(listener.pauses.getLast().curve().curves().getFirst().points()).hasSize(2);
    assertThat(Safetensors.read(file).tensors().getFirst().shape()).containsExactly(3, 2);
    assertThat(told).contains(new SessionEvent.Stopped("1 of 3 trials have ended"));
    assertThat(told.getLast()).isInstanceOfSatisfying(
        SessionEvent.Value.class, v -> assertThat(v.text()).startsWith("as after trial 1, Xor.width = 3: accuracy "));
  }

  @Test
  void stopsWhereNobodyAnswers() {
    List<TrainEvent> batches = new ArrayList<>();
    Session[] session = new Session[1];
    SessionListener listener = e -> {
      if (e instanceof SessionEvent.Training(TrainEvent.Batch b)) {
        batches.add(b);
        session[0].interrupt();
      }
    };
    try (Session s = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), listener)) {
      session[0] = s;
      assertThat(s.run(new Source("a.net", SCRIPT))).isEqualTo(Outcome.INTERRUPTED);
    }
    assertThat(batches).hasSize(1);
  }
}
