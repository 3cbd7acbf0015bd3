package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.Company;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Scores;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.plan.Preparation;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Threshold;

/**
 * What takes the batches of a training through its network: the same wherever they, or shards of them, are computed.
 *
 * @param shown the examples to train on, as the network is shown them
 */
record Batches(BatchRunner runner, Dataset shown) {
  /**
   * @param size of a batch, at most @param ofOptimizer floats that an optimiser will take besides @param ofFiles floats that copies of parameters will take
   * @throws dev.lanewise.runtime.tensor.MemoryException if there is not the memory for all that
   */
  static Batches of(
      Model model, DataSplit data, TrainSettings settings, int size, KernelSet kernels, Workers workers, Preparation preparation, long ofOptimizer, long ofFiles) {
    int batch = Math.min(size, data.train().size());
    boolean across = data.augmentation() == null && PlacesAsLanes.mayBeLanes(settings, batch);
    Plan plan = Plan.training(model.graph(), settings.loss(), kernels, preparation, across);
    BatchRunner.checkMemory(model.name(), plan, workers, batch, ofOptimizer, ofFiles);
    BatchRunner runner = new BatchRunner(plan, workers, model.parameters(), batch);
    Dataset shown = Engine.seen(data.train(), data.augmentation(), settings.loss());
    runner.augment(shown instanceof Company || settings.adversarial().isPresent() ? null : data.augmentation());
    runner.weigh(settings.loss());
    runner.judged().forEach(s -> keep(s, settings));
    return new Batches(runner, shown);
  }

  /** What is kept of an output, for the measures that are asked for. */
  private static void keep(Scores scores, TrainSettings settings) {
    Computation loss = Objective.of(settings.loss(), scores.judged().name());
    scores.decide(Threshold.of(loss));
    scores.leaveOut(label -> loss.weight(label) == 0);
    if (settings.asks(Measure.Kind.AUC)) {
      scores.keepOutputs();
    }
    boolean compares = scores.judged().target() >= 0 && loss.inputs().get(1).shape().size() == scores.judged().outputs();
    if (compares && (settings.asks(Measure.Kind.IOU) || settings.asks(Measure.Kind.DICE))) {
      scores.keepMarks();
    }
    if (compares && (settings.asks(Measure.Kind.MAE) || settings.asks(Measure.Kind.RMSE) || settings.asks(Measure.Kind.R2))) {
      scores.keepTargets();
    }
  }
}
