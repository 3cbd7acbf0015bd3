package dev.lanewise.runtime.kernel.code;

/** A whole number that a program computes with: a place in an array, or the bound of a loop. */
public sealed interface Index {
  record Constant(int value) implements Index {}

  record Variable(String name) implements Index {}

  record Sum(Index left, Index right) implements Index {}

  record Product(Index of, int factor) implements Index {}

  /** An element of a table, an {@code int[]}. */
  record Element(String table, Index at) implements Index {}

  static Index of(int value) {
    return new Constant(value);
  }

  static Index of(String name) {
    return new Variable(name);
  }

  /** Constants are folded, and kept on the right. */
  default Index plus(Index more) {
    return switch (more) {
      case Constant(int value) -> plus(value);
      default -> this instanceof Constant(int value) ? more.plus(value) : new Sum(this, more);
    };
  }

  default Index plus(int value) {
    return switch (this) {
      case Constant(int mine) -> new Constant(Math.addExact(mine, value));
      case Sum(Index left, Constant(int mine)) -> left.plus(Math.addExact(mine, value));
      default -> value == 0 ? this : new Sum(this, new Constant(value));
    };
  }

  default Index times(int factor) {
    return switch (this) {
      case Constant(int mine) -> new Constant(Math.multiplyExact(mine, factor));
      default -> factor == 1 ? this : new Product(this, factor);
    };
  }
}
