package dev.lanewise.dsl.run;

import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.layer.Triplet;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.score.Differences;
import dev.lanewise.runtime.train.TrainSettings;

/**
 * What a network learns, and from what: the examples as it is shown them, the network and the settings of its training. Numbers to predict are
 * learnt with mean 0 and deviation 1, if the data says so and the loss looks at differences alone; the network's last step brings its output
 * back.
 *
 * @param data whose world is the network's from now on
 */
record Lesson(DataSplit data, Graph graph, TrainSettings settings) {
  /**
   * @param net as it is now: a sweep may have found a better one than was written
   * @param shown the examples, as the network is shown them so far
   */
  static Lesson of(CheckedTrain train, CheckedNet net, DataSplit shown, TrainSettings settings) {
    World world = world(shown.world(), settings.loss()).trainedBy(train.loss());
    Graph graph = Lowering.graph(net, world.unit()).frozen(train::isFrozen);
    Computation loss = world.unit().isEmpty() ? settings.loss() : Objective.inUnit(Lowering.unit(net), settings.loss());
    return new Lesson(shown.in(world), graph, settings.with(loss));
  }

  private static World world(World world, Computation loss) {
    if (loss instanceof Triplet) {
      return world.embedding();
    }
    boolean several = loss instanceof Objective o && o.told() == Objective.SUM;
    return world.unit().isPresent() && (several || !Differences.areAllThatCounts(loss)) ? world.withoutUnit() : world;
  }
}
