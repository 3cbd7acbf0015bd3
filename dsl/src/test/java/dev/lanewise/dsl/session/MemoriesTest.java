package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Table;
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
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers with a memory in sessions: they are resumed, frozen, swept, shared and looked at as others are. */
class MemoriesTest {
  private static final String DATA = "data d = moons(count = 60) { split.val = 20 }\n";
  private static final String NET = """
      net N(width = 3, layers = 2, both = true) {
        input 2 -> dense(12) -> reshape(2x6)
        rnn: lstm(width, layers = layers, both = both)
        last -> dense(2)
      }
      """;

  @TempDir private Path folder;

  private final List<SessionEvent> events = new ArrayList<>();

  private String path(String name) {
    return folder.resolve(name).toString().replace('\\', '/');
  }

  private void run(String text) {
    events.clear();
    try (Session session = new Session(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      assertThat(session.run(new Source("x.net", text))).as("%s\n%s", text, events).isEqualTo(Outcome.OK);
    }
  }

  private Map<String, float[]> saved(String name) throws IOException {
    return Safetensors.read(folder.resolve(name)).tensors().stream().collect(Collectors.toMap(Tensor::name, Tensor::values));
  }

  /** By Muon, which asks which matrices are hidden; with an average, and gradients that are clipped. */
  private String trained(int epochs, String resume, String out) {
    return NET + DATA + "train N on d { epochs = %d; batch = 16; optimizer = muon(0.02); average = ema(0.9); clip = norm(1)%s }\nsave(N, \"%s\")\n"
        .formatted(epochs, resume.isEmpty() ? "" : "; resume = \"" + path(resume) + "\"", path(out));
  }

  @Test
  void aRunGoesOnWithTheSameBits() throws IOException {
    run(trained(4, "", "straight.safetensors"));
    run(trained(2, "run", "half.safetensors"));
    run(trained(4, "run", "resumed.safetensors"));
    Map<String, float[]> straight = saved("straight.safetensors");
    assertThat(straight).containsKeys("rnn.weight_ih_l0", "rnn.weight_hh_l1", "rnn.bias_hh_l0_reverse", "rnn.weight_ih_l1_reverse");
    assertThat(saved("half.safetensors").get("rnn.weight_hh_l1")).isNotEqualTo(straight.get("rnn.weight_hh_l1"));
    saved("resumed.safetensors").forEach((name, values) -> assertThat(values).as(name).isEqualTo(straight.get(name)));
  }

  @Test
  void whatIsFrozenStays() throws IOException {
    run(NET + DATA + "save(N, \"%s\")\ntrain N on d { epochs = 2; optimizer = adam(0.05); freeze = [rnn] }\nsave(N, \"%s\")\n".formatted(path("a.safetensors"), path("b.safetensors")));
    Map<String, float[]> before = saved("a.safetensors");
    saved("b.safetensors").forEach((name, values) -> {
      if (name.startsWith("rnn.")) {
        assertThat(values).as(name).isEqualTo(before.get(name));
      } else {
        assertThat(values).as(name).isNotEqualTo(before.get(name));
      }
    });
  }

  @Test
  void itsArgumentsAreSwept() {
    run(NET + DATA + """
        base = train N on d { epochs = 2; batch = 16; optimizer = adam(0.05) }
        sweep base { N.width in [2, 5]; N.layers in [1, 3]; N.both in [true, false]; pick = min(val.loss) }
        test(N, d)
        """);
    assertThat(events.stream().filter(SessionEvent.Trial.class::isInstance)).hasSize(8);
  }

  @Test
  void itIsSharedLoadedAndLookedAt() {
    run("""
        net N { input 3x6; a: gru(3); b: share(@a); lstm(2, reverse = true) -> flatten -> dense(2) }
        net M { input 3x6; a: gru(3) -> flatten -> dense(2) }
        load(M, from = N.a)
        gradcheck(N)
        show(N, plan)
        show(N, passes)
        show(N, memory)
        show(N, kernel = a)
        show(N.a)
        show(N.lstm1.weight_hh_l0)
        gru
        """);
    List<String> code = events.stream()
        .flatMap(e -> e instanceof SessionEvent.Shown(Table t) && t.header().equals(List.of("code")) ? t.rows().stream().map(List::getFirst) : java.util.stream.Stream.empty()).toList();
    assertThat(code).anyMatch(l -> l.startsWith("for each of 6 places:")).anyMatch(l -> l.startsWith("for each of 6 places, the last first:"));
  }

  /** A picture for each gate and state, as the layer writes them; of a layer of one's own as well, and of two layers one above the other. */
  @Test
  void gatesAndStatesAreSeen() {
    run("""
        layer Leaky(n) {
          weight W : [in.features, n] ~ xavier_normal
          state s : [n]
          s = 0.5 * s + tanh(in @ W)
          out = s
        }
        data d = text(length = 12)
        net N = input d.text -> embed(5) -> lstm1: lstm(7, layers = 2) -> gru1: gru(3, reverse = true) -> own: Leaky(4) -> each { dense(d.classes) }
        show(N.lstm1, d.test.item(0))
        show(N.gru1, d.test.item(0))
        show(N.own, d.test.item(0))
        """);
    List<Gallery> shown = events.stream().filter(SessionEvent.Shown.class::isInstance).map(e -> (Gallery) ((SessionEvent.Shown) e).exhibit()).toList();
    List<String> lstm = List.of("sigmoid(f)", "sigmoid(i)", "tanh(g)", "c", "sigmoid(o)", "tanh(c)", "h");
    assertThat(names(shown.get(0))).containsExactlyElementsOf(java.util.stream.Stream.of(lstm, lstm).flatMap(List::stream).toList());
    assertThat(names(shown.get(1))).contains("sigmoid(zi + zh)", "sigmoid(ri + rh)", "h");
    assertThat(names(shown.get(2))).contains("s");
    assertThat(shown.get(0).pictures()).allMatch(p -> p.width() == 12 && p.height() == 7);
    assertThat(shown.get(1).pictures()).allMatch(p -> p.width() == 12 && p.height() == 3);
    // Gates are neither all open nor all shut, and no picture is of one colour.
    assertThat(shown).allSatisfy(g -> assertThat(g.pictures()).allMatch(p -> java.util.Arrays.stream(p.pixels()).distinct().count() > 5));
  }

  private static List<String> names(Gallery gallery) {
    return gallery.pictures().stream().map(p -> p.caption().replaceFirst(",.*", "")).toList();
  }
}
