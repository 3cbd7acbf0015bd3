package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.table.RowSums;
import dev.lanewise.runtime.operation.ChannelSum;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.Excerpt;
import dev.lanewise.runtime.operation.Gather;
import dev.lanewise.runtime.operation.Place;
import dev.lanewise.runtime.operation.Running;
import dev.lanewise.runtime.operation.SharedSum;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Memory;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Binds every operation to its own formula: lane by lane, in double. */
final class ScalarKernels implements Kernels {
  private static final int LANES = Lanes.BLOCK;

  private final Placement placement;
  private final BatchSteps batch;
  private int arenaEnd;

  ScalarKernels(Placement placement) {
    this.placement = placement;
    this.batch = new BatchSteps(placement);
    this.arenaEnd = placement.end();
  }

  @Override
  public Stage bind(Node node) {
    Stage stage = new Stage(node, "scalar " + node.operation().name());
    return switch (node.operation()) {
      case Running running -> stage.batch(batch.running(node, running));
      case SharedSum _, Excerpt _, Excerpt.Gradient _ -> stage;
      case Place _ -> stage.block(BatchSteps.place(placement, node));
      case Gather _ -> stage.block(BatchSteps.gather(placement, node));
      case ChannelSum sum when placement.isOfBatch(node.output()) -> ofBatch(stage, sum.sum().size());
      default -> stage.block(frame -> run(node, frame, 0));
    };
  }

  /** Every block keeps its sums, in the first of the lanes that the vector kernels keep. */
  private Stage ofBatch(Stage stage, int count) {
    int sums = arenaEnd;
    arenaEnd = Math.addExact(arenaEnd, count * LANES);
    return stage
        .block(frame -> Arrays.fill(frame.arena, sums, sums + count * LANES, 0))
        .block(frame -> run(stage.node, frame, sums))
        .batch(BatchSteps.laneSums(sums, count, placement.at(stage.node.output())));
  }

  @Override
  public int arenaEnd() {
    return arenaEnd;
  }

  @Override
  public int placesEnd() {
    return 0;
  }

  @Override
  public int keptEnd() {
    return 0;
  }

  @Override
  public int asideSize() {
    return 0;
  }

  @Override
  public int packedEnd() {
    return Memory.BASE;
  }

  /** @param sums where a sum for the batch goes */
  private void run(Node node, Frame frame, int sums) {
    double[][] out = arrays(node.outputs(), frame);
    for (int lane = 0; lane < LANES; lane++) {
      double[][] in = arrays(node.inputs(), frame);
      for (int i = 0; i < in.length; i++) {
        read(node.inputs().get(i), frame, lane, in[i]);
      }
      for (int i = 0; i < out.length; i++) {
        if (!node.outputs().get(i).isShared()) {
          Arrays.fill(out[i], 0);
        }
      }
      int l = lane;
      long key = Keys.of(node, frame);
      Draw draw = element -> Draws.uniform(key, element * LANES + l);
      node.operation().evaluate(draw, in, out);
      for (int i = 0; i < out.length; i++) {
        if (!node.outputs().get(i).isShared()) {
          write(out[i], frame.arena, placement.at(node.outputs().get(i)) + lane);
        }
      }
    }
    for (int i = 0; i < out.length; i++) {
      if (placement.isOfTable(node.outputs().get(i))) {
        touched(node, frame, out[i], frame.shard.tables[placement.at(node.outputs().get(i))]);
      } else if (node.outputs().get(i).isShared()) {
        int at = placement.at(node.outputs().get(i));
        for (int e = 0; e < out[i].length; e++) {
          if (sums > 0) {
            frame.arena[sums + e * LANES] = (float) out[i][e];
          } else {
            frame.gradients[at + e] += (float) out[i][e];
          }
        }
      }
    }
  }

  /** Adds to those rows of a table that the block's whole numbers name. */
  private void touched(Node node, Frame frame, double[] all, RowSums to) {
    int rows = node.operation().bound(0), size = all.length / rows;
    BitSet named = new BitSet(rows);
    for (int lane = 0; lane < LANES; lane++) {
      double[] numbers = new double[node.inputs().getFirst().shape().size()];
      read(node.inputs().getFirst(), frame, lane, numbers);
      Arrays.stream(numbers).forEach(number -> named.set(Embed.row(number, rows)));
    }
    float[] row = new float[size];
    named.stream().forEach(r -> {
      for (int j = 0; j < size; j++) {
        row[j] = (float) all[r * size + j];
      }
      to.add(r, row, 0);
    });
  }

  private static double[][] arrays(List<Value> values) {
    return values.stream().map(v -> new double[v.shape().size()]).toArray(double[][]::new);
  }

  private static double[][] arrays(List<Value> values, Frame frame) {
    return values.stream().map(v -> new double[v.shape().size() * (v.isGathered() ? frame.examples : 1)]).toArray(double[][]::new);
  }

  private void read(Value value, Frame frame, int lane, double[] to) {
    int at = placement.at(value);
    for (int e = 0; value.isGathered() && e < to.length; e++) {
      int size = value.shape().size();
      to[e] = frame.batch[at + e / size * placement.rowSize() + e % size];
    }
    if (value.isGathered()) {
      return;
    }
    float[] shared = placement.isOfBatch(value) ? frame.batch : frame.parameters;
    for (int e = 0; e < to.length; e++) {
      to[e] = value.isShared() ? shared[at + e] : frame.arena[at + e * LANES + lane];
    }
  }

  private static void write(double[] from, float[] arena, int at) {
    for (int e = 0; e < from.length; e++) {
      arena[at + e * LANES] = (float) from[e];
    }
  }
}
