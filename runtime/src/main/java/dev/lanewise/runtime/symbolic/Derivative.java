package dev.lanewise.runtime.symbolic;

import dev.lanewise.runtime.symbolic.Term.Binary;
import dev.lanewise.runtime.symbolic.Term.Choice;
import dev.lanewise.runtime.symbolic.Term.Number;
import dev.lanewise.runtime.symbolic.Term.Unary;
import dev.lanewise.runtime.symbolic.Term.Variable;

/**
 * The rules of differentiation, all in one table. Functions whose derivative their own value gives (e^x, sigmoid, tanh, relu) are
 * differentiated in terms of it: it is known already.
 *
 * <p>Where a function has a kink, the derivative is one of those between the slopes on both sides, and PyTorch's: a tie of max or min is
 * split evenly, so that sums of kinks that cancel out have the derivative of what is left; |0|' = 0; relu'(0) = 0. A choice has the derivative
 * of the branch that it takes.
 */
public final class Derivative {
  private static final Term ZERO = Term.number(0);
  private static final Term HALF = Term.number(0.5);
  private static final Term ONE = Term.number(1);

  private Derivative() {}

  /** The derivative with respect to one variable. */
  public static Term of(Term y, String x) {
    if (!y.has(x)) {
      return ZERO;
    }
    return switch (y) {
      case Number _ -> ZERO;
      case Variable _ -> ONE;
      case Unary(Function f, Term u) -> of(u, x).times(outer(f, u, y));
      case Binary(Operator o, Term a, Term b) -> switch (o) {
        case ADD -> of(a, x).plus(of(b, x));
        case SUBTRACT -> of(a, x).minus(of(b, x));
        case MULTIPLY -> of(a, x).times(b).plus(a.times(of(b, x)));
        case DIVIDE -> of(a, x).minus(y.times(of(b, x))).over(b);
        case MAX -> larger(Relation.GT, a, b, of(a, x), of(b, x));
        case MIN -> larger(Relation.LT, a, b, of(a, x), of(b, x));
        case POWER -> power(a, b, y, x);
      };
      case Choice(Relation r, Term a, Term b, Term then, Term otherwise) ->
          Term.where(r, a, b, of(then, x), of(otherwise, x));
    };
  }

  /** Of the one that wins; half of both where none does. */
  private static Term larger(Relation wins, Term a, Term b, Term da, Term db) {
    Relation loses = wins == Relation.GT ? Relation.LT : Relation.GT;
    return Term.where(wins, a, b, da, Term.where(loses, a, b, db, HALF.times(da.plus(db))));
  }

  /** b a^(b - 1) a' + a^b log(a) b': with the first alone where b does not vary, so that 0^2.5 has the derivative 0. */
  private static Term power(Term a, Term b, Term y, String x) {
    Term base = of(a, x).times(b.times(new Binary(Operator.POWER, a, b.minus(ONE))));
    return b.has(x) ? base.plus(of(b, x).times(y).times(a.log())) : base;
  }

  /** f'(u), where y = f(u). */
  private static Term outer(Function f, Term u, Term y) {
    return switch (f) {
      case EXP -> y;
      case LOG -> ONE.over(u);
      case SQRT -> HALF.over(y);
      case SIGMOID -> y.times(ONE.minus(y));
      case TANH -> ONE.minus(y.times(y));
      case EXPM1 -> u.exp();
      case LOG1P -> ONE.over(ONE.plus(u));
      case SOFTPLUS -> u.sigmoid();
      case ABS -> Term.where(Relation.GT, u, ZERO, ONE, Term.where(Relation.LT, u, ZERO, Term.number(-1), ZERO));
      case RELU -> Term.where(Relation.GT, y, ZERO, ONE, ZERO);
      case SIN -> u.cos();
      case COS -> Term.number(-1).times(u.sin());
      case ATAN -> ONE.over(ONE.plus(u.times(u)));
      // Steps are flat; the jumps between them count for nothing.
      case FLOOR, CEIL, ROUND -> ZERO;
      case ERF -> Term.number(2 / Math.sqrt(Math.PI)).times(Term.number(-1).times(u).times(u).exp());
    };
  }
}
