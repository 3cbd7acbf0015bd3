package dev.lanewise.benchmarks.accuracy;

import dev.lanewise.runtime.plan.Frame;
import dev.lanewise.runtime.plan.Gradients;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Kept;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.tensor.Memory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs a trial as training does: by a plan of vector kernels, block by block. */
final class ByKernels {
  private static final int BLOCK = 16;
  private static final int KEY = 77;

  private final Trial trial;
  private final Plan plan;
  private final Frame[] frames;
  private Kept kept;
  private final Gradients gradients;

  private ByKernels(Trial trial) {
    this.trial = trial;
    this.plan = Plan.training(trial.network, trial.loss, KernelSet.VECTOR);
    this.frames = new Frame[trial.of.examples() / BLOCK];
    this.gradients = plan.gradientsOfShard();
  }

  /** The result by example, y, and the gradients, d with the name of a tensor. */
  static Map<String, double[]> run(Trial trial) {
    ByKernels run = new ByKernels(trial);
    run.prepare();
    run.blocks();
    Map<String, double[]> results = new LinkedHashMap<>();
    results.put("y", run.outputs());
    float[] gradients = run.gradients.all();
    trial.named(i -> gradients[Memory.BASE + i]).forEach((name, t) -> results.put("d" + name, t.values()));
    return results;
  }

  private void prepare() {
    float[] packed = Memory.allocate(plan.packedSize());
    float[] batch = Memory.allocate(plan.batchSize(frames.length));
    kept = new Kept(plan, frames.length, 1);
    for (int block = 0; block < frames.length; block++) {
      frames[block] = new Frame(plan, trial.parameters, packed, batch, kept);
      frames[block].shard(gradients);
      frames[block].at(block * BLOCK, trial.of.examples());
      frames[block].key(KEY + block);
      for (int lane = 0; lane < BLOCK; lane++) {
        example(frames[block].arena(), block * BLOCK + lane, lane);
      }
    }
    plan.pack(frames[0], 0, 1);
  }

  private void example(float[] arena, int example, int lane) {
    for (int one : trial.ones(example)) {
      arena[plan.x() + one * BLOCK + lane] = 1;
    }
    float[] label = trial.labels[example];
    for (int j = 0; j < label.length; j++) {
      arena[plan.label() + j * BLOCK + lane] = label[j];
    }
    plan.weigh(arena, lane, 1f / trial.of.examples(), trial.weight());
  }

  private void blocks() {
    for (int phase = 0; phase < plan.phases(); phase++) {
      for (Frame frame : frames) {
        plan.block(frame, phase);
      }
      plan.batch(frames, frames.length, trial.of.examples(), phase);
    }
    for (Frame frame : frames) {
      plan.endShard(frame);
    }
    // Gradients of large matrices are computed once for the batch.
    for (int step = 0; step < plan.lateSteps(); step++) {
      for (int part = 0; part < plan.lateParts(step); part++) {
        plan.late(step, kept, 0, part, frames.length, gradients.whole());
      }
    }
  }

  private double[] outputs() {
    int size = trial.outputs();
    int at = trial.of.isLoss() ? plan.loss() : plan.output();
    double[] y = new double[trial.of.examples() * size];
    Arrays.setAll(y, i -> frames[i / size / BLOCK].arena()[at + i % size * BLOCK + i / size % BLOCK]);
    return y;
  }
}
