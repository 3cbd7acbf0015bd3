package dev.lanewise.dsl.run;

import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.runtime.train.WarmUp;
import java.util.List;
import java.util.Optional;

/** Has kernels compiled before they are needed. */
final class Warming {
  private Warming() {}

  /** While data is read, the kernels of the first training are compiled; those of a network that is typed, while more is typed. */
  static void start(List<Action> actions, boolean typed) {
    Optional<CheckedTrain> training = actions.stream()
        .filter(Action.Train.class::isInstance)
        .map(a -> ((Action.Train) a).train())
        .findFirst();
    if (training.isPresent() && (!training.get().teachers().isEmpty() || training.get().rival().isPresent())) {
      return;
    }
    if (training.isPresent() && actions.stream().anyMatch(Action.DefineData.class::isInstance)) {
      WarmUp.start(Lowering.graph(training.get()), training.get().settings());
    } else if (training.isEmpty() && typed) {
      actions.stream()
          .filter(Action.DefineNet.class::isInstance)
          .map(a -> Lowering.graph(((Action.DefineNet) a).net()))
          .reduce((_, last) -> last)
          .ifPresent(WarmUp::start);
    }
  }
}
