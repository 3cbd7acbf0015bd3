package dev.lanewise.runtime.train;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.operation.Running;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Batches of one example, where a network normalises by the statistics of its batches: a mean and variance of one value say nothing, what is
 * normalised by them is 0, and the running variance loses its meaning. PyTorch refuses such a batch too.
 */
public final class Lone {
  private Lone() {}

  /** Whether some batch would have one value for a statistic: one example, and one value of it. */
  public static boolean occurs(Graph graph, int examples, int batch) {
    return leavesOne(examples, batch) && graph.nodes().stream().anyMatch(n -> n.operation() instanceof Running r && r.positions() == 1);
  }

  /** The next larger batch that leaves no example alone; empty if there is one example in all. */
  public static OptionalInt batch(int examples, int batch) {
    return IntStream.rangeClosed(batch, Math.max(batch, examples)).filter(b -> !leavesOne(examples, b)).findFirst();
  }

  private static boolean leavesOne(int examples, int batch) {
    return batch == 1 || examples % batch == 1;
  }
}
