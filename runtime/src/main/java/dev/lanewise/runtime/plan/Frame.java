package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.tensor.Memory;

/** What the steps of a plan work on: the memory of one worker, and what all workers share. */
public final class Frame {
  /** This worker's values and lane sums, laid out by the plan; reused from block to block. */
  final float[] arena;

  /** Every parameter in the plan's order, from {@link Memory#BASE} on; shared. */
  final float[] parameters;

  /** Parameters in the order in which kernels read them; shared, written by the pack steps. */
  final float[] packed;

  /** Where things lie that a kernel has listed: working memory of the step at work. */
  final int[] places;

  /** What has been computed for the whole batch; shared, written between phases. */
  final float[] batch;

  /** The gradient of every parameter for the shard at work, laid out like the parameters. */
  float[] gradients;

  /** What blocks leave for the end of the batch; shared. */
  final Kept kept;

  /** The number of the block at work. */
  int block;

  /** Names the random numbers of the block at work. */
  long key;

  /** One that shares nothing but parameters with others. */
  public Frame(Plan plan, float[] parameters, float[] packed) {
    this(plan, parameters, packed, Memory.allocate(plan.batchSize()), new Kept(plan, 1, 1));
  }

  public Frame(Plan plan, float[] parameters, float[] packed, float[] batch, Kept kept) {
    this.arena = Memory.allocate(plan.arenaSize());
    this.places = new int[plan.placesSize()];
    this.parameters = parameters;
    this.packed = packed;
    this.batch = batch;
    this.kept = kept;
  }

  public float[] arena() {
    return arena;
  }

  public void shard(float[] shardGradients) {
    this.gradients = shardGradients;
  }

  /** Says which block of the batch comes now, and what names its random numbers. */
  public void block(int number, long blockKey) {
    this.block = number;
    this.key = blockKey;
  }
}
