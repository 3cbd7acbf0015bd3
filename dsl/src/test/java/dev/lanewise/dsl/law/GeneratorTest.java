package dev.lanewise.dsl.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Prelude;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.layer.Losses;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedules;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The generator of random networks knows all that there is, and uses it. */
class GeneratorTest {
  private static final int MOST = 20_000;

  private static Set<String> all() {
    Set<String> all = new TreeSet<>();
    Layers.all().stream().map(Layer::name).forEach(all::add);
    Losses.all().stream().map(Layer::name).forEach(all::add);
    Optimizers.all().forEach(o -> all.add(o.signature().name()));
    Schedules.all().forEach(s -> all.add(s.signature().name()));
    for (Statement s : ScriptParser.parse(new Source("prelude.net", Prelude.text())).script().statements()) {
      // Blocks are made of what has rules.
      if (!(s instanceof Statement.Block)) {
        all.add(s.binds().orElseThrow().text());
      }
    }
    all.removeAll(FunctionRules.PARTS);
    // It compares the examples of a batch, which no law of single examples holds for, and needs what changes them: see TwoViewsTest.
    all.remove("contrastive");
    return all;
  }

  @Test
  void everythingHasARule() {
    Set<String> without = all();
    without.removeAll(LayerRules.ALL.keySet());
    without.removeAll(FunctionRules.ALL.keySet());
    without.removeAll(RandomMemory.OF_PRELUDE);
    without.removeAll(LossRules.ALL.keySet());
    without.removeAll(TrainRules.OPTIMIZERS.keySet());
    without.removeAll(TrainRules.SCHEDULES.keySet());
    assertThat(without)
        .as("without a rule, so no law is tried with it: add one to LayerRules, FunctionRules, LossRules or TrainRules, and to random_networks.py")
        .isEmpty();
  }

  @Test
  void everythingIsUsedAndTheCheckerTakesIt() {
    Set<String> missing = all();
    Layers.all().stream().filter(Layer::takesWhole).map(Layer::name).forEach(missing::remove);
    missing.addAll(Set.of("add", "mul", "concat", "dot", "gap", "share", "each", "block", "head", "repeat", "if"));
    // The checker is asked about the first ones, and about each that has something new: the rarest, rnn, comes once in 80.
    for (long i = 0; i < 300 || !missing.isEmpty() && i < MOST; i++) {
      RandomScript script = RandomScript.draw(Seeds.first() + i, Wish.ALL);
      if (missing.removeAll(script.network().met()) || i < 300) {
        Seeds.each(script, Trial::of);
      }
    }
    assertThat(missing).as("never used in %d networks from seed %d on", MOST, Seeds.first()).isEmpty();
  }
}
