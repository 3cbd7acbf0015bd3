package dev.lanewise.runtime.plan;

/** What is done once for a batch, between two phases, when all its blocks have come as far. */
@FunctionalInterface
interface BatchStep {
  /**
   * @param frames of the blocks, in their order; the first {@code blocks} of them
   * @param examples of the batch
   */
  void run(Frame[] frames, int blocks, int examples);
}
