package dev.lanewise.dsl.syntax;

/**
 * The operators, from those that bind loosest.
 *
 * <pre>{@code a or b < c + d * -e ^ f }</pre>
 */
public enum Operator {
  OR("or", 1),
  AND("and", 2),
  NOT("not", 3),
  LESS("<", 4),
  AT_MOST("<=", 4),
  MORE(">", 4),
  AT_LEAST(">=", 4),
  EQUAL("==", 4),
  DIFFERENT("!=", 4),
  PLUS("+", 5),
  MINUS("-", 5),
  TIMES("*", 6),
  OVER("/", 6),
  MODULO("%", 6),
  /** The product of matrices. */
  AT("@", 6),
  NEGATE("-", 7),
  POWER("^", 8);

  private final String text;
  private final int strength;

  Operator(String text, int strength) {
    this.text = text;
    this.strength = strength;
  }

  public String text() {
    return text;
  }

  /** Higher binds tighter. */
  public int strength() {
    return strength;
  }

  public boolean isComparison() {
    return strength == 4;
  }
}
