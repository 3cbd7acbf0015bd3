package dev.lanewise.runtime.symbolic;

import dev.lanewise.runtime.symbolic.Term.Choice;
import dev.lanewise.runtime.symbolic.Term.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Choices as one would write them. */
final class Choices {
  private Choices() {}

  static Product of(Condition c, Product then, Product otherwise) {
    if (then.equals(otherwise)) {
      return then;
    }
    Term choice = new Choice(c.relation(), c.left(), c.right(), then.term(), otherwise.term());
    return magnitude(c, then, otherwise).orElseGet(() -> Product.of(choice));
  }

  /** u f where u is above 0, -u f where it is below, else 0: |u| f. */
  private static Optional<Product> magnitude(Condition c, Product then, Product otherwise) {
    return then.powers().entrySet().stream()
        .filter(power -> power.getValue() == 1 && c.compares(power.getKey(), Relation.GT))
        .map(Map.Entry::getKey)
        .filter(u -> isMirrored(u, then, otherwise))
        .findFirst()
        .map(u -> then.without(u).times(Product.of(new Unary(Function.ABS, u))));
  }

  private static boolean isMirrored(Term u, Product then, Product otherwise) {
    return otherwise.isPlain()
        && otherwise.first() instanceof Choice(Relation r, Term a, Term b, Term below, Term tie)
        && new Condition(r, a, b).compares(u, Relation.LT)
        && tie.is(0)
        && Product.parsed(below).equals(otherwise.isNegative() ? then : then.negated());
  }

  /** Summands with choices of one condition become one choice between sums; relu(u) is a choice too, where another is one by u > 0. */
  static List<Product> joined(List<Product> summands) {
    List<Product> left = new ArrayList<>();
    for (Product p : summands) {
      Optional<Part> part = part(p);
      int partner = part.isEmpty() ? -1 : partner(part.get(), left);
      if (partner < 0) {
        left.add(p);
      } else {
        Part with = part(left.get(partner)).orElseThrow();
        left.set(partner, of(with.condition, Sum.add(with.then, part.get().then), Sum.add(with.otherwise, part.get().otherwise)));
      }
    }
    left.removeIf(p -> p.number().isZero());
    return left;
  }

  private static int partner(Part part, List<Product> among) {
    for (int i = 0; i < among.size(); i++) {
      Optional<Part> other = part(among.get(i));
      if (other.isPresent() && other.get().condition.equals(part.condition) && !(part.rectifier && other.get().rectifier)) {
        return i;
      }
    }
    return -1;
  }

  /** A product as a choice between products. */
  private record Part(Condition condition, Product then, Product otherwise, boolean rectifier) {}

  private static Optional<Part> part(Product p) {
    for (Map.Entry<Term, Double> power : p.powers().entrySet()) {
      if (power.getValue() == 1) {
        Product rest = p.without(power.getKey());
        if (power.getKey() instanceof Choice(Relation r, Term a, Term b, Term then, Term otherwise)) {
          return Optional.of(new Part(new Condition(r, a, b), rest.times(Product.parsed(then)), rest.times(Product.parsed(otherwise)), false));
        }
        if (power.getKey() instanceof Unary(Function f, Term u) && f == Function.RELU) {
          return Optional.of(new Part(Condition.of(Relation.GT, u, Term.number(0)), rest.times(Product.parsed(u)), Product.ZERO, true));
        }
      }
    }
    return Optional.empty();
  }
}
