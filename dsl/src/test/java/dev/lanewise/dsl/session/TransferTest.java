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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that begin with parts of others, and parts that training leaves as they are. */
class TransferTest {
  private static final String NETS = """
      block Encoder { dense(6, bias = false) -> batchnorm -> tanh }
      net Auto { input 2; enc: Encoder; dense(2) }
      net Classifier { input 2; enc: Encoder; out: dense(3) }
      data points = spirals(classes = 3, count = 120)
      data same = spirals(classes = 3, count = 120) { target = input }
      train Auto on same { epochs = 2; optimizer = adam(0.01) }
      """;

  private final List<SessionEvent> events = new ArrayList<>();
  private final Session session =
      new Session(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), events::add);

  @TempDir Path folder;

  @AfterEach
  void close() {
    session.close();
  }

  private Outcome run(String script) {
    return session.run(new Source("x.net", script.replace("FILE", folder.resolve("auto").toString())));
  }

  private float[] saved(String net, String parameter) throws IOException {
    Path file = folder.resolve(net);
    assertThat(session.run(new Source("x.net", "save(" + net + ", \"" + file + "\")"))).isEqualTo(Outcome.OK);
    return Safetensors.read(file).tensors().stream().filter(t -> t.name().equals(parameter)).map(Tensor::values).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Auto", "Auto.enc", "\"FILE\""})
  void whatIsCalledAlikeIsTakenOver(String from) throws IOException {
    assertThat(run(NETS + "save(Auto, \"FILE\")\n")).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    float[] out = saved("Classifier", "out.weight");
    assertThat(saved("Classifier", "enc.dense1.weight")).isNotEqualTo(saved("Auto", "enc.dense1.weight"));
    assertThat(run("load(Classifier, from = " + from + ")\n")).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    for (String parameter : List.of("dense1.weight", "batchnorm1.weight", "batchnorm1.bias", "batchnorm1.running_mean")) {
      assertThat(saved("Classifier", "enc." + parameter)).as(parameter).isEqualTo(saved("Auto", "enc." + parameter));
    }
    assertThat(saved("Classifier", "out.weight")).isEqualTo(out);
    assertThat(events.stream().filter(SessionEvent.Adopted.class::isInstance).map(e -> ((SessionEvent.Adopted) e).text())).singleElement()
        .satisfies(text -> assertThat(text).startsWith("Classifier takes enc.dense1, enc.batchnorm1 from ").endsWith("; as before: out"));
  }

  @Test
  void whatIsFrozenStaysAndThawsAgain() throws IOException {
    assertThat(run(NETS)).isEqualTo(Outcome.OK);
    float[] weight = saved("Classifier", "enc.dense1.weight");
    float[] scale = saved("Classifier", "enc.batchnorm1.weight");
    float[] out = saved("Classifier", "out.weight");
    String frozen = "train Classifier on points { epochs = 2; optimizer = OPTIMIZER; clip = norm(1); average = ema(0.5); freeze = [enc] }\n";
    for (String optimizer : List.of("sgd(0.1, momentum = 0.9, decay = 0.1)", "adamw(0.01)", "muon")) {
      assertThat(run(frozen.replace("OPTIMIZER", optimizer))).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
      assertThat(saved("Classifier", "enc.dense1.weight")).as(optimizer).isEqualTo(weight);
      assertThat(saved("Classifier", "enc.batchnorm1.weight")).as(optimizer).isEqualTo(scale);
      assertThat(saved("Classifier", "out.weight")).as(optimizer).isNotEqualTo(out);
    }
    assertThat(run("train Classifier on points { epochs = 1 }\n")).isEqualTo(Outcome.OK);
    assertThat(saved("Classifier", "enc.dense1.weight")).isNotEqualTo(weight);
  }

  /** Each trial is a training of its own, but what is frozen is what the network has learned before: random numbers in its place would be judged. */
  @Test
  void trialsOfASweepFindWhatIsFrozenAsItIs() throws IOException {
    assertThat(run(NETS + "load(Classifier, from = Auto.enc)\n")).isEqualTo(Outcome.OK);
    float[] weight = saved("Classifier", "enc.dense1.weight");
    float[] scale = saved("Classifier", "enc.batchnorm1.weight");
    float[] out = saved("Classifier", "out.weight");
    String sweep = """
        base = train Classifier on points { epochs = 1; average = ema(0.5); freeze = [enc] }
        sweep base { optimizer.lr in [0.1, 0.2]; seed in [7, 8]; resume = "FILE-sweep.safetensors" }
        """;
    assertThat(run(sweep)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(saved("Classifier", "enc.dense1.weight")).isEqualTo(weight);
    assertThat(saved("Classifier", "enc.batchnorm1.weight")).isEqualTo(scale);
    assertThat(saved("Classifier", "out.weight")).isNotEqualTo(out);
    // The results of a network that has learned other things are not these.
    assertThat(run("train Auto on same { epochs = 1; optimizer = adam(0.01) }\nload(Classifier, from = Auto.enc)\n")).isEqualTo(Outcome.OK);
    events.clear();
    assertThat(run(sweep.substring(sweep.indexOf('\n') + 1))).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).singleElement().satisfies(d -> assertThat(d.code()).isEqualTo(Code.L031));
  }

  /** Layers of one name begin alike, so after a single step what is not frozen has moved alike, too. */
  @Test
  void theRestMovesAsIfNothingWereFrozen() throws IOException {
    String script = """
        net Free { input 2; a: dense(4); tanh; b: dense(3) }
        net Frozen { input 2; a: dense(4); tanh; b: dense(3) }
        data points = spirals(classes = 3, count = 120)
        train Free on points { batch = 120; optimizer = sgd(0.1) }
        train Frozen on points { batch = 120; optimizer = sgd(0.1); freeze = a }
        """;
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(saved("Frozen", "b.weight")).isEqualTo(saved("Free", "b.weight"));
    assertThat(saved("Frozen", "a.weight")).isNotEqualTo(saved("Free", "a.weight"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "load(Classifier, from = Wider)|L031|enc.dense1.weight is [6, 2] in Classifier, but [7, 2] in Wider",
    "load(Classifier, from = Auto.out)|L031|no parameter of Classifier has a name that is in Auto.out too",
    "load(Classifier, from = points)|L021|`points` is data, but a network is needed here",
    "load(Classifier, from = \"nowhere\")|L030|the file cannot be read",
    "load(Classifier, to = Auto)|L009|`load` has no argument `to`",
    "base = train Grown on points { freeze = a }; sweep base { Grown.w in [4, 5] }|L016|a sweep cannot change what is frozen: a.weight would have",
    "train Classifier on points { freeze = [encoder] }|L006|Classifier has no layer or block with parameters that is called `encoder`",
    "train Classifier on points { freeze = [enc, out] }|L015|`freeze` leaves nothing to train",
  })
  void mistakesAreTold(String line, Code code, String message) {
    String wider = "net Grown(w = 4) { input 2; a: dense(w); dense(3) }\nblock Wide { dense(7, bias = false) }\nnet Wider { input 2; enc: Wide; dense(2) }\n";
    assertThat(run(NETS + wider + line + "\n")).as(line).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).as(line).filteredOn(Diagnostic::isError).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(code);
      assertThat(d.message()).contains(message);
    });
  }
}
