package dev.lanewise.runtime.kernel.lane;

import dev.lanewise.runtime.kernel.code.Condition;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.symbolic.Function;
import dev.lanewise.runtime.symbolic.Operator;
import dev.lanewise.runtime.symbolic.Relation;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a formula of numbers as statements of vectors, one operation in each, what occurs twice computed once. Sums
 * and products are rounded one by one, never contracted, so that the bits are those of the formula.
 */
public final class TermCode {
  /** So many products are more exact than e^(b log a), and faster. */
  private static final int MOST_FACTORS = 9;

  private final List<Statement> statements = new ArrayList<>();
  private final Map<Term, Vector> known = new HashMap<>();
  private final String prefix;
  private int temporaries;

  /** @param prefix of the names that this gives to intermediate values */
  public TermCode(String prefix) {
    this.prefix = prefix;
  }

  /** Lets a variable of the formula be a vector; what was computed from an earlier one is forgotten. */
  public void bind(String variable, Vector vector) {
    known.keySet().removeIf(term -> term.has(variable));
    known.put(Term.variable(variable), vector);
  }

  /** Stores what has been computed, before what follows. */
  public void store(Statement.Store store) {
    statements.add(store);
  }

  /** The value of a formula; what computes it is among the {@link #statements}. */
  public Vector value(Term term) {
    Vector vector = known.get(term);
    if (vector == null) {
      vector = write(term);
      known.put(term, vector);
    }
    return vector;
  }

  public List<Statement> statements() {
    return statements;
  }

  private Vector write(Term term) {
    return switch (term) {
      case Term.Number(double value) -> new Vector.Constant((float) value);
      case Term.Variable(String name) -> throw new IllegalArgumentException("the formula reads an unknown " + name);
      case Term.Unary(Function f, Term of) when f == Function.RELU -> {
        // A blend is faster than max, and keeps what is not a number just as well.
        Vector x = value(of);
        Vector zero = new Vector.Constant(0);
        yield named(new Vector.Blend(x, zero, compare(Relation.LT, x, zero)));
      }
      case Term.Unary(Function f, Term of) ->
          named(new Vector.Call(VectorFunctions.class, f.name().toLowerCase(Locale.ROOT), value(of)));
      case Term.Binary(Operator o, Term a, Term b) when o == Operator.POWER -> power(a, b);
      case Term.Binary(Operator o, Term a, Term b) -> named(binary(o, value(a), value(b), b));
      case Term.Choice c -> {
        Vector left = value(c.left());
        Vector right = value(c.right());
        Vector otherwise = value(c.otherwise());
        Vector then = value(c.then());
        yield named(new Vector.Blend(otherwise, then, compare(c.relation(), left, right)));
      }
    };
  }

  /** e^(b log a). Of a negative a only a whole power is a number: that of |a|, with the sign of an odd one. */
  private Vector power(Term a, Term b) {
    if (b instanceof Term.Number(double n) && n != Math.rint(n) && 2 * n == Math.rint(2 * n) && Math.abs(n) < MOST_FACTORS) {
      return halfPower(a, n);
    }
    boolean whole = b instanceof Term.Number(double n) && n == Math.rint(n);
    boolean odd = b instanceof Term.Number(double n) && Math.abs(n % 2) == 1;
    Vector power = value((whole ? a.abs() : a).log().times(b).exp());
    if (!odd) {
      return power;
    }
    Vector negative = named(new Vector.Binary(Vector.Operator.MULTIPLY, power, new Vector.Constant(-1)));
    return named(new Vector.Blend(power, negative, compare(Relation.LT, value(a), new Vector.Constant(0))));
  }

  /** a^(n + 1/2) by products and a root, which is more exact. */
  private Vector halfPower(Term a, double n) {
    Term power = a.sqrt();
    for (int i = 1; i < Math.abs(n); i++) {
      power = power.times(a);
    }
    return value(n < 0 ? Term.number(1).over(power) : power);
  }

  private static Vector binary(Operator operator, Vector a, Vector b, Term right) {
    // The same where the bound is a number.
    if (right instanceof Term.Number && (operator == Operator.MAX || operator == Operator.MIN)) {
      return new Vector.Blend(a, b, compare(operator == Operator.MAX ? Relation.LT : Relation.GT, a, b));
    }
    return new Vector.Binary(
        switch (operator) {
          case ADD -> Vector.Operator.ADD;
          case SUBTRACT -> Vector.Operator.SUBTRACT;
          case MULTIPLY -> Vector.Operator.MULTIPLY;
          case DIVIDE -> Vector.Operator.DIVIDE;
          case MAX -> Vector.Operator.MAXIMUM;
          case MIN -> Vector.Operator.MINIMUM;
          case POWER -> throw new IllegalArgumentException("a power has no operation of its own");
        },
        a,
        b);
  }

  private static Condition compare(Relation relation, Vector a, Vector b) {
    return new Condition.Compare(relation, a, b);
  }

  private Vector named(Vector value) {
    String name = prefix + ++temporaries;
    statements.add(new Set(name, value));
    return new Vector.Variable(name);
  }
}
