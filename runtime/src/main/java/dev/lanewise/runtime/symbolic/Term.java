package dev.lanewise.runtime.symbolic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * A formula of numbers. The methods that combine terms simplify as they go: constants are computed, what adds zero or multiplies by one is
 * left out, and where what is wanted would be rounded away, or overflow on the way, the function is taken that was made for it: e^x - 1 is
 * expm1(x), log(1 + x) is log1p(x), log(1 + e^x) is softplus(x).
 */
public sealed interface Term {
  record Number(double value) implements Term {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  record Variable(String name) implements Term {
    @Override
    public String toString() {
      return name;
    }
  }

  record Unary(Function function, Term of) implements Term {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  record Binary(Operator operator, Term left, Term right) implements Term {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code then} where left relates to right, else {@code otherwise}. */
  record Choice(Relation relation, Term left, Term right, Term then, Term otherwise) implements Term {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  static Term number(double value) {
    return new Number(value);
  }

  static Term variable(String name) {
    return new Variable(name);
  }

  default Term plus(Term more) {
    return is(0) ? more : more.is(0) ? this : combine(Operator.ADD, more);
  }

  default Term minus(Term less) {
    if (less.is(1) && this instanceof Unary(Function f, Term u) && f == Function.EXP) {
      return u.expm1();
    }
    if (is(1) && less instanceof Unary(Function f, Term u) && f == Function.EXP) {
      return number(-1).times(u.expm1());
    }
    return less.is(0) ? this : combine(Operator.SUBTRACT, less);
  }

  default Term times(Term factor) {
    if (is(0) || factor.is(0)) {
      return number(0);
    }
    if (is(1)) {
      return factor;
    }
    if (factor.is(1)) {
      return this;
    }
    if (factor instanceof Choice c && (c.then.isSimple() || c.otherwise.isSimple())) {
      return new Choice(c.relation, c.left, c.right, times(c.then), times(c.otherwise));
    }
    if (factor instanceof Binary(Operator o, Term one, Term divisor) && o == Operator.DIVIDE && one.is(1)) {
      return over(divisor);
    }
    return combine(Operator.MULTIPLY, factor);
  }

  default Term over(Term divisor) {
    return is(0) ? number(0) : divisor.is(1) ? this : combine(Operator.DIVIDE, divisor);
  }

  default Term max(Term other) {
    return combine(Operator.MAX, other);
  }

  default Term min(Term other) {
    return combine(Operator.MIN, other);
  }

  /** This to the power of a number that does not vary. */
  default Term power(double exponent) {
    return combine(Operator.POWER, number(exponent));
  }

  default Term exp() {
    return apply(Function.EXP);
  }

  default Term log() {
    if (this instanceof Binary(Operator o, Term a, Term b)) {
      if (o == Operator.ADD && (a.is(1) || b.is(1))) {
        return (a.is(1) ? b : a).log1p();
      }
      if (o == Operator.SUBTRACT && a.is(1)) {
        return number(-1).times(b).log1p();
      }
    }
    return apply(Function.LOG);
  }

  default Term sqrt() {
    return apply(Function.SQRT);
  }

  default Term sigmoid() {
    return apply(Function.SIGMOID);
  }

  default Term erf() {
    return apply(Function.ERF);
  }

  default Term sin() {
    return apply(Function.SIN);
  }

  default Term cos() {
    return apply(Function.COS);
  }

  default Term atan() {
    return apply(Function.ATAN);
  }

  /** atan(x / √(1 - x²)), with both factors of the difference by themselves, exact where it is small. */
  default Term asin() {
    return over(number(1).minus(this).times(number(1).plus(this)).sqrt()).atan();
  }

  /** 2 atan √((1 - x) / (1 + x)), exact near 1, where it is 0. */
  default Term acos() {
    return number(2).times(number(1).minus(this).over(number(1).plus(this)).sqrt().atan());
  }

  default Term floor() {
    return apply(Function.FLOOR);
  }

  default Term ceil() {
    return apply(Function.CEIL);
  }

  default Term round() {
    return apply(Function.ROUND);
  }

  default Term tanh() {
    return apply(Function.TANH);
  }

