package dev.lanewise.dsl.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.check.CheckedNet;
import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.GradientCheck;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.PassedGraphs;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What must not change. Each law is tried with random networks, other ones in every run; {@code -Dlanewise.seed=} repeats one, and
 * {@code -Dlanewise.networks=} tries more.
 */
class LawsTest {
  /** Parts that are frozen are left out; all else learns as if they were not. */
  @Test
  void freezingChangesNoOtherGradient() {
    Seeds.all("freeze", 60, Wish.ALL, trial -> {
      List<String> parts = someParts(trial);
      if (parts.isEmpty()) {
        return;
      }
      RandomScript script = Known.EMA_OF_FROZEN.avoided() ? trial.script().without("average") : trial.script();
      Trial frozen = Trial.of(script.with("freeze", parts.toString()));
      Gradients all = Gradients.of(trial);
      Gradients others = Gradients.of(frozen);
      assertThat(others.loss()).as("loss, freeze = %s", parts).isEqualTo(all.loss());
      assertThat(others.of().keySet()).noneMatch(p -> parts.stream().anyMatch(f -> CheckedNet.isIn(f, p)));
      Same.bits("gradient, freeze = " + parts, others.of(), all.of());
      Map<String, float[]> moved = new LinkedHashMap<>(others.buffers());
      moved.keySet().retainAll(all.buffers().keySet());
      Same.bits("running means, freeze = " + parts, moved, all.buffers());
      Map<String, float[]> still = trained(frozen, 1);
      Map<String, float[]> first = Gradients.values(frozen.model());
      first.keySet().removeIf(p -> parts.stream().noneMatch(f -> CheckedNet.isIn(f, p)) || p.contains(".running_"));
      Same.bits("what is frozen stays, freeze = " + parts, first, still);
    });
  }

  /** Some layers or blocks with parameters, but not all. */
  static List<String> someParts(Trial trial) {
    Pick pick = new Pick(trial.script().seed() ^ 77);
    List<String> parts = new ArrayList<>();
    for (String p : trial.net().parameterShapes().keySet()) {
      String layer = p.substring(0, p.lastIndexOf('.'));
      parts.add(layer);
      for (int dot = layer.indexOf('.'); dot > 0; dot = layer.indexOf('.', dot + 1)) {
        parts.add(layer.substring(0, dot));
      }
    }
    List<String> all = List.copyOf(new TreeSet<>(parts));
    List<String> some = all.stream().filter(_ -> pick.chance(0.4)).toList();
    boolean left = trial.graph().trainable().stream().anyMatch(p -> some.stream().noneMatch(f -> CheckedNet.isIn(f, p.name())));
    return left ? some : List.of();
  }

  private static Map<String, float[]> trained(Trial trial, int threads) {
    return trained(trial, threads, KernelSet.VECTOR);
  }

  private static Map<String, float[]> trained(Trial trial, int threads, KernelSet kernels) {
    Model model = trial.model();
    try (Engine engine = new Engine(threads, kernels)) {
      engine.train(model, trial.data(), trial.settings(), Listener.NONE, () -> false);
    }
    return Gradients.values(model);
  }

  @Test
  void aHeadThatCountsNothingChangesNothing() {
    Seeds.all("head", 40, Wish.ALL.withoutHeads(), trial -> {
      if (trial.script().calls().loss().name().equals("triplet")) {
        return;
      }
      Trial more;
      try {
        more = Trial.of(trial.script().withHead(trial.script().seed() ^ 5));
      } catch (IllegalStateException e) {
        return;
      }
      Gradients before = Gradients.of(trial);
      List<dev.lanewise.runtime.file.Tensor> values = new ArrayList<>(more.model().tensors());
      Gradients after = Gradients.of(more.graph(), more.loss(), values, more.script().examples(), Gradients.Way.plain(trial));
      assertThat(after.loss()).as("loss with a head\n%s", more.script().text()).isEqualTo(before.loss());
      Same.bits("gradient with a head\n" + more.script().text(), before.of(), after.of());
      after.of().forEach((name, g) -> {
        for (int i = 0; i < g.length && !before.of().containsKey(name); i++) {
          assertThat(g[i]).as(name).isZero();
        }
      });
    });
  }

  @Test
  void threadsDoNotChangeABit() {
    Seeds.all("threads", 40, Wish.ALL, trial -> {
      Map<String, float[]> one = trained(trial, 1);
      Same.bits("three threads", one, trained(trial, 3));
      Same.bits("the same once more", one, trained(trial, 1));
    });
  }

