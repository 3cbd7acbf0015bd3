package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Preparation;
import java.nio.ByteBuffer;

/** Computes shards of another process's batches: a network of the same training, whose parameters are those of the batch. For one thread at a time. */
public final class ShardWork implements AutoCloseable {
  private final Workers workers;
  private final Batches batches;

  /** @param model a network as the training has it; its parameters change */
  public ShardWork(Model model, DataSplit data, TrainSettings settings, KernelSet kernels, int threads) {
    workers = new Workers(threads);
    batches = Batches.of(model, data, settings, settings.batch(), kernels, workers, Preparation.SILENT, 0, 0);
    EarlyCompilation.await();
  }

  /** See {@link dev.lanewise.runtime.execute.BatchRunner#shards}. */
  public byte[] shards(ByteBuffer batch, int begin, int end) {
    return batches.runner().shards(batches.shown(), batch, begin, end);
  }

  @Override
  public void close() {
    workers.close();
  }
}
