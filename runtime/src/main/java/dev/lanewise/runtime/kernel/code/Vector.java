package dev.lanewise.runtime.kernel.code;

/** A float vector that a program computes. */
public sealed interface Vector {
  record Variable(String name) implements Vector {}

  record Constant(float value) implements Vector {}

  /** The elements of a {@code float[]} from a place on. */
  record Load(String array, Index at) implements Vector {}

  /** One element of a {@code float[]} in every lane. */
  record Broadcast(String array, Index at) implements Vector {}

  /** A float parameter of the program in every lane. */
  record Scalar(String name) implements Vector {}

  /** {@code a * b + c}, rounded once. */
  record Fma(Vector a, Vector b, Vector c) implements Vector {}

  record Binary(Operator operator, Vector a, Vector b) implements Vector {}

  record Blend(Vector otherwise, Vector then, Condition when) implements Vector {}

  /** A static method of one vector, which the compiler must be able to inline: see {@code engine_options}. */
  record Call(Class<?> owner, String method, Vector of) implements Vector {}

  /** Integers of a table, an {@code int[]}, one for each lane. */
  record Indices(String table, Index at) implements Vector {}

  /** A float vector seen as integers, which {@link Select} moves about. */
  record Bits(Vector of) implements Vector {}

  /** Integers seen as the floats they were. */
  record Floats(Vector of) implements Vector {}

  /** In each lane the element of a, then b, that the indices name; all three are integers. */
  record Select(Vector indices, Vector a, Vector b) implements Vector {}

  /** What two vectors give, with the name of the method that computes it. */
  enum Operator {
    ADD("add", "+"),
    SUBTRACT("sub", "-"),
    MULTIPLY("mul", "*"),
    DIVIDE("div", "/"),
    MINIMUM("min", "min"),
    MAXIMUM("max", "max");

    final String method;
    final String symbol;

    Operator(String method, String symbol) {
      this.method = method;
      this.symbol = symbol;
    }
  }
}
