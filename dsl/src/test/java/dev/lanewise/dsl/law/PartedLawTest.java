package dev.lanewise.dsl.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.runtime.differentiate.GradientCheck;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What plays no part where examples have parts: threads, kernels, the order in which parts and losses are written, the order of a batch,
 * how it is cut. {@code -Dlanewise.seed=} repeats a script, {@code -Dlanewise.networks=} tries more.
 */
class PartedLawTest {
  /** Sums of float32 in another order; the networks are shallow, and none has a normalisation that could enlarge it. */
  private static final double ROUNDING = 2e-4;
  private static final int PERTURBED = 3;

  @TempDir Path folder;

  /** What is compared, of a script that is right; what fails names its seed and its script. */
  private interface Law {
    void check(PartedScript script) throws IOException;
  }

  private static void each(String law, int usual, Predicate<PartedScript> fits, Law check) throws IOException {
    System.out.println(law + ": " + Seeds.count(usual) + " networks from seed " + Seeds.first());
    int tried = 0;
    for (long seed = Seeds.first(); tried < Seeds.count(usual) && seed < Seeds.first() + 20L * Seeds.count(usual); seed++) {
      PartedScript script = PartedScript.draw(seed);
      if (fits.test(script)) {
        tried++;
        try {
          check.check(script);
        } catch (RuntimeException | Error e) {
          throw new AssertionError("-Dlanewise.seed=" + seed + ":\n" + script.text() + e.getMessage(), e);
        }
      }
    }
  }

  private Map<String, float[]> trained(PartedScript script, int threads) throws IOException {
    return Parted.trained(script, folder, threads, KernelSet.VECTOR);
  }

  /** Nearly the same; a larger difference is held against what the last bits of the examples do, as in {@link Rounding}: some gradients are what is left of much that cancels. */
  private void near(PartedScript step, Map<String, float[]> expected, Map<String, float[]> actual) throws IOException {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    Same.Difference most = difference(expected, actual);
    if (!(most.error() < ROUNDING)) {
      double natural = 0;
      Map<String, float[]> plain = trained(step, 1);
      for (int i = 0; i < PERTURBED; i++) {
        natural = Math.max(natural, difference(plain, trained(step.perturbed(i + 1), 1)).error());
      }
      assertThat(most.error()).as("%s; last bits of the examples make %.2g", most, natural).isLessThan(Rounding.TIMES * natural);
    }
  }

  private static Same.Difference difference(Map<String, float[]> expected, Map<String, float[]> actual) {
    return Same.most(Same.doubles(expected), Same.doubles(actual)).orElseThrow();
  }

  /** One step of all examples, so long that the rounding of parameters is nothing beside it. */
  private static PartedScript step(PartedScript script, int batch) {
    int steps = (script.count() + batch - 1) / batch;
    return script.with(
        Map.of("epochs", "1", "batch", "" + batch, "accumulate", "" + steps, "shuffle", "false", "optimizer", "sgd(1000)"));
  }

  @Test
  void threadsDoNotChangeABit() throws IOException {
    each("parts, threads", 12, s -> true, s -> Same.bits("three threads", trained(s, 1), trained(s, 3)));
  }

  @Test
  void theOrderInWhichPartsAndLossesAreWrittenDoesNotMatter() throws IOException {
    each("parts, order of parts", 12, s -> true, s -> near(step(s, s.count()), trained(step(s, s.count()), 1), trained(step(s, s.count()).turned(), 1)));
  }

  @Test
  void kernelsAreTheFormulas() throws IOException {
    each("parts, kernels", 10, s -> s.before().isEmpty(), s -> {
      PartedScript step = step(s, s.count());
      near(step, Parted.trained(step, folder, 1, KernelSet.SCALAR), trained(step, 1));
    });
  }

  @Test
  void theOrderOfABatchDoesNotMatter() throws IOException {
    each("parts, order of a batch", 10, s -> s.before().isEmpty() && !s.isRandom(), s -> {
      PartedScript step = step(s, s.count());
      List<Integer> order = new ArrayList<>(IntStream.range(0, s.count()).boxed().toList());
      Collections.shuffle(order, new Random(s.seed()));
      near(step, trained(step, 1), trained(step.ordered(order.stream().mapToInt(i -> i).toArray()), 1));
    });
  }

  @Test
  void accumulatedBatchesAreOneStep() throws IOException {
    each("parts, accumulate", 10, s -> s.before().isEmpty() && !s.isAcross() && !s.isRandom(), s -> {
      int batch = new Pick(s.seed() ^ 4).whole(1, s.count());
      near(step(s, s.count()), trained(step(s, s.count()), 1), trained(step(s, batch), 1));
    });
  }

  @Test
  void gradientsAreDifferenceQuotients() throws IOException {
    each("parts, quotients", 6, s -> s.before().isEmpty(), s -> {
      CheckedTrain train = Parted.checked(s, folder);
      for (GradientCheck.Compared c : GradientCheck.of(Lowering.graph(train), train.settings().loss(), s.seed())) {
        assertThat(c.error()).as("%s", c).isLessThan(1e-3);
      }
    });
  }

  /** Two networks that are trained against each other, with and without being told what to make. */
  private static String duel(long seed) {
    Pick pick = new Pick(seed);
    int numbers = pick.whole(1, 6);
    int width = pick.whole(2, 20);
    boolean told = pick.chance(0.5);
    String told1 = told ? "  class: input 1 of 2\n  @class -> kind: embed(%d)\n".formatted(pick.whole(1, 3)) : "";
    String join = told ? " -> concat(@kind)" : "";
    String drop = pick.chance(0.5) ? " -> dropout(0.3)" : "";
    int batch = pick.whole(6, 20);
    String norm = pick.chance(0.5) ? " -> batchnorm" : "";
    return ("# seed " + seed + "\nnet G {\n  x: input " + numbers + "\n" + told1 + "  @x" + join + " -> dense(" + width + ")" + norm + " -> tanh -> dense(2)\n}\n"
        + "net D {\n  x: input 2\n" + told1 + "  @x" + join + " -> dense(" + width + ") -> leaky_relu" + drop + " -> dense(1)\n}\n"
        + "data points = moons(count = " + batch * pick.whole(3, 6) + ")\ntrain G against D on points {\n  epochs = 2\n  batch = " + batch
        + "\n  optimizer = " + TrainRules.drawn(pick, TrainRules.OPTIMIZERS).text()
        + "\n  critic { optimizer = " + TrainRules.drawn(pick, TrainRules.OPTIMIZERS).text() + "; steps = " + pick.whole(1, 2) + " }\n}\n");
  }

  @Test
  void threadsDoNotChangeABitOfNetworksAgainstEachOther() throws IOException {
    for (long seed = Seeds.first(); seed < Seeds.first() + Seeds.count(6); seed++) {
      String script = duel(seed);
      for (String net : List.of("G", "D")) {
        Map<String, float[]> one = Parted.trained(script, net, folder, 1, KernelSet.VECTOR);
        Same.bits("three threads: " + net + "\n" + script, one, Parted.trained(script, net, folder, 3, KernelSet.VECTOR));
      }
    }
  }
}
