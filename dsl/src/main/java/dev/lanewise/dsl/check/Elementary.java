package dev.lanewise.dsl.check;

import dev.lanewise.runtime.symbolic.Relation;
import dev.lanewise.runtime.symbolic.Term;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The functions that a {@code def} may call. */
final class Elementary {
  private static final Term ZERO = Term.number(0);

  private static final Map<String, UnaryOperator<Term>> UNARY =
      new TreeMap<>(
          Map.of(
              "erf", Term::erf,
              "exp", Term::exp,
              "log", Term::log,
              "sqrt", Term::sqrt,
              "sigmoid", Term::sigmoid,
              "tanh", Term::tanh,
              "sin", Term::sin,
              "cos", Term::cos,
              "relu", x -> x.max(ZERO),
              "abs", x -> Term.where(Relation.LT, x, ZERO, Term.number(-1).times(x), x)));

  private static final Map<String, BinaryOperator<Term>> BINARY =
      new TreeMap<>(Map.of("max", Term::max, "min", Term::min));

  /** Whole powers up to this are products. */
  private static final int MOST_FACTORS = 16;

  private Elementary() {}

  static List<String> names() {
    return java.util.stream.Stream.concat(UNARY.keySet().stream(), BINARY.keySet().stream()).sorted().toList();
  }

  /** Empty if there are too few arguments, or too many. */
  static Optional<Term> call(String name, List<Term> arguments) {
    if (UNARY.containsKey(name) && arguments.size() == 1) {
      return Optional.of(UNARY.get(name).apply(arguments.getFirst()));
    }
    return BINARY.containsKey(name) && arguments.size() == 2
        ? Optional.of(BINARY.get(name).apply(arguments.getFirst(), arguments.getLast()))
        : Optional.empty();
  }

  /** a ^ b: a product for small whole b, a root for one half, else e ^ (b log a), which needs a positive a. */
  static Term power(Term a, Term b) {
    if (b instanceof Term.Number(double n) && n == Math.rint(n) && Math.abs(n) <= MOST_FACTORS) {
      Term product = Term.number(1);
      for (int i = 0; i < Math.abs(n); i++) {
        product = product.times(a);
      }
      return n < 0 ? Term.number(1).over(product) : product;
    }
    return b.is(0.5) ? a.sqrt() : b.times(a.log()).exp();
  }
}
