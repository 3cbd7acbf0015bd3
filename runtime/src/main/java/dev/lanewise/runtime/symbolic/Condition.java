package dev.lanewise.runtime.symbolic;

import dev.lanewise.runtime.symbolic.Term.Unary;
import java.util.List;

/** A comparison, its two sides tidy. */
record Condition(Relation relation, Term left, Term right) {
  /** As one would write it: relu(u) is above 0 where u is, (x + 3) / 6 where x > -3, 1 - x where x < 1. */
  static Condition of(Relation relation, Term left, Term right) {
    if (!right.is(0)) {
      return new Condition(relation, left, right);
    }
    if (relation == Relation.GT && left instanceof Unary(Function f, Term u) && f == Function.RELU) {
      return of(relation, u, right);
    }
    Product p = Product.parsed(left);
    boolean scaled = p.powers().size() == 1 && p.powers().values().iterator().next() == 1 && Math.abs(p.number().value()) >= 1e-3;
    return scaled ? shifted(p.isNegative() ? flipped(relation) : relation, p.first()) : new Condition(relation, left, right);
  }

  private static Condition shifted(Relation relation, Term u) {
    List<Product> summands = Sum.summands(Product.of(u));
    if (summands.size() == 2 && summands.stream().anyMatch(Product::isNumber)) {
      Product number = summands.stream().filter(Product::isNumber).findFirst().orElseThrow();
      Product rest = summands.get(1 - summands.indexOf(number));
      if (rest.isPlain()) {
        return rest.isNegative()
            ? new Condition(flipped(relation), rest.first(), number.term())
            : new Condition(relation, rest.first(), number.negated().term());
      }
    }
    return new Condition(relation, u, Term.number(0));
  }

  private static Relation flipped(Relation relation) {
    return switch (relation) {
      case EQ, NE -> relation;
      case LT -> Relation.GT;
      case LE -> Relation.GE;
      case GT -> Relation.LT;
      case GE -> Relation.LE;
    };
  }

  /** Whether this says that a term lies so to 0. */
  boolean compares(Term u, Relation with) {
    return equals(of(with, u, Term.number(0)));
  }
}
