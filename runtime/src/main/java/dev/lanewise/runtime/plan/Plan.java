package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Value;
import java.util.List;
import java.util.Locale;

/**
 * A graph made ready to run: nodes fused, every buffer placed once, every kernel chosen. Running a plan allocates nothing. A batch is
 * cut into blocks of 16 examples and the blocks into shards; a worker takes a shard through all its blocks:
 *
 * <pre>{@code
 * plan.pack(frame, part, parts);         // once a batch
 * for each shard: frame.shard(gradients);
 *   for each block: write x, label and dLoss; frame.key(...); plan.block(frame); read loss and output
 *   plan.endShard(frame);                // gradients now holds the sum over the shard
 * }</pre>
 */
public final class Plan {
  private final Graph graph;
  private final LossGraph source;
  private final Placement placement;
  private final List<Stage> stages;
  private final int arenaSize;
  private final int packedSize;
  private final int placesSize;
  private final Step[] pack;
  private final Step[] block;
  private final Step[] end;

  public Plan(LossGraph source, KernelSet kernels) {
    this.source = source;
    this.graph = kernels == KernelSet.VECTOR ? PooledGradients.of(Fusion.of(source.graph())) : source.graph();
    List<Value> gradients = graph.outputs().subList(2, graph.outputs().size());
    this.placement = new Placement(graph, gradients);
    Kernels chosen =
        switch (kernels) {
          case VECTOR -> new VectorKernels(placement);
          case SCALAR -> new ScalarKernels(placement);
        };
    this.stages = graph.nodes().stream().map(chosen::bind).toList();
    this.arenaSize = chosen.arenaEnd();
    this.packedSize = chosen.packedEnd();
    this.placesSize = chosen.placesEnd();
    this.pack = stages.stream().flatMap(s -> s.pack.stream()).toArray(Step[]::new);
    this.block = stages.stream().flatMap(s -> s.block.stream()).toArray(Step[]::new);
    this.end = stages.stream().flatMap(s -> s.end.stream()).toArray(Step[]::new);
  }

  public int arenaSize() {
    return arenaSize;
  }

  public int packedSize() {
    return packedSize;
  }

  /** How many places a worker's list must hold. */
  int placesSize() {
    return placesSize;
  }

  /** Where the block's examples go: {@code arena[x() + element * 16 + lane]}. */
  public int x() {
    return placement.at(graph.input());
  }

  public int label() {
    return placement.at(source.label());
  }

  /** Where each lane's weight in the loss goes. */
  public int dLoss() {
    return placement.at(source.dLoss());
  }

  /** Where the network's output is after a block. */
  public int output() {
    return placement.at(graph.outputs().get(0));
  }

  /** Where each lane's loss is after a block. */
  public int loss() {
    return placement.at(graph.outputs().get(1));
  }

  /** Prepares the parameters for the kernels: part {@code part} of {@code parts}, so that workers may share it. */
  public void pack(Frame frame, int part, int parts) {
    for (int i = part; i < pack.length; i += parts) {
      pack[i].run(frame);
    }
  }

  public void block(Frame frame) {
    for (Step step : block) {
      step.run(frame);
    }
  }

  public void endShard(Frame frame) {
    for (Step step : end) {
      step.run(frame);
    }
  }

  /** The stages in order, each with kernel, shape and place. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Stage stage : stages) {
      Node n = stage.node;
      text.append(
          String.format(
              Locale.ROOT,
              "%-28s %-24s %-12s %,14d multiply-adds  at %d%n",
              n.name(),
              stage.kernel,
              n.output().shape(),
              n.operation().multiplyAdds(),
              placement.at(n.output())));
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "values: %,d kB a worker, %,d kB without sharing; lane sums: %,d kB; packed parameters: %,d kB%n",
                placement.end() / 256,
                placement.unshared() / 256,
                (arenaSize - placement.end()) / 256,
                packedSize / 256))
        .toString();
  }
}
