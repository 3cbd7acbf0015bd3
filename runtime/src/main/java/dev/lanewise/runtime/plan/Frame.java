package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.kernel.lane.Lanes;
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

  /** Working memory of the parts of a step, where several workers share it. */
  final float[] aside;

  /** What has been computed for the whole batch; shared, written between phases. */
  final float[] batch;

  /** What the shard at work adds up, and of that what is no table. */
  Gradients shard;
  float[] gradients;

  /** What blocks leave for the end of the batch; shared. */
  final Kept kept;

  /** The place of the block's first example in the batch. */
  int first;

  /** How many examples the batch has. */
  int examples = Lanes.BLOCK;

  /** Names the random numbers of the block at work. */
  long key;

  /** One that shares nothing but parameters with others. */
  public Frame(Plan plan, float[] parameters, float[] packed) {
    this(plan, parameters, packed, Memory.allocate(plan.batchSize(1)), new Kept(plan, 1, 1));
  }

  public Frame(Plan plan, float[] parameters, float[] packed, float[] batch, Kept kept) {
    this(plan, parameters, packed, batch, kept, false);
  }

  /** @param isShared whether several workers may be at a block at a time */
  public Frame(Plan plan, float[] parameters, float[] packed, float[] batch, Kept kept, boolean isShared) {
    this.aside = isShared && plan.asideSize() > 0 ? Memory.allocate(plan.asideSize()) : new float[0];
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

  public void shard(Gradients ofShard) {
    this.shard = ofShard;
    this.gradients = ofShard.whole;
  }

  /** @param place of the block's first example in a batch of so many */
  public void at(int place, int of) {
    this.first = place;
    this.examples = of;
  }

  public void key(long blockKey) {
    this.key = blockKey;
  }
}
