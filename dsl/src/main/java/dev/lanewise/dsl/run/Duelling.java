package dev.lanewise.dsl.run;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Noised;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.train.Duel;
import java.util.Optional;

/** The beginning of a training of two networks against each other: what their numbers mean from now on. */
final class Duelling {
  private Duelling() {}

  /** @param data as the critic is shown it: the generator learns to make such examples, in that scale */
  static Duel begin(CheckedTrain train, CheckedTrain.Rival rival, DataSplit data, Workspace workspace, long seed) {
    LoneExamples.check(train, train.net(), data.train().size());
    LoneExamples.check(train, rival.net(), data.train().size());
    Changed.check(train, data.train().size());
    World shown = data.world();
    World.Output made = new World.Output.Examples(shown.normalization());
    Trained generator = known(workspace, train.net(), seed, new World(new World.Input.Numbers(), Normalization.none(train.net().input()), made));
    Trained critic = known(workspace, rival.net(), seed, shown.embedding());
    return new Duel(
        generator.model(), critic.model(), rival.loss(), train.settings().withSeed(seed), rival.optimizer(), rival.steps(), Noised.Source.NORMAL);
  }

  private static Trained known(Workspace workspace, CheckedNet net, long seed, World world) {
    workspace.model(net, seed);
    return workspace.take(net, Optional.of(world), Optional.empty());
  }
}
