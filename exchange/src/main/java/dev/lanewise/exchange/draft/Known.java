package dev.lanewise.exchange.draft;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Functions of one number that the language has a name for, however a file writes them: found by their values. */
final class Known {
  private static final double[] PLACES = {-11.3, -6.1, -5.9, -4.2, -3.05, -2.9, -2.4, -1.7, -1, -0.6, -0.25, -0.03, 0, 0.02, 0.3, 0.75, 1, 1.9, 2.6, 2.95, 3.2, 4.4, 5.7, 5.95, 6.2, 9.5};

  private record Named(String call, DoubleUnaryOperator function) {}

  private static final List<Named> PLAIN = List.of(
      new Named("relu", x -> Math.max(0, x)), new Named("sigmoid", Known::sigmoid), new Named("tanh", Math::tanh), new Named("silu", x -> x * sigmoid(x)),
      new Named("gelu", x -> x * (1 + erf(x / Math.sqrt(2))) / 2), new Named("softplus", Known::softplus), new Named("softsign", x -> x / (1 + Math.abs(x))),
      new Named("relu6", x -> Math.min(6, Math.max(0, x))), new Named("hard_sigmoid", Known::hardSigmoid), new Named("hard_swish", x -> x * hardSigmoid(x)),
      new Named("mish", x -> x * Math.tanh(softplus(x))), new Named("selu", x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x))));

  private Known() {}

  /** Whether a word is one of these. */
  static boolean isWord(String word) {
    return word.equals("leaky_relu") || word.equals("elu") || PLAIN.stream().anyMatch(n -> n.call().equals(word));
  }

  /** The layer that is that function. */
  static Optional<String> of(DoubleUnaryOperator f) {
    for (Named named : PLAIN) {
      if (isSame(f, named.function())) {
        return Optional.of(named.call());
      }
    }
    double slope = -f.applyAsDouble(-1);
    if (isSame(f, x -> x > 0 ? x : slope * x) && slope != 1 && slope != 0) {
      return Optional.of(slope == 0.01 ? "leaky_relu" : "leaky_relu(" + Spelled.number(slope) + ")");
    }
    double alpha = f.applyAsDouble(-1) / Math.expm1(-1);
    if (isSame(f, x -> x > 0 ? x : alpha * Math.expm1(x)) && alpha != 0) {
      double said = (float) alpha;
      double near = Math.round(said * 1e6) / 1e6;
      return Optional.of(near == 1 ? "elu" : "elu(" + Spelled.number(near) + ")");
    }
    return Optional.empty();
  }

  private static boolean isSame(DoubleUnaryOperator f, DoubleUnaryOperator g) {
    for (double x : PLACES) {
      double a = f.applyAsDouble(x), b = g.applyAsDouble(x);
      if (!(Math.abs(a - b) <= 2e-7 * (1e-2 + Math.abs(b)))) {
        return false;
      }
    }
    return true;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double hardSigmoid(double x) {
    return Math.min(1, Math.max(0, (x + 3) / 6));
  }

  private static double erf(double x) {
    return dev.lanewise.runtime.symbolic.Term.number(x).erf().evaluate(_ -> 0);
  }
}
