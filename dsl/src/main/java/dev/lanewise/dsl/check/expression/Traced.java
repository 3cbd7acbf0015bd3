package dev.lanewise.dsl.check.expression;

import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;

/**
 * A value inside a {@code def} or {@code layer} while its body is followed: a formula of every element by itself, of the
 * values that earlier steps have made, which it calls {@code %0}, {@code %1} …
 *
 * @param shape null for a number that is the same everywhere
 * @param shared the number of the parameter that this is as it stands, or -1
 */
record Traced(Term term, Shape shape, int shared) {
  static Traced number(double value) {
    return new Traced(Term.number(value), null, -1);
  }

  static Traced step(int number, Shape shape) {
    return new Traced(variable(number), shape, -1);
  }

  /** A parameter, before formulas read it. */
  static Traced parameter(int number, Shape shape) {
    return new Traced(variable(number), shape, number);
  }

  private static Term variable(int number) {
    return Term.variable("%" + number);
  }

  boolean isNumber() {
    return shape == null;
  }

  /** Another formula of the same shape. */
  Traced with(Term other) {
    return new Traced(other, shape, -1);
  }

  String inWords() {
    return isNumber() ? "a number" : shape.toString();
  }
}
