package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.kernel.lane.LaneSums;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.tensor.Memory;

/** What binding needs of a plan: where values lie, and memory for what kernels keep beside them. */
final class StageBuilder {
  private final Placement placement;
  private int arenaEnd;
  private int packedEnd = Memory.BASE;
  private int placesEnd;
  private int keptEnd;
  private int aside;

  StageBuilder(Placement placement) {
    this.placement = placement;
    this.arenaEnd = placement.end();
  }

  int arenaEnd() {
    return arenaEnd;
  }

  int packedEnd() {
    return packedEnd;
  }

  int placesEnd() {
    return placesEnd;
  }

  int keptEnd() {
    return keptEnd;
  }

  /** Room for what a block keeps for the end of the batch. */
  int keep(int floats) {
    int at = keptEnd;
    keptEnd = Math.addExact(keptEnd, floats);
    return at;
  }

  /** Room for sums that blocks add to: they lie behind the values. */
  int sums(int floats) {
    int at = arenaEnd;
    arenaEnd = Math.addExact(arenaEnd, floats);
    return at;
  }

  /** Room for parameters in the order in which a kernel reads them. */
  int pack(int floats) {
    int at = packedEnd;
    packedEnd = Math.addExact(packedEnd, (floats + Lanes.BLOCK - 1) / Lanes.BLOCK * Lanes.BLOCK);
    return at;
  }

  /** Room for the parts of a step that several workers share: what the next step needs may lie there, too. */
  void aside(int floats) {
    aside = Math.max(aside, floats);
  }

  int asideSize() {
    return aside;
  }

  /** Room for so many integers, which kernels share. */
  void places(int count) {
    placesEnd = Math.max(placesEnd, count);
  }

  Stage stage(Node node, Step step) {
    return new Stage(node, node.operation().name()).block(step);
  }

  int in(Node node, int index) {
    return placement.at(node.inputs().get(index));
  }

  int out(Node node, int index) {
    return placement.at(node.outputs().get(index));
  }

  /** A kernel that adds to sums kept apart for each lane. */
  interface LaneKernel {
    void run(Frame frame, int sums);
  }

  /**
   * Blocks add to lane sums; the end of the shard adds the lanes, in one fixed order, and clears the sums for the
   * next shard.
   */
  Stage laneSums(Node node, LaneKernel kernel) {
    LaneSums.prepare();
    int count = node.output().shape().size();
    int sums = sums(Math.multiplyExact(count, Lanes.BLOCK));
    int gradient = out(node, 0);
    return stage(node, f -> kernel.run(f, sums))
        .end(f -> LaneSums.collect(f.arena, sums, count, f.gradients, gradient));
  }
}
