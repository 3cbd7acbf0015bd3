package dev.lanewise.runtime.differentiate;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.spec.Value;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A network with its loss, and perhaps with gradients. The outputs of its graph are the network's own, the loss, the gradients, the loss that
 * is told if it is another, and of each of those that are {@link #judged} the output and the loss; last the gradient of the input, if there is one.
 *
 * @param target input: what is to be learned of each example; empty if no loss reads it
 * @param dLoss input: what each example's loss counts: 1/n of n examples between two steps, 0 for an idle lane; null without gradients
 * @param loss output: each example's loss, which training makes small; with heads it counts theirs
 * @param own each example's loss that is told, which is {@code loss} where there are no heads
 * @param comparesOutput whether the network's own output is compared with what is to be learned
 * @param judged losses that are told by themselves, of outputs and of what they are compared with
 * @param gradients those of the trainable parameters, in their order; empty without gradients, or if that of the input is wanted
 * @param dInput output: the gradient of each example's loss with respect to the first input; empty unless it is wanted
 * @param unneeded names of the values whose gradient no parameter's gradient needs, and which is not computed
 */
public record LossGraph(
    Graph graph, Optional<Value> target, Value dLoss, Value loss, Value own, boolean comparesOutput, List<Judged> judged, List<Value> gradients,
    Optional<Value> dInput, List<String> unneeded) {
  /**
   * A loss that is told by itself.
   *
   * @param target input: what the output is compared with
   * @param factor by which it counts in what is trained, where each loss has a mean of its own; 0 elsewhere
   * @param dLoss input: what each example counts in it, where it has a mean of its own; else null
   */
  public record Judged(String name, Value output, Value target, Value loss, double factor, Value dLoss) {
    Judged counting(Value by) {
      return new Judged(name, output, target, loss, factor, by);
    }
  }

  /** The inputs that say what examples count in losses with means of their own. */
  public List<Value> apart() {
    return judged.stream().map(Judged::dLoss).filter(Objects::nonNull).toList();
  }

  /** What is to be learned of each example. @throws java.util.NoSuchElementException if no loss reads it */
  public Value label() {
    return target.orElseThrow();
  }

  /** Input: what each example counts in means over the batch, 1/n of its n examples; empty if nothing looks across the batch. */
  public Optional<Value> weight() {
    return graph.inputs().stream().filter(v -> v.name().equals(GraphBuilder.WEIGHT)).findFirst();
  }

  /** The inputs that take parts of an example by their names, besides the first. */
  public List<Value> parts() {
    return graph.inputs().stream().skip(1)
        .filter(v -> !target.equals(Optional.of(v)) && !v.equals(dLoss) && !apart().contains(v) && !v.name().equals(GraphBuilder.WEIGHT)).toList();
  }
}
