package dev.lanewise.runtime.kernel.code;

/** A truth for each lane. */
public sealed interface Condition {
  record Variable(String name) implements Condition {}

  record Compare(Relation relation, Vector a, Vector b) implements Condition {}

  /** How two numbers may relate, as the Vector API names it. */
  enum Relation {
    EQ("=="),
    NE("!="),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">=");

    final String symbol;

    Relation(String symbol) {
      this.symbol = symbol;
    }
  }
}
