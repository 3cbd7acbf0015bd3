package dev.lanewise.dsl.verb.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Piece;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.exhibit.Worked;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a network's numbers is what it computes, and a step by hand is the first of a training. */
class TraceTest {
  private static final String SMALL = "net N = input 2 -> dense(3) -> batchnorm -> tanh -> dense(2)\ndata d = moons(count = 60)\n";

  @TempDir private Path folder;

  private List<Walked> run(String text) {
    List<SessionEvent> events = new ArrayList<>();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      assertThat(session.run(new Source("x.net", text))).as("%s", events).isEqualTo(Outcome.OK);
    }
    return events.stream().flatMap(e -> e instanceof SessionEvent.Shown(Walked w) ? java.util.stream.Stream.of(w) : java.util.stream.Stream.empty()).toList();
  }

  private static double sum(Worked worked) {
    return worked.addends().stream().mapToDouble(Worked.Addend::value).sum() + worked.rest();
  }

  @Test
  void sumsComeToTheirNumbersAndKernelsComputeTheSame() {
    String text = "net N = input 1x8x8 -> conv(3, 3) -> relu -> maxpool(2) -> flatten -> dense(4)\nnet Flat = input 2 -> dense(64) -> reshape(1x8x8) -> conv(3, 3) -> flatten -> dense(2)\n"
        + "data d = moons(count = 40)\ntrain Flat on d { epochs = 1 }\n";
    List<Walked> walked = run(text + "trace(Flat.conv1, d.test.item(2), at = [2, 5, 0])\ntrace(Flat.dense2, d.test.item(2), at = [1])\nbackward(Flat.conv1.weight, d.test.item(2), at = [1, 0, 2, 1])\n");
    for (Walked w : walked) {
      Worked told = w.worked().getFirst();
      assertThat(sum(told)).isCloseTo(told.of().value(), within(1e-9 * (1 + Math.abs(told.of().value()))));
      told.engine().ifPresent(e -> assertThat(e).isCloseTo(told.of().value(), within(1e-4)));
    }
    assertThat(walked.get(0).worked().getFirst().engine()).isPresent();
    // 108 numbers reach it: of those that count most first, the rest as one.
    Worked dense = walked.get(1).worked().getFirst();
    assertThat(dense.addends()).hasSize(11);
    assertThat(dense.left()).isEqualTo(3 * 36 + 1 - 11);
    assertThat(dense.addends()).isSortedAccordingTo((a, b) -> Double.compare(Math.abs(b.value()), Math.abs(a.value())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd(0.1)", "sgd(0.1, momentum = 0.9, nesterov = true)", "adam(0.01)", "adamw(0.01)", "rmsprop(0.01)", "adagrad(0.1)", "adadelta(1)", "lion(0.01)", "muon(0.02)"})
  void aStepIsTheFirstOfATraining(String optimizer) throws IOException {
    String file = folder.resolve("after.safetensors").toString().replace('\\', '/');
    List<Walked> walked = run(SMALL + "step(N, d.train.batch(0, size = 60), " + optimizer + ")\n"
        + "train N on d { epochs = 1; batch = 60; shuffle = false; optimizer = " + optimizer + " }\nsave(N, \"" + file + "\")\n");
    List<Tensor> after = Safetensors.read(folder.resolve("after.safetensors")).tensors();
    for (Walked.Row row : walked.getFirst().rows()) {
      float[] trained = after.stream().filter(t -> t.name().equals(row.name())).findFirst().orElseThrow().values();
      for (Worked w : row.worked()) {
        assertThat((float) w.of().value()).as("%s after %s", w.of().symbol(), optimizer).isEqualTo(trained[w.of().at().size() == 1 ? w.of().at().getFirst() : w.of().at().getFirst() * (trained.length / rows(row)) + w.of().at().getLast()]);
      }
    }
    assertThat(walked.getFirst().rows()).anyMatch(r -> !r.worked().isEmpty());
  }

  private static int rows(Walked.Row row) {
    return Integer.parseInt(row.shape().split("x")[0]);
  }

  @Test
  void nothingIsChanged() throws IOException {
    String before = folder.resolve("before.safetensors").toString().replace('\\', '/'), after = folder.resolve("after.safetensors").toString().replace('\\', '/');
    run(SMALL + "train N on d { epochs = 1 }\nsave(N, \"" + before + "\")\ntrace(N, d.test.item(0))\nbackward(N, d.test.item(0))\nstep(N, d.train.batch(0), sgd(1))\nsave(N, \"" + after + "\")\n");
    List<Tensor> left = Safetensors.read(folder.resolve("before.safetensors")).tensors(), right = Safetensors.read(folder.resolve("after.safetensors")).tensors();
    for (int i = 0; i < left.size(); i++) {
      assertThat(right.get(i).values()).as(left.get(i).name()).isEqualTo(left.get(i).values());
    }
  }

  /** Of one output the whole chain is one product, each factor told below it. */
  @Test
  void aSingleWayIsAProduct() {
    List<Walked> walked = run("net N = input 1 -> dense(1) -> tanh -> dense(1)\ndata d = sine()\ntrain N on d { epochs = 1 }\nbackward(N.dense1.weight, d.test.item(3), at = [0, 0])\n");
    Worked told = walked.getFirst().worked().getFirst();
    List<Double> factors = told.addends().getFirst().pieces().stream().filter(Piece.Number.class::isInstance).map(p -> ((Piece.Number) p).value()).toList();
    assertThat(factors).hasSize(4);
    assertThat(factors.stream().reduce(1.0, (a, b) -> a * b)).isCloseTo(told.of().value(), within(1e-12));
    assertThat(told.where()).hasSize(4);
  }
}
