package dev.lanewise.runtime.symbolic;

import java.util.function.DoubleBinaryOperator;

/** What two numbers give. */
public enum Operator {
  ADD("+", Double::sum),
  SUBTRACT("-", (a, b) -> a - b),
  MULTIPLY("*", (a, b) -> a * b),
  DIVIDE("/", (a, b) -> a / b),
  MAX("max", Math::max),
  MIN("min", Math::min),
  /** a to the power of b; of a negative a only where b is a whole number. */
  POWER("^", StrictMath::pow);

  final String symbol;
  private final DoubleBinaryOperator formula;

  Operator(String symbol, DoubleBinaryOperator formula) {
    this.symbol = symbol;
    this.formula = formula;
  }

  double apply(double a, double b) {
    return formula.applyAsDouble(a, b);
  }
}
