package dev.lanewise.dsl.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.GradientCheck;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.PassedGraphs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * However gradients are computed, they are those of the network: by other kernels, in parts, in another order, in double, behind each pass
 * of the compiler. {@code -Dlanewise.seed=} repeats a network, {@code -Dlanewise.networks=} tries more.
 */
class MeaningLawTest {
  @Test
  void kernelsAreTheFormulas() {
    Seeds.all("kernels", 20, Wish.ALL, trial -> {
      Gradients vector = Gradients.of(trial);
      Gradients scalar = Gradients.of(trial, Gradients.Way.plain(trial).with(KernelSet.SCALAR));
      assertThat(vector.loss()).isCloseTo(scalar.loss(), within(1e-5 * (1 + Math.abs(scalar.loss()))));
      new Rounding(trial, Gradients.Way.plain(trial)).check("gradient", scalar, vector);
    });
  }

  @Test
  void batchesAddUp() {
    Seeds.all("batches", 20, Wish.ALONE, trial -> {
      Gradients whole = Gradients.of(trial);
      int batch = new Pick(trial.script().seed() ^ 3).whole(1, trial.script().examples().size());
      Gradients parts = Gradients.of(trial, Gradients.Way.plain(trial).withBatch(batch));
      new Rounding(trial, Gradients.Way.plain(trial)).check("gradient of batches of " + batch, whole, parts);
    });
  }

  /**
   * The same by training: one step of several batches, the last one smaller, is a step of one. It is a long step, so that the rounding of
   * parameters is nothing beside it.
   */
  @Test
  void accumulatedBatchesAreOneStep() {
    Seeds.all("accumulate", 12, Wish.ALONE, trial -> {
      int count = trial.script().examples().size();
      int batch = new Pick(trial.script().seed() ^ 4).whole(1, count);
      RandomScript plain = trial.script().without("schedule").without("average").without("clip").with("epochs", "1").with("optimizer", "sgd(1000)");
      Trial once = Trial.of(plain.with("batch", "" + count).without("accumulate"));
      Trial parts = Trial.of(plain.with("batch", "" + batch).with("accumulate", "" + (count + batch - 1) / batch));
      new Rounding(trial, Gradients.Way.plain(trial)).check("a step of batches of " + batch, once.step(), parts.step());
    });
  }

  @Test
  void theOrderOfABatchDoesNotMatter() {
    Seeds.all("order", 20, Wish.FIXED, trial -> {
      int count = trial.script().examples().size();
      List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
      Collections.shuffle(order, new Random(trial.script().seed()));
      Gradients other = Gradients.of(trial, Gradients.Way.plain(trial).withOrder(order.stream().mapToInt(i -> i).toArray()));
      Gradients plain = Gradients.of(trial);
      new Rounding(trial, Gradients.Way.plain(trial)).check("gradient", plain, other);
    });
  }

  @Test
  void kernelsComputeWhatTheGraphMeans() {
    Seeds.all("double", 20, Wish.FIXED, trial -> {
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
      if (trial.script().network().met().contains("maxpool")) {
        // Where a padded border is the same everywhere, each of its values is the largest.
        return;
      }
      for (GradientCheck.Compared c : GradientCheck.of(trial.graph(), trial.loss(), trial.script().seed())) {
        assertThat(c.error()).as("%s", c).isLessThan(1e-3);
      }
    });
  }

  @Test
  void passesOfTheCompilerKeepTheMeaning() {
    Seeds.all("passes", 15, Wish.ALL, trial -> {
      PassedGraphs passes = PassedGraphs.of(trial.graph(), trial.loss());
      int[] order = IntStream.range(0, Math.min(8, trial.script().examples().size())).toArray();
      Exact first = null;
      for (var pass : passes.after().entrySet()) {
        Exact now = Exact.of(pass.getValue(), passes.source(), trial.loss(), trial.model().tensors(), trial.script().examples(), order);
        first = first == null ? now : first;
        for (int i = 0; i < order.length; i++) {
          assertThat(now.losses()[i]).as("loss after %s", pass.getKey())
              .isCloseTo(first.losses()[i], within(1e-9 * (1 + Math.abs(first.losses()[i]))));
        }
        for (String name : first.gradients().keySet()) {
          double[] expected = first.gradients().get(name);
          for (int i = 0; i < expected.length; i++) {
            assertThat(now.gradients().get(name)[i]).as("gradient of %s after %s", name, pass.getKey())
                .isCloseTo(expected[i], within(1e-9 * (1 + Math.abs(expected[i]))));
          }
        }
      }
    });
  }
}
