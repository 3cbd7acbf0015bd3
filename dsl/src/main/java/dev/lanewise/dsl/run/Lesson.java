package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.lower.InUnit;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.lower.Teaching;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Encoding;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.train.TrainSettings;
import java.util.List;
import java.util.Optional;

/**
 * What a network learns, and from what: the examples as it is shown them, the network and the settings of its training. Numbers to predict are
 * learnt with mean 0 and deviation 1, if the data says so and the loss looks at differences alone; the last step of an output brings it back.
 *
 * @param data whose world is the network's from now on
 */
record Lesson(DataSplit data, Graph graph, TrainSettings settings) {
  /**
   * @param net as it is now: a sweep may have found a better one than was written
   * @param shown the examples, as the network is shown them so far
   * @param teachers other networks that its loss reads
   */
  static Lesson of(CheckedTrain train, CheckedNet net, DataSplit shown, TrainSettings settings, List<Trained> teachers) {
    // What is taught by others is tested without them, and its teachers tell numbers as they are.
    World world = teachers.isEmpty() ? world(net, shown.world(), settings.loss()).trainedBy(train.loss()) : shown.world().withoutUnit().trainedBy("");
    teachers.forEach(t -> check(train, world, t));
    Graph alone = Lowering.graph(net, Optional.of(world)).frozen(train::isFrozen);
    Graph graph = teachers.isEmpty() ? alone : new Teaching(shown.train().fields(), world.normalization()).of(alone, teachers);
    return new Lesson(shown.in(world), graph, settings.with(InUnit.trained(net, world, settings.loss())));
  }

  /** All that its bits depend on, in a word that another process comes to which has the same script and the same examples. */
  String fingerprint() {
    return Digest.of(
        graph.parameters(), graph.nodes().stream().map(n -> n + " " + n.operation()).toList(), settings.seed(), settings.batch(), settings.shuffle(), settings.loss(), settings.optimizer().name(), settings.optimizer().lr(), settings.optimizer().update(), settings.clip(),
        settings.federation(), Fingerprint.of(data),
        data.augmentation() == null);
  }

  /** @throws MistakeException if the outputs of a teacher, or its columns, stand for something else than the student's */
  private static void check(CheckedTrain train, World world, Trained teacher) {
    World other = teacher.world().orElse(world);
    boolean sameClasses = world.classes().isEmpty() || other.classes().isEmpty() || world.classes().equals(other.classes());
    boolean sameColumns = !(world.input() instanceof World.Input.Table(Encoding own, var _)) || !(other.input() instanceof World.Input.Table(Encoding its, var _))
        || own.equals(its);
    if (!sameClasses || !sameColumns) {
      throw new MistakeException(
          Code.L097, train.span(), teacher.net().name() + " has learnt other " + (sameClasses ? "columns" : "classes") + " than " + train.net().name() + " has to learn",
          "train it on " + train.data().name() + " first");
    }
  }

  private static World world(CheckedNet net, World world, Computation loss) {
    boolean places = loss instanceof Objective o && o.losses().stream().flatMap(l -> l.reads().stream()).allMatch(Objective.Read.Output.class::isInstance);
    return loss instanceof Comparison || places ? world.embedding() : InUnit.world(net, world, loss);
  }
}
