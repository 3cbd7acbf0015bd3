package dev.lanewise.runtime.symbolic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** {@code average = kept average + taken p} alone, of one that is {@link #averaged}. */
  public Update averaging() {
    return new Update(assignments.subList(assignments.size() - 1, assignments.size()), scalars);
  }

  /** Whether it leaves a parameter, and what is kept for it, as they are where the gradient is 0: plain descent, but nothing with momentum or decay. */
  public boolean isStillAtZero() {
    for (double p : new double[] {0.7, -1.3}) {
      for (double kept : new double[] {0, 0.6}) {
        Map<String, Double> before = new HashMap<>();
        scalars.forEach(s -> before.put(s, 0.3));
        state().forEach(s -> before.put(s, kept));
        before.put("p", p);
        before.put("g", 0.0);
        Map<String, Double> after = new HashMap<>(before);
        assignments.forEach(a -> after.put(a.name, a.value.evaluate(after::get)));
        if (!after.equals(before)) {
          return false;
        }
      }
    }
    return true;
  }

  /** What is kept for each parameter. */
  public List<String> state() {
    return assignments.stream().map(Assignment::name).filter(n -> !n.equals("p")).toList();
  }
}
