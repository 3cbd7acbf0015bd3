package dev.lanewise.runtime.execute;

import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.MemoryException;
import java.util.Locale;

/**
 * What batches take of the memory, in floats, known before any of it is taken: better a word before than a failure in the middle.
 *
 * @param atOnce examples whose values are there at the same time: of each worker a block, or all of a batch
 * @param examples their values
 * @param isWholeBatch whether they are all of a batch since normalisation looks across it
 * @param packed parameters in the order in which kernels read them
 * @param gradients of all shards
 * @param state that the optimiser keeps
 * @param copies of parameters for the best epoch, and for files while they are written
 */
public record Footprint(int atOnce, long examples, boolean isWholeBatch, long packed, long gradients, long state, long copies) {
  /** Of the memory that is free so much can be had: arrays are large, and lie in one piece. */
  private static final double USABLE = 0.9;

  private static final double GIGABYTE = 1 << 30;

  /** What a {@link BatchRunner} takes. */
  static Footprint of(Plan plan, int batch, int workers) {
    int frames = BatchRunner.frames(plan, batch, workers);
    int blocks = BatchRunner.blocks(plan, batch);
    int shards = !plan.isTraining() ? 0 : BatchRunner.shardsUpTo(plan, BatchRunner.mostShards(plan), blocks);
    return new Footprint(
        frames * plan.examplesOfBlock(),
        (long) frames * (Memory.allocated(plan.arenaSize()) + (BatchRunner.areBesides(plan, batch, workers) ? Memory.allocated(plan.asideSize()) : 0)) + Memory.allocated(plan.batchSize(blocks)) + plan.keptFloats(blocks, workers),
        plan.phases() > 1,
        Memory.allocated(plan.packedSize()),
        shards == 0 ? 0 : Memory.allocated(plan.wholeEnd()) + (shards - 1L) * Memory.allocated(plan.shardEnd()),
        0,
        0);
  }

  Footprint with(long ofOptimizer, long ofFiles) {
    return new Footprint(atOnce, examples, isWholeBatch, packed, gradients, ofOptimizer, ofFiles);
  }

  private long bytes() {
    return Float.BYTES * (examples + packed + gradients + state + copies);
  }

  /**
   * Whether it can be had; what nobody needs any more is collected first.
   *
   * @param network whose batches they are
   * @throws MemoryException saying what takes how much, and what to do
   */
  void check(String network) {
    if (bytes() > USABLE * free()) {
      System.gc();
      if (bytes() > USABLE * free()) {
        throw new MemoryException(message(network), remedy());
      }
    }
  }

  private static long free() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }

  private String message(String network) {
    String have = String.format(Locale.ROOT, "of the %,d MB that the JVM may have, %,d are free", Runtime.getRuntime().maxMemory() >> 20, free() >> 20);
    return gradients == 0
        ? String.format(Locale.ROOT, "to take %,d examples through `%s` at a time needs %,d MB; %s", atOnce, network, bytes() >> 20, have)
        : String.format(
            Locale.ROOT,
            "to train `%s` needs %,d MB: %,d examples at a time %,d, gradients %,d, the optimiser %,d, ordered weights %,d, copies %,d; %s",
            network, bytes() >> 20, atOnce, megabytes(examples), megabytes(gradients), megabytes(state), megabytes(packed), megabytes(copies), have);
  }

  private static long megabytes(long floats) {
    return floats * Float.BYTES >> 20;
  }

  private String remedy() {
    long used = Runtime.getRuntime().maxMemory() - free();
    String more = String.format(Locale.ROOT, "give the JVM more: LANEWISE_JAVA_OPTIONS=-Xmx%dg", (long) Math.ceil((bytes() / USABLE + used) / GIGABYTE));
    if (isWholeBatch && 2 * examples > examples + packed + gradients + state + copies) {
      return "take a smaller batch, since it is looked at as a whole (batch normalisation, or a loss that compares its examples), or " + more;
    }
    return 3 * state > examples + packed + gradients + state + copies
        ? "take sgd without momentum, which keeps nothing for each weight, or " + more
        : "take fewer threads or a smaller network, or " + more;
  }
}
