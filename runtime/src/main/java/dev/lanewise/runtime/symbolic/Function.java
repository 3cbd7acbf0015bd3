package dev.lanewise.runtime.symbolic;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** A function of one number. */
public enum Function {
  EXP(Math::exp),
  LOG(Math::log),
  SQRT(Math::sqrt),
  SIGMOID(x -> 1 / (1 + Math.exp(-x))),
  TANH(Math::tanh);

  private final DoubleUnaryOperator formula;

  Function(DoubleUnaryOperator formula) {
    this.formula = formula;
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
