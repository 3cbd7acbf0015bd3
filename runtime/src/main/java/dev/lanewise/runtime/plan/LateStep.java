package dev.lanewise.runtime.plan;

/** What is done once for a batch behind its last phase, by all workers: the sum over all examples of a gradient too large for each shard to have its own. */
interface LateStep {
  /** In how many parts it can be done, in any order. */
  int parts();

  /** Floats of working memory for a part, of batches of at most so many blocks. */
  int scratch(int mostBlocks);

  /**
   * @param blocks of the batch
   * @param gradients of the batch
   */
  void run(Kept kept, int worker, int part, int blocks, float[] gradients);
}
