package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a {@link Scan} does at one place: operations on what is there, on what is the same at all places, and on states, which it hands on to
 * the next place.
 *
 * @param each what is another at each place
 * @param fixed what is the same at all: of an example, or of all examples
 * @param states as they come in, from the place before
 * @param next what goes on to the next place, for each of them; made by a step
 */
public record Body(List<Value> each, List<Value> fixed, List<Value> states, List<Step> steps, List<Value> next) {
  /** One operation, and the value that it makes. */
  public record Step(String name, Operation operation, List<Value> inputs, Value output) {
    public Step {
      inputs = List.copyOf(inputs);
    }
  }

  public Body {
    each = List.copyOf(each);
    fixed = List.copyOf(fixed);
    states = List.copyOf(states);
    steps = List.copyOf(steps);
    next = List.copyOf(next);
    for (int i = 0; i < next.size(); i++) {
      if (!next.get(i).shape().equals(states.get(i).shape())) {
        throw new IllegalArgumentException(states.get(i) + " of " + states.get(i).shape() + " cannot become " + next.get(i).shape());
      }
    }
  }

  /** A number that no value has. */
  int freeId() {
    int free = 0;
    for (List<Value> some : List.of(each, fixed, states, next)) {
      for (Value v : some) {
        free = Math.max(free, v.id() + 1);
      }
    }
    for (Step step : steps) {
      free = Math.max(free, step.output.id() + 1);
    }
    return free;
  }

  /** The same without steps that neither the next states need nor these values. */
  Body without(List<Value> told) {
    Set<Value> read = new HashSet<>(told);
    read.addAll(next);
    List<Step> kept = new ArrayList<>();
    for (Step step : steps.reversed()) {
      if (read.contains(step.output)) {
        read.addAll(step.inputs);
        kept.addFirst(step);
      }
    }
    return new Body(
        each.stream().filter(read::contains).toList(), fixed.stream().filter(read::contains).toList(), states, kept, next);
  }

  /**
   * The same with formulas that follow each other as one, where nobody else reads what lies between: less to write and to read again.
   *
   * @param told values that must be there
   */
  public Body fused(List<Value> told) {
    return new Body(each, fixed, states, Chains.fused(steps, Stream.concat(told.stream(), next.stream()).toList()), next);
  }

  /** Does the steps. @param values of all inputs and states; gets those of the steps */
  void evaluate(Map<Value, double[]> values) {
    for (Step step : steps) {
      double[] out = new double[step.output.shape().size()];
      step.operation.evaluate(
          dev.lanewise.runtime.spec.Draw.NONE, step.inputs.stream().map(values::get).toArray(double[][]::new), new double[][] {out});
      values.put(step.output, out);
    }
  }

  /** The type of a value at all places. */
  static Type over(Value value, int places) {
    return Lift.over(value.type(), places);
  }
}
