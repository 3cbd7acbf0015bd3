package dev.lanewise.runtime.symbolic;

import dev.lanewise.runtime.symbolic.Term.Binary;
import dev.lanewise.runtime.symbolic.Term.Choice;
import dev.lanewise.runtime.symbolic.Term.Number;
import dev.lanewise.runtime.symbolic.Term.Unary;
import dev.lanewise.runtime.symbolic.Term.Variable;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Terms as one would write them, for reading alone: equal summands and factors are collected, numbers come first, and what a condition has
 * settled is not asked again. The value is the same but for rounding, wherever the term has one. What is computed stays the term itself, whose
 * bits are what counts.
 *
 * <pre>{@code Tidy.of(Derivative.of(x.times(x), "x"));    // 2 * x, where the derivative is x + x }</pre>
 */
public final class Tidy {
  /** What is longer nobody reads. */
  private static final int MOST = 2_000;

  /** Numbers that are known by another name. */
  private static final Map<Double, Term> ROOTS = known(Function.SQRT, 2, 10);
  private static final Map<Double, Term> LOGARITHMS = known(Function.LOG, 2, 10);

  private final Facts facts;

  /** @param facts what is known of the place where a term stands */
  Tidy(Facts facts) {
    this.facts = facts;
  }

  /** The term in its form for reading. */
  public static Term of(Term term) {
    if (term.exceeds(MOST)) {
      return term;
    }
    Term tidy = new Tidy(Facts.NONE).read(term).term();
    return isFinite(tidy) ? tidy : term;
  }

  private static Map<Double, Term> known(Function f, int from, int to) {
    return IntStream.rangeClosed(from, to)
        .filter(n -> f.apply(n) != Math.rint(f.apply(n)))
        .mapToObj(n -> new Unary(f, Term.number(n)))
        .collect(Collectors.toMap(u -> u.evaluate(_ -> 0), u -> u));
  }

  private static boolean isFinite(Term term) {
    return term instanceof Number(double value) ? Double.isFinite(value) : term.parts().stream().allMatch(Tidy::isFinite);
  }

  Product read(Term term) {
    return switch (term) {
      case Number(double value) -> number(value);
      case Variable _ -> Product.of(term);
      case Unary(Function f, Term u) -> function(f, read(u));
      case Binary(Operator o, Term a, Term b) -> switch (o) {
        case ADD -> Sum.add(read(a), read(b));
        case SUBTRACT -> Sum.add(read(a), read(b).negated());
        case MULTIPLY -> read(a).times(read(b));
        case DIVIDE -> read(a).times(read(b).inverse());
        case POWER -> power(read(a), b);
        case MAX, MIN -> Product.of(new Binary(o, read(a).term(), read(b).term()));
      };
      case Choice c -> choice(c);
    };
  }

  /** What was taken for its exactness near 0 is written as what it is. */
  private Product function(Function f, Product u) {
    Product one = Product.of(Ratio.ONE);
    return switch (f) {
      case EXP -> exponential(u);
      case EXPM1 -> Sum.add(exponential(u), one.negated());
      case LOG1P -> Product.of(new Unary(Function.LOG, Sum.add(one, u).term()));
      case LOG, SQRT, SIGMOID, TANH, SOFTPLUS, ABS, RELU, SIN, COS, ATAN, FLOOR, CEIL, ROUND, ERF -> Product.of(new Unary(f, u.term()));
    };
  }

  static Product number(double value) {
    for (double exponent : new double[] {1, -1}) {
      Term root = ROOTS.get(exponent < 0 ? nearest(1 / Math.abs(value)) : Math.abs(value));
      if (root != null) {
        Product power = Product.of(root, exponent);
        return value < 0 ? power.negated() : power;
      }
    }
    Term logarithm = LOGARITHMS.get(Math.abs(value));
    return logarithm == null ? Product.of(Ratio.of(value))
        : value < 0 ? Product.of(logarithm).negated() : Product.of(logarithm);
  }

  /** The root that one over a number may have missed by its rounding. */
  private static double nearest(double value) {
    return ROOTS.keySet().stream().filter(root -> Math.abs(root - value) <= Math.ulp(root)).findFirst().orElse(value);
  }

  private Product power(Product base, Term exponent) {
    if (!(exponent instanceof Number(double e))) {
      return Product.of(new Binary(Operator.POWER, base.term(), read(exponent).term()));
    }
    return e == Math.rint(e) && Math.abs(e) <= 64 ? base.power((int) e) : Product.of(base.term(), e);
  }

  /** Each branch knows of the condition, and nothing is asked that is known. */
  private Product choice(Choice c) {
    Condition condition = Condition.of(c.relation(), read(c.left()).term(), read(c.right()).term());
    return switch (facts.answer(condition)) {
      case YES -> read(c.then());
      case NO -> read(c.otherwise());
      case OPEN -> Choices.of(condition, new Tidy(facts.with(condition, true)).read(c.then()), new Tidy(facts.with(condition, false)).read(c.otherwise()));
    };
  }

  /** e ^ (b log a) is how a ^ b is computed. */
  private static Product exponential(Product exponent) {
    Optional<Term> logarithm = exponent.powers().entrySet().stream()
        .filter(p -> p.getValue() == 1 && p.getKey() instanceof Unary(Function f, Term _) && f == Function.LOG)
        .map(Map.Entry::getKey).reduce((_, last) -> last);
    return logarithm.isPresent() && exponent.powers().size() > 1 && logarithm.get() instanceof Unary(Function _, Term a)
        ? Product.of(new Binary(Operator.POWER, a, exponent.without(logarithm.get()).term()))
        : Product.of(new Unary(Function.EXP, exponent.term()));
  }
}
