package dev.lanewise.exchange.form;

import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.symbolic.Operator;
import dev.lanewise.runtime.symbolic.Term;

/** Batch normalisations, which are several operations here and one elsewhere. */
public final class BatchNorms {
  private BatchNorms() {}

  /** Whether a computation is one. */
  public static boolean is(Recipe recipe) {
    return recipe.name().equals("batchnorm");
  }

  /** The number that is added to the variance: {@code a / sqrt(b + eps)}. */
  public static double eps(Recipe recipe) {
    return recipe.steps().stream().filter(s -> s.name().equals("scale")).map(s -> ((Pointwise) s.operation()).formula()).mapToDouble(BatchNorms::addend).findFirst().orElse(0);
  }

  private static double addend(Term scale) {
    return scale instanceof Term.Binary(Operator _, Term _, Term.Unary(var _, Term.Binary(Operator _, Term _, Term.Number(double value)))) ? value : 0;
  }
}
