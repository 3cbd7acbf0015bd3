package dev.lanewise.runtime.differentiate;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.spec.Value;
import java.util.List;
import java.util.Optional;

/**
 * A network with its loss, and perhaps with gradients.
 *
 * @param label input: the class of each example
 * @param dLoss input: what each example's loss counts: 1/n of n examples between two steps, 0 for an idle lane; null without gradients
 * @param loss output: each example's loss, which training makes small; with heads it counts theirs
 * @param own each example's loss of the network's own output, which is {@code loss} where there are no heads; an output too where it is not
 * @param gradients those of the trainable parameters, in their order; empty without gradients
 * @param unneeded names of the values whose gradient no parameter's gradient needs, and which is not computed
 */
public record LossGraph(
    Graph graph, Value label, Value dLoss, Value loss, Value own, List<Value> gradients,
    List<String> unneeded) {
  /** Input: what each example counts in means over the batch, 1/n of its n examples; empty if nothing looks across the batch. */
  public Optional<Value> weight() {
    return graph.inputs().stream().filter(v -> v.name().equals(GraphBuilder.WEIGHT)).findFirst();
  }
}
