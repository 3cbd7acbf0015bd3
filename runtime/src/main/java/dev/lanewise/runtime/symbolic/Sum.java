package dev.lanewise.runtime.symbolic;

import dev.lanewise.runtime.symbolic.Term.Binary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sums as one would write them. */
final class Sum {
  private Sum() {}

  /** As a product: of the one summand that is left, or of what is in brackets. Alike they are counted: (x - 3) + (x - 3) is 2 (x - 3), not 2 x - 6. */
  static Product add(Product a, Product b) {
    if (a.powers().equals(b.powers())) {
      return new Product(a.number().plus(b.number()), b.powers()).times(Ratio.ONE);
    }
    List<Product> summands = new ArrayList<>(summands(a));
    summands.addAll(summands(b));
    return of(summands);
  }

  /** What is added up here: the summands of what stands in brackets alone. */
  static List<Product> summands(Product p) {
    if (!p.isPlain() || !isSum(p.first())) {
      return List.of(p);
    }
    List<Product> summands = new ArrayList<>();
    split(p.first(), p.isNegative(), summands);
    return summands;
  }

  static boolean isSum(Term term) {
    return term instanceof Binary(Operator o, Term _, Term _) && (o == Operator.ADD || o == Operator.SUBTRACT);
  }

  private static void split(Term sum, boolean negative, List<Product> into) {
    if (isSum(sum) && sum instanceof Binary(Operator o, Term a, Term b)) {
      split(a, negative, into);
      split(b, negative ^ o == Operator.SUBTRACT, into);
    } else {
      into.add(negative ? Product.parsed(sum).negated() : Product.parsed(sum));
    }
  }

  static Product of(List<Product> summands) {
    List<Product> left = Choices.joined(collected(summands));
    if (left.size() < 2) {
      return left.isEmpty() ? Product.ZERO : left.getFirst();
    }
    double under = left.getFirst().number().under();
    if (under != 1 && left.stream().allMatch(p -> p.number().under() == under)) {
      Ratio factor = new Ratio(under, 1);
      return of(left.stream().map(p -> p.times(factor)).flatMap(p -> summands(p).stream()).toList()).times(factor.inverse());
    }
    if (left.stream().allMatch(Product::isNegative)) {
      return of(left.stream().map(Product::negated).toList()).negated();
    }
    return overOneLine(left).orElseGet(() -> Product.of(term(left)));
  }

  /** Equal ones counted, where the first stood and as the last was written: in f'g + fg' the outer function of a chain comes last. */
  private static List<Product> collected(List<Product> summands) {
    List<Product> left = new ArrayList<>();
    for (Product p : summands) {
      int i = 0;
      while (i < left.size() && !left.get(i).powers().equals(p.powers())) {
        i++;
      }
      if (i == left.size()) {
        left.add(p);
      } else {
        left.set(i, new Product(left.get(i).number().plus(p.number()), p.powers()));
      }
    }
    left.removeIf(p -> p.number().isZero());
    return left;
  }

  /** 1 - a / (1 + a) is 1 / (1 + a): over the divisor, a sum, of one of them, where that is shorter. */
  private static Optional<Product> overOneLine(List<Product> summands) {
    for (Product fraction : summands) {
      for (Map.Entry<Term, Double> power : fraction.powers().entrySet()) {
        boolean others = summands.stream().allMatch(p -> p == fraction || p.isNumber());
        if (power.getValue() == -1 && isSum(power.getKey()) && others) {
          Product divisor = Product.of(power.getKey());
          List<Product> above = summands.stream()
              .flatMap(p -> p == fraction ? summands(p.times(divisor)).stream() : summands(divisor).stream().map(p::times))
              .toList();
          Product whole = of(above).times(divisor.inverse());
          if (!whole.term().exceeds(size(term(summands)) - 1)) {
            return Optional.of(whole);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static int size(Term term) {
    return 1 + term.parts().stream().mapToInt(Sum::size).sum();
  }

  static Term term(List<Product> summands) {
    List<Product> ordered = new ArrayList<>(summands);
    if (ordered.getFirst().isNegative()) {
      // 1 - x rather than -x + 1.
      ordered.stream().filter(p -> !p.isNegative()).findFirst().ifPresent(p -> {
        ordered.remove(p);
        ordered.addFirst(p);
      });
    }
    Term sum = ordered.getFirst().term();
    for (Product p : ordered.subList(1, ordered.size())) {
      sum = new Binary(p.isNegative() ? Operator.SUBTRACT : Operator.ADD, sum, (p.isNegative() ? p.negated() : p).term());
    }
    return sum;
  }
}