  default Term expm1() {
    return apply(Function.EXPM1);
  }

  default Term log1p() {
    return this instanceof Unary(Function f, Term u) && f == Function.EXP ? u.softplus() : apply(Function.LOG1P);
  }

  default Term softplus() {
    return apply(Function.SOFTPLUS);
  }

  default Term abs() {
    return apply(Function.ABS);
  }

  default Term relu() {
    return apply(Function.RELU);
  }

  /** {@code then} where left relates to right, else {@code otherwise}. */
  static Term where(Relation relation, Term left, Term right, Term then, Term otherwise) {
    return then.equals(otherwise) ? then : new Choice(relation, left, right, then, otherwise);
  }

  private Term combine(Operator operator, Term other) {
    return this instanceof Number(double a) && other instanceof Number(double b)
        ? number(operator.apply(a, b))
        : new Binary(operator, this, other);
  }

  private Term apply(Function function) {
    return this instanceof Number(double value) ? number(function.apply(value)) : new Unary(function, this);
  }

  /** Whether this is that number. */
  default boolean is(double number) {
    return this instanceof Number(double value) && value == number;
  }

  private boolean isSimple() {
    return is(0) || is(1);
  }

  /** This with every part that equals {@code old} replaced. */
  default Term replace(Term old, Term now) {
    if (equals(old)) {
      return now;
    }
    return switch (this) {
      case Number _, Variable _ -> this;
      case Unary(Function f, Term of) -> new Unary(f, of.replace(old, now));
      case Binary(Operator o, Term a, Term b) -> new Binary(o, a.replace(old, now), b.replace(old, now));
      case Choice c -> new Choice(
          c.relation, c.left.replace(old, now), c.right.replace(old, now), c.then.replace(old, now),
          c.otherwise.replace(old, now));
    };
  }

  /** The parts that this is put together from; none of a number or variable. */
  default List<Term> parts() {
    return switch (this) {
      case Number _, Variable _ -> List.of();
      case Unary(Function _, Term of) -> List.of(of);
      case Binary(Operator _, Term a, Term b) -> List.of(a, b);
      case Choice c -> List.of(c.left, c.right, c.then, c.otherwise);
    };
  }

  /** Whether this has more parts, written out, than that; a term that reads others twice again and again may be huge. */
  default boolean exceeds(int parts) {
    Deque<Term> left = new ArrayDeque<>(List.of(this));
    for (int seen = 0; !left.isEmpty(); seen++) {
      if (seen > parts) {
        return true;
      }
      left.addAll(left.pop().parts());
    }
    return false;
  }

  /** How many different operations there are: what computing this takes if nothing is computed twice. */
  default int operations() {
    Set<Term> seen = new HashSet<>();
    Deque<Term> left = new ArrayDeque<>(List.of(this));
    while (!left.isEmpty()) {
      Term term = left.pop();
      if (!term.parts().isEmpty() && seen.add(term)) {
        left.addAll(term.parts());
      }
    }
    return seen.size();
  }

  /** Whether the variable occurs. */
  default boolean has(String variable) {
    return switch (this) {
      case Number _ -> false;
      case Variable(String name) -> name.equals(variable);
      case Unary(Function _, Term of) -> of.has(variable);
      case Binary(Operator _, Term a, Term b) -> a.has(variable) || b.has(variable);
      case Choice c -> c.left.has(variable) || c.right.has(variable) || c.then.has(variable) || c.otherwise.has(variable);
    };
  }

  /** The value, in double: the specification of every kernel that is made from a term. */
  default double evaluate(ToDoubleFunction<String> variables) {
    return switch (this) {
      case Number(double value) -> value;
      case Variable(String name) -> variables.applyAsDouble(name);
      case Unary(Function f, Term of) -> f.apply(of.evaluate(variables));
      case Binary(Operator o, Term a, Term b) -> o.apply(a.evaluate(variables), b.evaluate(variables));
      case Choice c -> c.relation.holds(c.left.evaluate(variables), c.right.evaluate(variables))
          ? c.then.evaluate(variables)
          : c.otherwise.evaluate(variables);
    };
  }
}
