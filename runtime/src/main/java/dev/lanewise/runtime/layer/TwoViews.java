package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.tensor.Shape;

/**
 * The loss of an embedding that is learnt without labels: a network sees each example twice, changed differently, and should find the other view among all
 * 2n - 1 others of the batch (NT-Xent, Chen et al. 2020). It is the mean over all views, cosines of their angles divided by the temperature.
 *
 * @param of the loss of the embeddings: of one view's, of a label that it does not look at, and of the other view's
 */
public record TwoViews(Recipe of) implements Comparison {
  private static final int VIEWS = 2;

  static final Layer LOSS = new Layer(
      Contrastive.SIGNATURE, (arguments, in) -> new TwoViews(recipe(Checks.flat("contrastive", in), Contrastive.temperature(arguments))));

  private static Recipe recipe(int size, double temperature) {
    Recipe.Builder r = new Recipe.Builder("contrastive");
    int first = r.input(Shape.of(size));
    r.input(Shape.of(1));
    int second = r.input(Shape.of(size));
    return r.build(Contrastive.ofViews(r, first, second, temperature));
  }

  @Override
  public int examples() {
    return VIEWS;
  }
}
