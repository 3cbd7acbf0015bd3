package dev.lanewise.runtime.symbolic;

/** How two numbers may relate. */
public enum Relation {
  EQ("=="),
  NE("!="),
  LT("<"),
  LE("<="),
  GT(">"),
  GE(">=");

  private final String symbol;

  Relation(String symbol) {
    this.symbol = symbol;
  }

  /** As the language writes it. */
  public String symbol() {
    return symbol;
  }

  boolean holds(double a, double b) {
    return switch (this) {
      case EQ -> a == b;
      case NE -> a != b;
      case LT -> a < b;
      case LE -> a <= b;
      case GT -> a > b;
      case GE -> a >= b;
    };
  }
}
