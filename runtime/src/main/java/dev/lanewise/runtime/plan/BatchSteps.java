package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.kernel.lane.LaneSums;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.operation.Running;
import java.util.Arrays;

/** What is computed once for a batch, the same for all kernels. Blocks are added in their order: the bits do not depend on threads. */
record BatchSteps(Placement placement) {
  /** The sum over all blocks and lanes of sums that each block has kept apart for its lanes. */
  static BatchStep laneSums(int sums, int count, int to) {
    return (frames, blocks, _) -> {
      float[] batch = frames[0].batch;
      Arrays.fill(batch, to, to + count, 0);
      for (int b = 0; b < blocks; b++) {
        LaneSums.add(frames[b].arena, sums, count, batch, to);
      }
    };
  }

  /** Writes each lane's values into the row of its example. */
  static Step gather(Placement placement, Node node) {
    int from = placement.at(node.inputs().getFirst()), to = placement.at(node.output()), size = node.output().shape().size();
    int row = placement.rowSize();
    return f -> {
      for (int lane = 0; lane < Lanes.BLOCK; lane++) {
        int at = to + (f.first + lane) * row;
        for (int i = 0; i < size; i++) {
          f.batch[at + i] = f.arena[from + i * Lanes.BLOCK + lane];
        }
      }
    };
  }

  /** Writes which example of the batch each lane has. */
  static Step place(Placement placement, Node node) {
    int to = placement.at(node.output());
    return f -> {
      for (int lane = 0; lane < Lanes.BLOCK; lane++) {
        f.arena[to + lane] = f.first + lane;
      }
    };
  }

  /** Hands the statistic on, and brings its running mean up to date. */
  BatchStep running(Node node, Running running) {
    int from = placement.at(node.inputs().get(0)), mean = placement.at(node.inputs().get(1)), to = placement.at(node.output());
    float kept = (float) (1 - running.momentum());
    return (frames, _, examples) -> {
      float[] batch = frames[0].batch;
      float[] parameters = frames[0].parameters;
      float share = (float) (running.momentum() * running.factor(examples));
      for (int i = 0; i < running.size(); i++) {
        batch[to + i] = batch[from + i];
        parameters[mean + i] = kept * parameters[mean + i] + share * batch[from + i];
      }
    };
  }
}
