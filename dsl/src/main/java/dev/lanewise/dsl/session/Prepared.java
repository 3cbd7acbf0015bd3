package dev.lanewise.dsl.session;

import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.glass.Scene;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.run.Workspace;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Checked;
import dev.lanewise.dsl.scope.Formula;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.World;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A script whose definitions have been run.
 *
 * @param first what is defined before its first training
 * @param left all else, in its order
 */
record Prepared(Source source, List<Action> first, List<Action> left) {
  static final Prepared NOTHING = new Prepared(new Source("", ""), List.of(), List.of());

  Prepared {
    first = List.copyOf(first);
    left = List.copyOf(left);
  }

  static Prepared of(Source source, Checked checked) {
    List<Action> all = checked.actions();
    int training = 0;
    while (training < all.size() && !(all.get(training) instanceof Action.Train || all.get(training) instanceof Action.Sweep)) {
      training++;
    }
    // What is looked at in between can wait: no definition needs it.
    List<Action> before = all.subList(0, training);
    Stream<Action> deeds = before.stream().filter(a -> !defines(a));
    return new Prepared(source, before.stream().filter(Prepared::defines).toList(), Stream.concat(deeds, all.subList(training, all.size()).stream()).toList());
  }

  private static boolean defines(Action action) {
    return switch (action) {
      case Action.DefineNet _, Action.DefineData _ -> true;
      case Action.Bind(String _, Formula value) -> value instanceof Formula.Known;
      case Action.Train _, Action.Sweep _, Action.Expect _, Action.Evaluate _ -> false;
    };
  }

  /** The same with other settings of its training. @param rest the training and what follows it */
  Prepared with(Source changed, Checked rest) {
    Stream<Action> before = left.stream().takeWhile(a -> !(a instanceof Action.Train || a instanceof Action.Sweep));
    return new Prepared(changed, first, Stream.concat(before, rest.actions().stream()).toList());
  }

  /** Its first training. */
  Optional<CheckedTrain> training() {
    return left.stream().flatMap(a -> switch (a) {
      case Action.Train(CheckedTrain train) -> Stream.of(train);
      case Action.Sweep(var sweep) -> Stream.of(sweep.run());
      default -> Stream.empty();
    }).findFirst();
  }

  /** The network to look at, as it is now. */
  Optional<Trained> trained(Workspace workspace) {
    return training().map(CheckedTrain::net)
        .or(() -> first.reversed().stream().filter(Action.DefineNet.class::isInstance).map(a -> ((Action.DefineNet) a).net()).findFirst())
        .map(workspace::trained);
  }

  Optional<Scene> scene(Workspace workspace) {
    Optional<CheckedTrain> training = training();
    return trained(workspace).map(t -> new Scene(t, training.flatMap(r -> shown(workspace, r)), training.map(CheckedTrain::tested)));
  }

  private static Optional<DataSplit> shown(Workspace workspace, CheckedTrain train) {
    try {
      return workspace.loaded(train.data()).isEmpty() ? Optional.empty() : Optional.of(workspace.seen(train.net(), train.data()));
    } catch (World.StrangeException | MistakeException none) {
      return Optional.empty();
    }
  }
}
