package dev.lanewise.runtime.symbolic;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** A function of one number. */
public enum Function {
  EXP(Math::exp),
  LOG(Math::log),
  SQRT(Math::sqrt),
  SIGMOID(x -> 1 / (1 + Math.exp(-x))),
  TANH(Math::tanh),
  SIN(Math::sin),
  COS(Math::cos),
  /** The error function, 2/√π ∫ e^(-t²) from 0 to x. */
  ERF(Function::erf);

  private final DoubleUnaryOperator formula;

  Function(DoubleUnaryOperator formula) {
    this.formula = formula;
  }

  /** Its Maclaurin series where that converges fast, else a continued fraction (Abramowitz and Stegun 7.1.6, 7.1.14). */
  private static double erf(double x) {
    double a = Math.abs(x);
    if (a > 6) {
      return Math.signum(x);
    }
    if (a < 2.5) {
      double term = x;
      double sum = x;
      for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
        term *= 2 * x * x / (2 * n + 1);
        sum += term;
      }
      return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
    double fraction = 0;
    for (int n = 60; n > 0; n--) {
      fraction = n / 2.0 / (a + fraction);
    }
    return Math.signum(x) * (1 - Math.exp(-a * a) / Math.sqrt(Math.PI) / (a + fraction));
  }

  double apply(double x) {
    return formula.applyAsDouble(x);
  }

  /** As the language writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
