package dev.lanewise.runtime.symbolic;

import dev.lanewise.runtime.symbolic.Term.Binary;
import dev.lanewise.runtime.symbolic.Term.Choice;
import dev.lanewise.runtime.symbolic.Term.Number;
import dev.lanewise.runtime.symbolic.Term.Unary;
import dev.lanewise.runtime.symbolic.Term.Variable;

/**
 * The rules of differentiation, all in one table. Where a function has a kink, the derivative is that of the branch
 * which does not win, so that relu'(0) = 0 as in PyTorch. Functions whose derivative their own value gives (e^x,
 * sigmoid, tanh, max) are differentiated in terms of it: it is known already.
 */
public final class Derivative {
  private static final Term ONE = Term.number(1);

  private Derivative() {}

  /** The derivative with respect to one variable. */
  public static Term of(Term y, String x) {
    if (!y.has(x)) {
      return Term.number(0);
    }
    return switch (y) {
      case Number _ -> Term.number(0);
      case Variable _ -> ONE;
      case Unary(Function f, Term u) -> of(u, x).times(outer(f, u, y));
      case Binary(Operator o, Term a, Term b) -> switch (o) {
        case ADD -> of(a, x).plus(of(b, x));
        case SUBTRACT -> of(a, x).minus(of(b, x));
        case MULTIPLY -> of(a, x).times(b).plus(a.times(of(b, x)));
        case DIVIDE -> of(a, x).minus(y.times(of(b, x))).over(b);
        case MAX -> Term.where(Relation.GT, y, b, of(a, x), of(b, x));
        case MIN -> Term.where(Relation.LT, y, b, of(a, x), of(b, x));
      };
      case Choice(Relation r, Term a, Term b, Term then, Term otherwise) ->
          Term.where(r, a, b, of(then, x), of(otherwise, x));
    };
  }

  /** f'(u), where y = f(u). */
  private static Term outer(Function f, Term u, Term y) {
    return switch (f) {
      case EXP -> y;
      case LOG -> ONE.over(u);
      case SQRT -> Term.number(0.5).over(y);
      case SIGMOID -> y.times(ONE.minus(y));
      case TANH -> ONE.minus(y.times(y));
      case SIN -> u.cos();
      case COS -> Term.number(-1).times(u.sin());
      case ERF -> Term.number(2 / Math.sqrt(Math.PI)).times(Term.number(-1).times(u).times(u).exp());
    };
  }
}
