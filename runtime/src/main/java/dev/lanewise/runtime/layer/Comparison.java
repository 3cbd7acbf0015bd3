package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Decorator;

/**
 * A loss of embeddings, for which a network sees several examples at once, with the same parameters. Its inputs are the embedding of the first, a
 * label that it does not look at, and the embeddings of the others.
 */
public sealed interface Comparison extends Decorator permits Triplet, TwoViews {
  /** What a network sees for each example. */
  int examples();
}
