package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.meaning.Curve;
import dev.lanewise.runtime.symbolic.Term;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The functions that a {@code def} may call. */
public final class Elementary {
  private static final Map<String, UnaryOperator<Term>> UNARY =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("abs", Term::abs),
              Map.entry("acos", Term::acos),
              Map.entry("asin", Term::asin),
              Map.entry("atan", Term::atan),
              Map.entry("ceil", Term::ceil),
              Map.entry("cos", Term::cos),
              Map.entry("erf", Term::erf),
              Map.entry("exp", Term::exp),
              Map.entry("expm1", Term::expm1),
              Map.entry("floor", Term::floor),
              Map.entry("log", Term::log),
              Map.entry("log1p", Term::log1p),
              Map.entry("relu", Term::relu),
              Map.entry("round", Term::round),
              Map.entry("sigmoid", Term::sigmoid),
              Map.entry("sin", Term::sin),
              Map.entry("sqrt", Term::sqrt),
              Map.entry("tanh", Term::tanh)));

  private static final Map<String, BinaryOperator<Term>> BINARY =
      new TreeMap<>(Map.of("max", Term::max, "min", Term::min));

  /** Those of one number, each as it is written in simpler functions where there are any. */
  public static final Map<String, UnaryOperator<Term>> FORMULAS = formulas();

  /** Whole powers up to this are products. */
  private static final int MOST_FACTORS = 16;

  private Elementary() {}

  static List<String> names() {
    return java.util.stream.Stream.concat(UNARY.keySet().stream(), BINARY.keySet().stream()).sorted().toList();
  }

  private static Map<String, UnaryOperator<Term>> formulas() {
    Map<String, UnaryOperator<Term>> all = new TreeMap<>(UNARY);
    all.put("relu", x -> x.max(Term.number(0)));
    all.put("sigmoid", x -> Term.number(1).over(Term.number(1).plus(Term.number(-1).times(x).exp())));
    all.put("tanh", x -> Term.number(1).minus(Term.number(2).over(Term.number(2).times(x).exp().plus(Term.number(1)))));
    return all;
  }

  /** One of {@link #FORMULAS}. */
  public static Curve curve(String name) {
    Term x = Term.variable("x");
    return new Curve(name, "x", UNARY.get(name).apply(x), FORMULAS.get(name).apply(x));
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

  /** a ^ b: a product for small whole b, a root for one half; where b varies, e ^ (b log a), which needs a positive a. */
  static Term power(Term a, Term b) {
    if (b instanceof Term.Number(double n) && n == Math.rint(n) && Math.abs(n) <= MOST_FACTORS) {
      Term product = Term.number(1);
      for (int i = 0; i < Math.abs(n); i++) {
        product = product.times(a);
      }
      return n < 0 ? Term.number(1).over(product) : product;
    }
    if (b.is(0.5)) {
      return a.sqrt();
    }
    return b instanceof Term.Number(double n) ? a.power(n) : b.times(a.log()).exp();
  }
}
