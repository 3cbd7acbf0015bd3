package dev.lanewise.runtime.symbolic;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an optimiser does to one parameter p with the gradient g: assignments in order, each seeing those before it.
 * The names assigned, but for p, are state that is kept from step to step.
 *
 * @param scalars names of numbers that may differ from step to step, such as the learning rate
 */
public record Update(List<Assignment> assignments, List<String> scalars) {
  /** {@code name = value}. */
  public record Assignment(String name, Term value) {}

  public Update {
    assignments = List.copyOf(assignments);
    scalars = List.copyOf(scalars);
  }

  /** With every part of its formulas that equals {@code old} replaced. */
  public Update replace(Term old, Term now) {
    return new Update(
        assignments.stream().map(a -> new Assignment(a.name, a.value.replace(old, now))).toList(), scalars);
  }

  /** With one more number that may differ from step to step. */
  public Update withScalar(String name) {
    return new Update(assignments, Stream.concat(scalars.stream(), Stream.of(name)).toList());
  }

  /** Followed by {@code average = kept average + taken p}, by two more numbers. */
  public Update averaged() {
    Term average = Term.variable("kept").times(Term.variable("average")).plus(Term.variable("taken").times(Term.variable("p")));
    return new Update(Stream.concat(assignments.stream(), Stream.of(new Assignment("average", average))).toList(), scalars)
        .withScalar("kept").withScalar("taken");
  }

  /** What is kept for each parameter. */
  public List<String> state() {
    return assignments.stream().map(Assignment::name).filter(n -> !n.equals("p")).toList();
  }
}
