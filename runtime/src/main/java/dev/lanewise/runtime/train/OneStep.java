package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.Company;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.plan.Preparation;
import dev.lanewise.runtime.random.Draws;
import java.util.stream.IntStream;

/**
 * The first step of a training, taken aside: what {@link TrainingRun} does with its first batch, with a copy of the network.
 *
 * @param loss before it
 * @param after loss of the same examples, changed and dropped out alike, behind it
 * @param gradients as the parameters lie; 0 for those that have none
 * @param result the network behind it
 */
public record OneStep(double loss, double after, Model gradients, Model result) {
  private static final int EPOCH = 1;
  private static final int BATCH = 1;

  /** @param settings whose batch holds all examples to train on */
  static OneStep of(Model model, DataSplit data, TrainSettings settings, KernelSet kernels, Workers workers, Preparation preparation, Runnable goOn) {
    Model moved = model.with(model.parameters().clone());
    int count = data.train().size();
    boolean across = data.augmentation() == null && PlacesAsLanes.mayBeLanes(settings, count);
    Plan plan = Plan.training(moved.graph(), settings.loss(), kernels, preparation, across);
    BatchRunner.checkMemory(model.name(), plan, workers, count, (long) model.graph().parameterCount() * Descent.kept(settings), 0);
    BatchRunner runner = new BatchRunner(plan, workers, moved.parameters(), count);
    Dataset shown = Engine.seen(data.train(), data.augmentation(), settings.loss());
    runner.augment(shown instanceof Company ? null : data.augmentation());
    runner.weigh(settings.loss());
    Dataset train = shown instanceof Company c ? c.drawn(Draws.mix(settings.seed(), EPOCH)) : shown;
    Descent descent = new Descent(moved, settings, runner, workers);
    double before = run(runner, train, settings);
    goOn.run();
    float[] gradients = runner.allGradients(moved.graph()).clone();
    descent.step(settings.optimizer().lr(), 1);
    Model result = moved.with(moved.parameters().clone());
    goOn.run();
    return new OneStep(before, run(runner, train, settings), model.with(gradients), result);
  }

  private static double run(BatchRunner runner, Dataset train, TrainSettings settings) {
    int[] order = IntStream.range(0, train.size()).toArray();
    runner.pack();
    runner.run(train, order, 0, train.size(), Draws.mix(Draws.mix(settings.seed(), EPOCH), BATCH), runner.weights(train, order, 0, train.size()), true);
    return runner.loss();
  }

  /** Whether a gradient was no number: then nothing has moved, or only a part. */
  public boolean isBroken() {
    return !gradients.notFinite().isEmpty() || !Double.isFinite(loss);
  }
}
