package dev.lanewise.runtime.operation;

import java.util.List;

/**
 * A loss of which not every class counts alike, as PyTorch's {@code weight}: the mean over examples is one of what they count.
 *
 * @param of the loss of an example, its weight included
 * @param weights by class
 */
public record Weighted(Computation of, List<Double> weights) implements Decorator {
  public Weighted {
    weights = List.copyOf(weights);
  }

  @Override
  public double weight(int label) {
    return label < 0 || label >= weights.size() ? 1 : weights.get(label);
  }
}