  @Test
  void kernelsAreTheFormulas() {
    Seeds.all("kernels", 40, Wish.ALL, trial -> {
      Gradients vector = Gradients.of(trial);
      Gradients scalar = Gradients.of(trial, Gradients.Way.plain(trial).with(KernelSet.SCALAR));
      assertThat(vector.loss()).isCloseTo(scalar.loss(), org.assertj.core.api.Assertions.within(1e-5 * (1 + Math.abs(scalar.loss()))));
      new Rounding(trial, Gradients.Way.plain(trial)).check("gradient", scalar, vector);
    });
  }

  @Test
  void batchesAddUp() {
    Seeds.all("batches", 40, Wish.ALONE, trial -> {
      Gradients whole = Gradients.of(trial);
      int batch = new Pick(trial.script().seed() ^ 3).whole(1, trial.script().examples().size());
      Gradients parts = Gradients.of(trial, Gradients.Way.plain(trial).withBatch(batch));
      new Rounding(trial, Gradients.Way.plain(trial)).check("gradient of batches of " + batch, whole, parts);
    });
  }

  @Test
  void theOrderOfABatchDoesNotMatter() {
    Seeds.all("order", 40, Wish.FIXED, trial -> {
      int count = trial.script().examples().size();
      List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
      java.util.Collections.shuffle(order, new java.util.Random(trial.script().seed()));
      Gradients other = Gradients.of(trial, Gradients.Way.plain(trial).withOrder(order.stream().mapToInt(i -> i).toArray()));
      Gradients plain = Gradients.of(trial);
      new Rounding(trial, Gradients.Way.plain(trial)).check("gradient", plain, other);
    });
  }

  @Test
  void namesDoNotMatter() {
    Seeds.all("names", 40, Wish.FIXED, trial -> {
      String text = trial.script().text().replaceAll("\\b([vBhf])(\\d+)\\b", "renamed_$1$2").replaceAll("\\bnet N\\b", "net Other")
          .replaceAll("\\btrain N\\b", "train Other").replaceAll("\\b(Linear|Gate|Scale|Channels|centered|attended)\\b", "my$1");
      Trial renamed = Trial.of(trial.script(), text);
      Gradients plain = Gradients.of(trial);
      Gradients other = Gradients.of(
          renamed.graph(), renamed.loss(), Gradients.renamed(trial.model().tensors(), renamed.graph()), trial.script().examples(),
          Gradients.Way.plain(trial));
      assertThat(other.loss()).isEqualTo(plain.loss());
      List<float[]> a = List.copyOf(plain.of().values());
      List<float[]> b = List.copyOf(other.of().values());
      for (int i = 0; i < a.size(); i++) {
        Same.bits("gradient " + i, Map.of("it", a.get(i)), Map.of("it", b.get(i)));
      }
    });
  }

  @Test
  void kernelsComputeWhatTheGraphMeans() {
    Seeds.all("double", 40, Wish.FIXED, trial -> {
      LossGraph training = Differentiation.of(trial.graph(), trial.loss());
      int[] order = Gradients.Way.plain(trial).order();
      Exact exact = Exact.of(training.graph(), training, trial.loss(), trial.model().tensors(), trial.script().examples(), order);
      Gradients vector = Gradients.of(trial);
      new Rounding(trial, Gradients.Way.plain(trial)).check("gradient", exact.gradients(), Same.doubles(vector.of()));
    });
  }

  @Test
  void gradientsAreDifferenceQuotients() {
    Seeds.all("quotients", 6, Wish.FIXED, trial -> {
      for (GradientCheck.Compared c : GradientCheck.of(trial.graph(), trial.loss(), trial.script().seed())) {
        assertThat(c.error()).as("%s", c).isLessThan(1e-3);
      }
    });
  }

  @Test
  void passesOfTheCompilerKeepTheMeaning() {
    Seeds.all("passes", 25, Wish.ALL, trial -> {
      PassedGraphs passes = PassedGraphs.of(trial.graph(), trial.loss());
      int[] order = IntStream.range(0, Math.min(8, trial.script().examples().size())).toArray();
      Exact first = null;
      for (var pass : passes.after().entrySet()) {
        Exact now = Exact.of(pass.getValue(), passes.source(), trial.loss(), trial.model().tensors(), trial.script().examples(), order);
        first = first == null ? now : first;
        for (int i = 0; i < order.length; i++) {
          assertThat(now.losses()[i]).as("loss after %s", pass.getKey()).isCloseTo(first.losses()[i], org.assertj.core.api.Assertions.within(1e-9 * (1 + Math.abs(first.losses()[i]))));
        }
        for (String name : first.gradients().keySet()) {
          double[] expected = first.gradients().get(name);
          for (int i = 0; i < expected.length; i++) {
            assertThat(now.gradients().get(name)[i]).as("gradient of %s after %s", name, pass.getKey())
                .isCloseTo(expected[i], org.assertj.core.api.Assertions.within(1e-9 * (1 + Math.abs(expected[i]))));
          }
        }
      }
    });
  }
}
