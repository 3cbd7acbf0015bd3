package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.kernel.Lanes;
import dev.lanewise.runtime.operation.Draw;
import dev.lanewise.runtime.operation.Value;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Memory;
import java.util.List;

/** Binds every operation to its own formula: lane by lane, in double. */
final class ScalarKernels implements Kernels {
  private static final int LANES = Lanes.BLOCK;

  private final Placement placement;

  ScalarKernels(Placement placement) {
    this.placement = placement;
  }

  @Override
  public Stage bind(Node node) {
    return new Stage(node, "scalar " + node.operation().name()).block(frame -> run(node, frame));
  }

  @Override
  public int arenaEnd() {
    return placement.end();
  }

  @Override
  public int placesEnd() {
    return 0;
  }

  @Override
  public int packedEnd() {
    return Memory.BASE;
  }

  private void run(Node node, Frame frame) {
    double[][] out = arrays(node.outputs());
    for (int lane = 0; lane < LANES; lane++) {
      double[][] in = arrays(node.inputs());
      for (int i = 0; i < in.length; i++) {
        read(node.inputs().get(i), frame, lane, in[i]);
      }
      for (int i = 0; i < out.length; i++) {
        if (!node.outputs().get(i).isShared()) {
          java.util.Arrays.fill(out[i], 0);
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
      if (node.outputs().get(i).isShared()) {
        int at = placement.at(node.outputs().get(i));
        for (int e = 0; e < out[i].length; e++) {
          frame.gradients[at + e] += (float) out[i][e];
        }
      }
    }
  }

  private static double[][] arrays(List<Value> values) {
    return values.stream().map(v -> new double[v.shape().size()]).toArray(double[][]::new);
  }

  private void read(Value value, Frame frame, int lane, double[] to) {
    int at = placement.at(value);
    for (int e = 0; e < to.length; e++) {
      to[e] = value.isShared() ? frame.parameters[at + e] : frame.arena[at + e * LANES + lane];
    }
  }

  private static void write(double[] from, float[] arena, int at) {
    for (int e = 0; e < from.length; e++) {
      arena[at + e * LANES] = (float) from[e];
    }
  }
}
