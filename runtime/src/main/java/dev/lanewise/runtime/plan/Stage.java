package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import java.util.ArrayList;
import java.util.List;

/**
 * A node bound to kernels and memory: what to do once for each batch (pack parameters), at the start and end of a
 * shard of blocks, for each block,for the batch when all blocks have come this far, and when
 * they have come to the end.
 */
final class Stage {
  final Node node;
  final String kernel;
  final List<Defined<?>> generated = new ArrayList<>();
  final List<Step> pack = new ArrayList<>();
  final List<Step> block = new ArrayList<>();
  final List<Step> end = new ArrayList<>();
  final List<BatchStep> batch = new ArrayList<>();
  final List<LateStep> late = new ArrayList<>();

  Stage(Node node, String kernel) {
    this.node = node;
    this.kernel = kernel;
  }

  Stage generated(List<Defined<?>> kernels) {
    generated.addAll(kernels);
    return this;
  }

  Stage pack(Step step) {
    pack.add(step);
    return this;
  }

  Stage block(Step step) {
    block.add(step);
    return this;
  }

  Stage batch(BatchStep step) {
    batch.add(step);
    return this;
  }

  Stage late(LateStep step) {
    late.add(step);
    return this;
  }

  Stage end(Step step) {
    end.add(step);
    return this;
  }
}
