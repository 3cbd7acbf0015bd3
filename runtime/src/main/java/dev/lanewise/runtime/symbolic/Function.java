package dev.lanewise.runtime.symbolic;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** A function of one number. In double it has the same bits on every machine, as a schedule that is trained by must. */
public enum Function {
  EXP(StrictMath::exp),
  LOG(StrictMath::log),
  SQRT(Math::sqrt),
  SIGMOID(x -> 1 / (1 + StrictMath.exp(-x))),
  TANH(StrictMath::tanh),
  /** e^x - 1, exact near 0, where the difference would cancel. */
  EXPM1(StrictMath::expm1),
  /** log(1 + x), exact near 0, where the sum would round x away. */
  LOG1P(StrictMath::log1p),
  /** log(1 + e^x), without overflow and exact where it is small. */
  SOFTPLUS(x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)))),
  ABS(Math::abs),
  /** max(x, 0), but flat at 0 itself: its derivative there is 0, as PyTorch's. */
  RELU(x -> x < 0 ? 0 : x),
  SIN(StrictMath::sin),
  COS(StrictMath::cos),
  /** The angle of which it is the tangent, between -π/2 and π/2. */
  ATAN(StrictMath::atan),
  /** The next whole number below, or itself. */
  FLOOR(Math::floor),
  /** The next whole number above, or itself. */
  CEIL(Math::ceil),
  /** The nearest whole number; of two the even one. */
  ROUND(Math::rint),
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
      return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }
    double fraction = 0;
    for (int n = 60; n > 0; n--) {
      fraction = n / 2.0 / (a + fraction);
    }
    return Math.signum(x) * (1 - StrictMath.exp(-a * a) / Math.sqrt(Math.PI) / (a + fraction));
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
