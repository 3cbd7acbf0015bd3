package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights that others wrote, and what is told of them; what comes of weights that are not numbers. */
class WeightsTest {
  private static final String NET = "net N = input 2 -> fc: dense(2)\ndata d = moons(count = 60) { split.val = 20 }\n";

  private final List<SessionEvent> events = new ArrayList<>();

  @TempDir private Path folder;

  private Outcome run(String script) {
    events.clear();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      return session.run(new Source(folder.resolve("s.net").toString(), NET + script));
    }
  }

  private List<Diagnostic> told() {
    return Diagnosed.in(events);
  }

  private void write(String prefix, float first, String... more) throws IOException {
    List<Tensor> tensors = new ArrayList<>(List.of(
        new Tensor(prefix + "fc.weight", List.of(2, 2), new float[] {first, 2, 3, 4}), new Tensor(prefix + "fc.bias", List.of(2), new float[] {5, 6})));
    for (String name : more) {
      tensors.add(new Tensor(name, List.of(), new float[] {7}));
    }
    Safetensors.write(folder.resolve("m.safetensors"), tensors, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"module.", "_orig_mod.", "model.", "_orig_mod.module.", "whatever.net."})
  void namesInAWrapperAreTakenWithoutIt(String prefix) throws IOException {
    write(prefix, 1, prefix + "bn.num_batches_tracked", "n_averaged");
    assertThat(run("load(N, \"m.safetensors\")\nexpect sum(N.fc.weight) == 10\nexpect sum(N.fc.bias) == 11")).as("%s", told()).isEqualTo(Outcome.OK);
    assertThat(events).contains(new SessionEvent.Read("N (without `" + prefix + "` before each name)", folder.resolve("m.safetensors")));
    assertThat(run("load(N, from = \"m.safetensors\")\nexpect sum(N.fc.bias) == 11")).as("%s", told()).isEqualTo(Outcome.OK);
    assertThat(events).filteredOn(SessionEvent.Adopted.class::isInstance).singleElement()
        .satisfies(e -> assertThat(((SessionEvent.Adopted) e).text()).endsWith("m.safetensors (without `" + prefix + "` before each name)"));
  }

  @Test
  void ownNamesAreTakenAsTheyAre() throws IOException {
    write("", 1);
    assertThat(run("load(N, \"m.safetensors\")")).isEqualTo(Outcome.OK);
    assertThat(events).contains(new SessionEvent.Read("N", folder.resolve("m.safetensors")));
  }

  @Test
  void namesThatDoNotFitEitherWayAreTold() throws IOException {
    write("module.", 1, "module.other.bias");
    assertThat(run("load(N, \"m.safetensors\")")).isEqualTo(Outcome.MISTAKE);
    assertThat(told()).singleElement().satisfies(d ->
        assertThat(d.message()).isEqualTo("the file does not fit: the file has other.bias, but N has no such parameter"));
    write("module.seq.", 1, "module.bias");
    assertThat(run("load(N, \"m.safetensors\")")).isEqualTo(Outcome.MISTAKE);
    assertThat(told()).singleElement().satisfies(d -> assertThat(d.message()).isEqualTo(
        "the file does not fit: the file has no fc.weight, nor has it one without the `module.` that all its names begin with"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"load(N, \"m.safetensors\")", "load(N, from = \"m.safetensors\")"})
  void valuesThatAreNotFiniteAreTold(String load) throws IOException {
    for (float wrong : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      write("", wrong);
      assertThat(run(load)).isEqualTo(Outcome.OK);
      assertThat(told()).singleElement().satisfies(d -> {
        assertThat(d.code()).isEqualTo(Code.L059);
        assertThat(d.isError()).isFalse();
        assertThat(d.message()).isEqualTo("1 of 4 values of fc.weight of N are NaN or infinite");
      });
    }
    write("", 1);
    assertThat(run(load)).isEqualTo(Outcome.OK);
    assertThat(told()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "test(N, d)", "expect test(N, d).accuracy < 1", "s = test(N, d)", "confusion(N, d)", "mistakes(N, d)", "predict(N, d.test.item(0))", "plot(N, d)"
  })
  void outputsOfNaNEndWhatAsksForClasses(String line) throws IOException {
    write("", Float.NaN);
    assertThat(run("load(N, \"m.safetensors\")\n" + line)).isEqualTo(Outcome.MISTAKE);
    assertThat(told()).last().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L089);
      assertThat(d.message()).matches("the outputs of N are NaN for (\\d+) of \\1 examples: 1 of 4 values of fc.weight are NaN or infinite");
      assertThat(d.span().start()).isGreaterThan(NET.length());
    });
  }

  @Test
  void theCauseOfNaNMayLieInALayer() {
    String far = "def root(x) = sqrt(x)\nnet M = input 2 -> dense(2) -> root\n";
    assertThat(run(far + "test(M, d)")).isEqualTo(Outcome.MISTAKE);
    assertThat(told()).last().satisfies(d -> assertThat(d.message())
        .matches("the outputs of M are NaN for \\d+ of \\d+ examples: its parameters and the inputs are finite, so a layer makes them"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x != 3", "x == x", "not (x < 3)", "x < 3 or 1 < 2", "x + 1 != 2 and 1 < 2"})
  void noExpectationOfNaNHolds(String condition) throws IOException {
    write("", Float.NaN);
    assertThat(run("load(N, \"m.safetensors\")\nx = sum(N([1, 2]))\nexpect " + condition)).isEqualTo(Outcome.EXPECTATION_FAILED);
    assertThat(events).filteredOn(SessionEvent.Expected.class::isInstance).singleElement()
        .satisfies(e -> assertThat(((SessionEvent.Expected) e).why()).isEqualTo("NaN is no number: no expectation of it holds"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "load(N, \"m.pt\")", "load(N, from = \"m.pt\")",
  })
  void whatAnotherProgramWroteIsToldWithWhatToDo(String load) throws IOException {
    Files.write(folder.resolve("m.pt"), new byte[] {(byte) 0x80, 2, (byte) 0x8a, 0x0a, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19});
    assertThat(run(load)).isEqualTo(Outcome.MISTAKE);
    assertThat(told()).singleElement().satisfies(d -> {
      assertThat(d.message()).endsWith("m.pt holds a pickle of torch.save, not safetensors");
      assertThat(d.remedy().text()).contains("save_file(model.state_dict(), \"m.safetensors\")");
    });
  }
}
