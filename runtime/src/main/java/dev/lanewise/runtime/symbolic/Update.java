package dev.lanewise.runtime.symbolic;

import java.util.List;

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

  /** What is kept for each parameter. */
  public List<String> state() {
    return assignments.stream().map(Assignment::name).filter(n -> !n.equals("p")).toList();
  }
}
