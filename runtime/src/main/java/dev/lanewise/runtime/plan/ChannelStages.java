package dev.lanewise.runtime.plan;

import static dev.lanewise.runtime.rewrite.KernelShapes.shape;

import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.kernel.channel.ChannelConv;
import dev.lanewise.runtime.kernel.element.PointwiseKernel;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.Rows;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.ConvAcross;
import dev.lanewise.runtime.operation.EachLane;
import dev.lanewise.runtime.operation.Pointwise;
import java.util.ArrayList;
import java.util.List;

/** Binds what looks across lanes that are channels of one example. */
final class ChannelStages {
  private static final int LANES = Lanes.BLOCK;

  private final Placement placement;
  private final StageBuilder stages;

  ChannelStages(Placement placement, StageBuilder stages) {
    this.placement = placement;
    this.stages = stages;
  }

  /** A step that several workers can share. */
  private interface Piece {
    void run(Frame frame, int piece);
  }

  private record Pieces(int parts, Piece piece) implements Step {
    @Override
    public void run(Frame frame) {
      for (int i = 0; i < parts; i++) {
        piece.run(frame, i);
      }
    }

    @Override
    public void run(Frame frame, int part) {
      piece.run(frame, part);
    }
  }

  /** @param ending what is done to each sum; null for nothing */
  Stage conv(Node node, ConvAcross across, Pointwise ending) {
    Conv conv = across.of();
    ChannelConv kernel = new ChannelConv(shape(conv), conv.bias(), across.raw());
    int x = stages.in(node, 0), weight = stages.in(node, 1), bias = conv.bias() ? stages.in(node, 2) : 0, y = stages.out(node, 0);
    int packed = stages.pack(kernel.packedSize());
    Ending end = ending == null ? null : ending(node, across, ending, kernel, y);
    Piece piece = (f, p) -> {
      for (int band = 0; band < kernel.bands(); band++) {
        kernel.run(p, band, f.arena, x, f.packed, packed, f.parameters, bias, f.arena, y);
        if (end != null) {
          end.kernel.run(f.arena, end.sizes[p][band]);
        }
      }
    };
    Stage stage = stages.stage(node, new Pieces(kernel.pieces(), piece))
        .pack(f -> kernel.pack(f.parameters, weight, f.packed, packed))
        .generated(kernel.generated());
    return end == null ? stage : stage.generated(end.kernel.generated());
  }

  /** A formula, and where what it reads and writes lies: for each piece, for each band. */
  private record Ending(PointwiseKernel kernel, int[][][] sizes) {}

  private Ending ending(Node node, ConvAcross across, Pointwise ending, ChannelConv kernel, int y) {
    List<PointwiseKernel.Input> inputs = new ArrayList<>();
    int[] at = new int[ending.arguments().size()];
    for (int i = 0; i < at.length; i++) {
      Pointwise.Argument argument = ending.arguments().get(i);
      inputs.add(new PointwiseKernel.Input(argument.name(), ending.isPerGroup(argument)));
      at[i] = i == 0 ? y : placement.at(node.inputs().get(across.inputs().size() + i - 1));
    }
    int plane = across.out().size() / kernel.pieces() * LANES;
    int[][][] sizes = new int[kernel.pieces()][kernel.bands()][];
    for (int p = 0; p < kernel.pieces(); p++) {
      for (int b = 0; b < kernel.bands(); b++) {
        int from = p * plane + kernel.bandFrom(b);
        int[] here = new int[at.length];
        for (int i = 0; i < at.length; i++) {
          here[i] = at[i] + (inputs.get(i).perChannel() ? p * LANES : from);
        }
        sizes[p][b] = PointwiseKernel.sizes(1, kernel.bandFloats(b) / LANES, y + from, here);
      }
    }
    return new Ending(new PointwiseKernel(ending.formula(), inputs), sizes);
  }

  static Stage eachLane(StageBuilder stages, Node node, EachLane each) {
    int x = stages.in(node, 0), y = stages.out(node, 0), channels = each.of().channels(), places = each.of().size() / channels, size = each.of().size();
    return stages.stage(node, each.raw()
        ? f -> Rows.broadcast(f.arena, x, size, f.arena, y)
        : f -> Rows.eachLane(f.arena, x, channels / LANES, places, f.arena, y));
  }
}
