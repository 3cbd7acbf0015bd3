package dev.lanewise.runtime.layer;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;

/**
 * The loss of an embedding, for which a network sees three examples: an anchor a, one of its class p, one of another class n.
 * max(‖a - p‖ - ‖a - n‖ + margin, 0), where ‖x - y‖ is the root of Σ (x_i - y_i + eps)^2 (Balntas et al. 2016): PyTorch's
 * TripletMarginLoss with p = 2, eps = 1e-6 and without swap.
 *
 * @param of the loss of the embeddings: of the anchor's, of a label that it does not look at, of p's and of n's
 */
public record Triplet(Recipe of) implements Comparison {
  /** What a network sees for each example. */
  public static final int EXAMPLES = 3;

  private static final double EPS = 1e-6;
  private static final Term A = Term.variable("a");
  private static final Term B = Term.variable("b");

  static final Layer LOSS =
      new Layer(
          Signature.of(
              "triplet", "of an embedding: an example should be nearer to one of its class than to one of another, by a margin",
              optional("margin", Argument.Type.NUMBER, 1.0, "by how much nearer")),
          (arguments, in) -> new Triplet(
              recipe(Checks.flat("triplet", in), Checks.notNegative("triplet", "margin", arguments.number("margin")))));

  private static Recipe recipe(int size, double margin) {
    Shape embedding = Shape.of(size);
    Shape one = Shape.of(1);
    Recipe.Builder r = new Recipe.Builder("triplet");
    int anchor = r.input(embedding);
    r.input(one);
    int positive = r.input(embedding);
    int negative = r.input(embedding);
    int near = squares(r, "near", embedding, anchor, positive);
    int far = squares(r, "far", embedding, anchor, negative);
    Term by = A.sqrt().minus(B.sqrt()).plus(Term.number(margin));
    return r.build(r.formula("loss", one, by.max(Term.number(0)), near, far));
  }

  @Override
  public int examples() {
    return EXAMPLES;
  }

  /** The square of a distance. */
  private static int squares(Recipe.Builder r, String name, Shape embedding, int x, int y) {
    Term difference = A.minus(B).plus(Term.number(EPS));
    int each = r.formula(name + ".each", embedding, difference.times(difference), x, y);
    return r.step(name, Reduce.sum(embedding, 1), each);
  }
}
