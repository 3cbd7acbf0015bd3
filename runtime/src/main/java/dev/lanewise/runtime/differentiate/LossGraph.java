package dev.lanewise.runtime.differentiate;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.operation.Value;
import java.util.List;

/**
 * A network with its loss, and perhaps with gradients.
 *
 * @param label input: the class of each example
 * @param dLoss input: the weight of each example's loss, 1/n in a batch of n, 0 for an idle lane; null without gradients
 * @param loss output: each example's loss
 * @param gradients those of the trainable parameters, in their order; empty without gradients
 * @param unneeded names of the values whose gradient no parameter's gradient needs, and which is not computed
 */
public record LossGraph(
    Graph graph, Value label, Value dLoss, Value loss, List<Value> gradients,
    List<String> unneeded) {}
