package dev.lanewise.runtime.symbolic;

import dev.lanewise.runtime.symbolic.Term.Binary;
import dev.lanewise.runtime.symbolic.Term.Choice;
import dev.lanewise.runtime.symbolic.Term.Number;
import dev.lanewise.runtime.symbolic.Term.Unary;
import dev.lanewise.runtime.symbolic.Term.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A number times powers of terms, in the order in which they are written.
 *
 * @param powers their exponents, none of them 0
 */
record Product(Ratio number, Map<Term, Double> powers) {
  static final Product ZERO = of(Ratio.ZERO);

  static Product of(Ratio number) {
    return new Product(number, Map.of());
  }

  static Product of(Term factor) {
    return new Product(Ratio.ONE, Map.of(factor, 1.0));
  }

  /** Of a power of a term. */
  static Product of(Term factor, double exponent) {
    return exponent == 0 ? of(Ratio.ONE) : new Product(Ratio.ONE, Map.of(factor, exponent)).rooted();
  }

  /** Of a term that is tidy already: its factors stay as they are. */
  static Product parsed(Term tidy) {
    return switch (tidy) {
      case Number(double value) -> Tidy.number(value);
      case Binary(Operator o, Term a, Term b) when o == Operator.MULTIPLY -> parsed(a).times(parsed(b));
      case Binary(Operator o, Term a, Term b) when o == Operator.DIVIDE -> parsed(a).times(parsed(b).inverse());
      case Binary(Operator o, Term a, Number(double exponent)) when o == Operator.POWER -> of(a, exponent);
      case Binary _, Variable _, Unary _, Choice _ -> of(tidy);
    };
  }

  Product times(Product other) {
    Map<Term, Double> all = new LinkedHashMap<>(powers);
    other.powers.forEach((factor, exponent) -> all.merge(factor, exponent, Double::sum));
    all.values().removeIf(e -> e == 0);
    Ratio product = number.times(other.number);
    return product.isZero() ? ZERO : new Product(product, all).rooted();
  }

  Product times(Ratio factor) {
    return times(of(factor));
  }

  Product negated() {
    return new Product(number.negated(), powers);
  }

  Product inverse() {
    return power(-1);
  }

  Product power(int exponent) {
    Map<Term, Double> all = new LinkedHashMap<>();
    powers.forEach((factor, e) -> all.put(factor, e * exponent));
    return exponent == 0 ? of(Ratio.ONE) : new Product(number.power(exponent), all).rooted();
  }

  /** The square of a root is what is below it. */
  private Product rooted() {
    Product plain = new Product(number, new LinkedHashMap<>());
    Product freed = of(Ratio.ONE);
    for (var power : powers.entrySet()) {
      double e = power.getValue();
      if (power.getKey() instanceof Unary(Function f, Term u) && f == Function.SQRT && e % 2 == 0) {
        freed = freed.times(parsed(u).power((int) e / 2));
      } else {
        plain.powers.put(power.getKey(), e);
      }
    }
    return freed.equals(of(Ratio.ONE)) ? plain : plain.times(freed);
  }

  boolean isNumber() {
    return powers.isEmpty();
  }

  /** The one factor where there is no other, nor a number but a sign. */
  boolean isPlain() {
    return powers.size() == 1 && powers.values().iterator().next() == 1 && number.under() == 1 && Math.abs(number.over()) == 1;
  }

  Term first() {
    return powers.keySet().iterator().next();
  }

  Product without(Term factor) {
    Map<Term, Double> rest = new LinkedHashMap<>(powers);
    rest.remove(factor);
    return new Product(number, rest);
  }

  boolean isNegative() {
    return number.over() < 0;
  }

  /** As it is written: numbers first, and what it is divided by behind one line. */
  Term term() {
    return isPlain() && isNegative() && Sum.isSum(first()) ? Sum.term(Sum.summands(this)) : number.isReadable() ? fraction() : counted().fraction();
  }

  /** With roots of numbers multiplied in. */
  private Product counted() {
    Ratio all = number;
    Map<Term, Double> rest = new LinkedHashMap<>(powers);
    for (Term factor : powers.keySet()) {
      if (factor instanceof Unary(Function _, Number(double _))) {
        all = all.times(Ratio.of(Math.pow(factor.evaluate(_ -> 0), rest.remove(factor))));
      }
    }
    return new Product(all, rest);
  }

  private Term fraction() {
    double over = number.over();
    double under = number.under();
    List<Term> above = new ArrayList<>();
    List<Term> below = new ArrayList<>();
    powers.forEach((factor, e) -> (e > 0 ? above : below).add(power(factor, Math.abs(e))));
    if (!below.isEmpty() && over != 0 && 1 / over == Math.rint(1 / over)) {
      // 1 / (2 * x), not 0.5 / x.
      under *= Math.abs(1 / over);
      over = Math.signum(over);
    }
    if (under != 1) {
      below.addFirst(Term.number(under));
    }
    if (above.isEmpty() || Math.abs(over) != 1) {
      above.addFirst(Term.number(over));
    } else if (over == -1) {
      above.set(0, new Binary(Operator.MULTIPLY, Term.number(-1), above.getFirst()));
    }
    return below.isEmpty() ? joined(above) : new Binary(Operator.DIVIDE, joined(above), joined(below));
  }

  private static Term power(Term factor, double exponent) {
    return exponent == 1 ? factor
        : exponent == 0.5 ? new Unary(Function.SQRT, factor)
        : new Binary(Operator.POWER, factor, Term.number(exponent));
  }

  private static Term joined(List<Term> factors) {
    return factors.stream().reduce((a, b) -> new Binary(Operator.MULTIPLY, a, b)).orElseThrow();
  }
}
