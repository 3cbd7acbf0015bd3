package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.operation.Computation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The graphs of a training from its differentiation on, by the names of the compiler's passes. It stands in the compiler's own package,
 * since nobody but a test looks at graphs between passes.
 *
 * @param source the training as it was differentiated: where its inputs are told
 */
public record PassedGraphs(LossGraph source, Map<String, Graph> after) {
  public static PassedGraphs of(Graph network, Computation loss) {
    Passes passes = new Passes(Preparation.SILENT);
    LossGraph source = passes.training(network, loss);
    passes.fused(source.graph(), 0);
    Map<String, Graph> after = new LinkedHashMap<>();
    boolean differentiated = false;
    for (Passes.Pass pass : passes.done()) {
      differentiated |= pass.graph() == source.graph();
      if (differentiated) {
        after.put(pass.name(), pass.graph());
      }
    }
    return new PassedGraphs(source, after);
  }
}
