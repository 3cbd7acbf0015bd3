package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.tensor.Memory;

/** What the blocks of a batch leave for the end of it, and what workers need then. */
public final class Kept {
  /** Of all blocks; each step has its part. */
  final float[] values;

  /** The largest number of blocks of a batch. */
  final int most;

  /** Working memory of each worker. */
  final float[][] scratch;

  public Kept(Plan plan, int mostBlocks, int workers) {
    this.most = mostBlocks;
    this.values = Memory.allocate(Math.multiplyExact(plan.keptSize(), mostBlocks));
    this.scratch = new float[plan.lateSteps() == 0 ? 0 : workers][];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = Memory.allocate(plan.lateScratch(mostBlocks));
    }
  }

  /** Where a step's part begins. */
  int at(int perBlock) {
    return Memory.BASE + perBlock * most;
  }
}
