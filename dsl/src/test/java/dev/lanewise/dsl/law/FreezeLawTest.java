package dev.lanewise.dsl.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.meaning.CheckedNet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Parts that are frozen stay as they are, and all else learns as if nothing were frozen: by the same bits where the sums are the same. They
 * are others where a convolution is frozen whose gradients come from the winners of a pooling: what it hands back is then summed up by
 * another kernel. {@code -Dlanewise.seed=} repeats a network,
 * {@code -Dlanewise.networks=} tries more.
 */
class FreezeLawTest {
  /** Parts that are frozen are left out; all else learns as if they were not. */
  @Test
  void freezingChangesNoOtherGradient() {
    Seeds.all("freeze", 30, Wish.ALL, trial -> {
      List<String> parts = trial.someParts();
      if (parts.isEmpty()) {
        return;
      }
      Trial frozen = Trial.of(trial.script().with("freeze", parts.toString()));
      Gradients all = Gradients.of(trial);
      Gradients others = Gradients.of(frozen);
      assertThat(others.loss()).as("loss, freeze = %s", parts).isEqualTo(all.loss());
      assertThat(others.of().keySet()).noneMatch(p -> parts.stream().anyMatch(f -> CheckedNet.isIn(f, p)));
      if (trial.hasWinners(parts)) {
        Map<String, double[]> compared = Same.doubles(all.of());
        compared.keySet().retainAll(others.of().keySet());
        new Rounding(frozen, Gradients.Way.plain(frozen)).check("gradient, freeze = " + parts, compared, Same.doubles(others.of()));
      } else {
        Same.bits("gradient, freeze = " + parts, all.of(), others.of());
      }
      Map<String, float[]> moved = new LinkedHashMap<>(others.buffers());
      moved.keySet().retainAll(all.buffers().keySet());
      Same.bits("running means, freeze = " + parts, moved, all.buffers());
      Map<String, float[]> still = frozen.trained(1);
      Map<String, float[]> first = Gradients.values(frozen.model());
      first.keySet().removeIf(p -> parts.stream().noneMatch(f -> CheckedNet.isIn(f, p)) || p.contains(".running_"));
      Same.bits("what is frozen stays, freeze = " + parts, first, still);
    });
  }

  /** One step of the optimiser moves what is trained as if all were, by the same bits; unless gradients are limited by their common size. */
  @Test
  void freezingChangesNoOtherStep() {
    Seeds.all("freeze, a step", 25, Wish.ALL, trial -> {
      List<String> parts = trial.someParts();
      if (parts.isEmpty() || trial.hasWinners(parts) || trial.script().training().clip().equals("norm")) {
        return;
      }
      RandomScript once = trial.script().with("epochs", "1").with("batch", "100").without("accumulate");
      Trial frozen = Trial.of(once.with("freeze", parts.toString()));
      Map<String, float[]> others = frozen.trained(1);
      others.keySet().removeIf(frozen.train()::isFrozen);
      Same.bits("parameters after a step, freeze = " + parts, Trial.of(once).trained(1), others);
    });
  }
}
