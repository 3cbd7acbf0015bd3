package dev.lanewise.runtime.train;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import dev.lanewise.runtime.kernel.element.UpdateKernel;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.IdleCalls;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.plan.Preparation;

/**
 * Makes the plans of a training in the background, so that the JVM compiles their kernels while the data is still being
 * read: vector code runs hundreds of times slower until it is compiled. Equal kernels are made once, so the training itself
 * finds them ready; where the JVM does not compile early (see {@link EarlyCompilation}), nothing is done.
 *
 * <pre>{@code
 * WarmUp.start(network, settings);
 * data = Mnist.load(folder);
 * engine.train(model, data, settings, listener, stop);
 * }</pre>
 */
public final class WarmUp {
  /** Of a larger network the plan takes longer than its kernels, which are much alike, to compile: it is made but once. */
  private static final int MOST_NODES = 1_000;

  private WarmUp() {}

  /** Before it is known what is to be trained: the kernels that most trainings use. */
  public static void start() {
    if (EarlyCompilation.isOn()) {
      Thread.ofPlatform().daemon().name("lanewise-warm-up").start(IdleCalls::ofMostNetworks);
    }
  }

  /** Before it is known how a network is to be trained: most are trained to classify. */
  public static void start(Graph network) {
    int outputs = network.output().shape().size();
    if (outputs > 1) {
      start(network, new TrainSettings(1, Lanes.BLOCK, false, 0, new CrossEntropy(outputs), Optimizers.sgd(0.01f, 0.5f)));
    }
  }

  /** Once it is known. */
  public static void start(Graph network, TrainSettings settings) {
    if (EarlyCompilation.isOn() && network.nodes().size() <= MOST_NODES) {
      Thread.ofPlatform().daemon().name("lanewise-warm-up").start(() -> plan(network, settings));
    }
  }

  private static void plan(Graph network, TrainSettings settings) {
    try {
      Plan.training(network, settings.loss(), KernelSet.VECTOR, Preparation.SILENT, PlacesAsLanes.mayBeLanes(settings, settings.batch()));
      new UpdateKernel(settings.update());
      Plan.testing(network, settings.loss(), KernelSet.VECTOR, Preparation.SILENT, Engine.TEST_BATCH);
    } catch (RuntimeException | Error e) {
      // Whatever it is, also too little memory: the training itself will meet it, and say so there.
    }
  }
}
