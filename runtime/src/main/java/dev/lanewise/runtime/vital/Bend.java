package dev.lanewise.runtime.vital;

import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.symbolic.Term;
import java.util.Optional;

/** Functions that let no gradient through where they are flat. */
public enum Bend {
  /** Flat below 0: its own value tells. */
  RELU(Pointwise.RELU, Term.variable("x")),
  /** Steepest in the middle, where its slope is 1/4. */
  SIGMOID(Term.variable("x").sigmoid(), Term.number(4).times(Term.variable("x")).times(Term.number(1).minus(Term.variable("x")))),
  /** Steepest in the middle, where its slope is 1. */
  TANH(Term.variable("x").tanh(), Term.number(1).minus(Term.variable("x").times(Term.variable("x"))));

  private final Term formula;
  private final Term reading;

  Bend(Term formula, Term reading) {
    this.formula = formula;
    this.reading = reading;
  }

  /** What is read of a value that it has made, x. */
  Term reading() {
    return reading;
  }

  /** Which of them an operation is. */
  public static Optional<Bend> of(Operation operation) {
    for (Bend bend : values()) {
      if (operation instanceof Pointwise p && p.formula().equals(bend.formula)) {
        return Optional.of(bend);
      }
    }
    return Optional.empty();
  }
}
