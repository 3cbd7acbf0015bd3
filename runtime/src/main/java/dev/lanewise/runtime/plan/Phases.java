package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Running;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a plan where an operation looks across the batch: what reads a sum over all examples must wait until every block has
 * added to it. Most networks have a single phase; every batch normalisation adds some.
 */
final class Phases {
  private final List<Step[]> blocks = new ArrayList<>();
  private final List<BatchStep[]> batches = new ArrayList<>();
  private final List<List<Stage>> stages = new ArrayList<>();

  Phases(List<Stage> all, Placement placement) {
    Map<Value, Integer> written = new HashMap<>();
    List<Stage> now = new ArrayList<>();
    for (Stage stage : all) {
      if (!(stage.node.operation() instanceof Running) && reads(stage.node, written, stages.size())) {
        stages.add(now);
        now = new ArrayList<>();
      }
      for (Value out : stage.node.outputs()) {
        if (placement.isOfBatch(out)) {
          written.put(out, stages.size());
        }
      }
      now.add(stage);
    }
    stages.add(now);
    for (List<Stage> phase : stages) {
      blocks.add(phase.stream().flatMap(s -> s.block.stream()).toArray(Step[]::new));
      batches.add(phase.stream().flatMap(s -> s.batch.stream()).toArray(BatchStep[]::new));
    }
  }

  private static boolean reads(Node node, Map<Value, Integer> written, int phase) {
    return node.inputs().stream().anyMatch(v -> written.getOrDefault(v, -1) == phase);
  }

  int count() {
    return blocks.size();
  }

  /** The stages of a phase. */
  List<Stage> stages(int phase) {
    return stages.get(phase);
  }

  /** Takes a block through a phase. */
  void block(int phase, Frame frame) {
    for (Step step : blocks.get(phase)) {
      step.run(frame);
    }
  }

  /** The steps of a phase, in their order. */
  Step[] steps(int phase) {
    return blocks.get(phase);
  }

  /** Takes two blocks through a phase, step by step together. */
  void block(int phase, Frame frame, Frame other) {
    for (Step step : blocks.get(phase)) {
      step.run(frame, other);
    }
  }

  /** What follows when all blocks are through a phase. */
  void batch(int phase, Frame[] frames, int count, int examples) {
    for (BatchStep step : batches.get(phase)) {
      step.run(frames, count, examples);
    }
  }
}
