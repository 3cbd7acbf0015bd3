package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The way back through a {@link Body}, in reverse mode: from the gradient of the output at a place, and the gradients of the states
 * that it has left, those of what it has read.
 */
final class Reverse {
  /** What is added up over all places, for the gradient of a parameter. @param inputs values of the way forward or back */
  record Sum(Value of, Operation operation, List<Value> inputs) {}

  private final Body forward;
  private final Predicate<Value> needed;
  private final Map<Value, List<Value>> parts = new HashMap<>();
  private final Map<Value, Value> gradients = new HashMap<>();
  private final Map<Value, Body.Step> made = new HashMap<>();
  private final List<Body.Step> steps = new ArrayList<>();
  private final List<Sum> sums = new ArrayList<>();
  private final Value dOut;
  private final Set<Value> wanted = new HashSet<>();
  private int free;
  private Body body;
  private List<Value> told;
  private List<Value> saved;

  private Reverse(Body forward, Value output, Predicate<Value> needed) {
    this.forward = forward;
    this.needed = needed;
    this.free = forward.freeId();
    this.dOut = value("d" + output.name(), output);
  }

  /** @param needed of which inputs gradients are wanted */
  static Reverse of(Body forward, Value output, Predicate<Value> needed) {
    Reverse reverse = new Reverse(forward, output, needed);
    reverse.run(output);
    return reverse;
  }

  /** The loop's body, whose states are the gradients of those of the way forward. */
  Body body() {
    return body;
  }

  /** What the loop tells. */
  List<Value> told() {
    return told;
  }

  /** The input that is the output's gradient. */
  Value dOut() {
    return dOut;
  }

  /** What is read of the way forward that is none of its inputs. */
  List<Value> saved() {
    return saved;
  }

  /** The gradient of an input at each place; null if there is none. */
  Value gradient(Value input) {
    return gradients.get(input);
  }

  List<Sum> sums(Value parameter) {
    return sums.stream().filter(s -> s.of.equals(parameter)).toList();
  }

  private Value value(String name, Value like) {
    return new Value(free++, name, like.type());
  }

  private void run(Value output) {
    List<Value> dStates = forward.states().stream().map(s -> value("d" + s.name(), s)).toList();
    markWanted();
    add(output, dOut);
    for (int i = 0; i < dStates.size(); i++) {
      add(forward.next().get(i), dStates.get(i));
    }
    for (Body.Step step : forward.steps().reversed()) {
      if (parts.containsKey(step.output()) && wanted.contains(step.output())) {
        visit(step, sum(step.output()));
      }
    }
    List<Value> next = new ArrayList<>();
    for (int i = 0; i < dStates.size(); i++) {
      Value state = forward.states().get(i);
      next.add(handedOn(parts.containsKey(state) ? sum(state) : null, dStates.get(i)));
    }
    Stream.concat(forward.each().stream(), forward.fixed().stream())
        .filter(v -> !v.isShared() && needed.test(v) && parts.containsKey(v))
        .forEach(v -> gradients.put(v, sum(v)));
    close(dStates, next);
  }

  /** What depends on a state or on an input whose gradient is wanted. */
  private void markWanted() {
    wanted.addAll(forward.states());
    Stream.concat(forward.each().stream(), forward.fixed().stream()).filter(needed).forEach(wanted::add);
    for (Body.Step step : forward.steps()) {
      if (step.inputs().stream().anyMatch(wanted::contains)) {
        wanted.add(step.output());
      }
    }
  }

  private void visit(Body.Step step, Value dy) {
    boolean[] asked = new boolean[step.inputs().size()];
    for (int i = 0; i < asked.length; i++) {
      asked[i] = wanted.contains(step.inputs().get(i));
    }
    Emitter emitter = (name, operation, in) -> {
      Value out = new Value(free++, name, operation.outputs().getFirst());
      if (out.isShared()) {
        sums.add(new Sum(out, operation, in));
      } else {
        return List.of(record(new Body.Step(name, operation, in, out)));
      }
      return List.of(out);
    };
    List<Value> dIn = step.operation().gradient(emitter, step.inputs(), List.of(step.output()), dy, asked);
    for (int i = 0; i < asked.length; i++) {
      if (asked[i] && dIn.get(i) != null) {
        add(step.inputs().get(i), dIn.get(i));
      }
    }
  }

  /** Adds a step, unless what it makes is there: values that are added up have one gradient. @return what holds it */
  private Value record(Body.Step step) {
    for (Body.Step before : steps) {
      if (before.inputs().equals(step.inputs()) && nameless(before.operation()).equals(nameless(step.operation()))) {
        return before.output();
      }
    }
    steps.add(step);
    made.put(step.output(), step);
    return step.output();
  }

  private static Operation nameless(Operation operation) {
    return operation instanceof Pointwise p ? p.nameless() : operation;
  }

  private void add(Value of, Value gradient) {
    if (of.isShared()) {
      // What was emitted for it is now known to be its own.
      sums.replaceAll(s -> s.of.equals(gradient) ? new Sum(of, s.operation, s.inputs) : s);
      return;
    }
    parts.computeIfAbsent(of, _ -> new ArrayList<>()).add(gradient);
  }

  /** All that was added to a value's gradient: slices that make up the whole lie side by side. */
  private Value sum(Value of) {
    List<Value> all = parts.get(of);
    Value joined = joined(of, all);
    if (joined != null) {
      return joined;
    }
    Value sum = all.getFirst();
    for (Value more : all.subList(1, all.size())) {
      Value out = value("d" + of.name(), of);
      sum = record(new Body.Step(out.name(), Pointwise.add(of.shape()), List.of(sum, more), out));
    }
    return sum;
  }

  private Value joined(Value of, List<Value> all) {
    List<Body.Step> slices = new ArrayList<>();
    for (Value each : all) {
      Body.Step step = made.get(each);
      if (step == null || !(step.operation() instanceof Slice.Gradient)) {
        return null;
      }
      slices.add(step);
    }
    slices.sort(Comparator.comparingInt(s -> ((Slice.Gradient) s.operation()).of().from()));
    int at = 0;
    for (Body.Step step : slices) {
      Slice slice = ((Slice.Gradient) step.operation()).of();
      if (slice.from() != at) {
        return null;
      }
      at = slice.to();
    }
    if (at != of.shape().channels()) {
      return null;
    }
    Value out = value("d" + of.name(), of);
    List<Value> parts = slices.stream().map(s -> s.inputs().getFirst()).toList();
    return record(new Body.Step(out.name(), new Concat(parts.stream().map(Value::shape).toList()), parts, out));
  }

  /** A state's next value must be made by a step of its own. */
  private Value handedOn(Value next, Value state) {
    if (next != null && made.containsKey(next) && !(made.get(next).operation() instanceof Slice || made.get(next).operation() instanceof Reshape)) {
      return next;
    }
    Value out = value(state.name(), state);
    Term formula = next == null ? Term.number(0) : Term.variable("x");
    steps.add(new Body.Step(out.name(), Pointwise.of(next == null ? "zero" : "same", state.shape(), formula), List.of(next == null ? state : next), out));
    made.put(out, steps.getLast());
    return out;
  }

  /** What is read of the way forward comes in at each place; what nobody reads goes. */
  private void close(List<Value> dStates, List<Value> next) {
    Set<Value> tell = new LinkedHashSet<>(gradients.values());
    Set<Value> own = new HashSet<>(made.keySet());
    own.add(dOut);
    own.addAll(dStates);
    sums.removeIf(s -> !wanted.contains(s.of));
    for (Sum sum : sums) {
      // The output's gradient is known outside as it is.
      sum.inputs.stream().filter(v -> own.contains(v) && !v.equals(dOut)).forEach(tell::add);
    }
    tell.remove(dOut);
    told = List.copyOf(tell);
    Set<Value> read = new LinkedHashSet<>(List.of(dOut));
    steps.forEach(s -> read.addAll(s.inputs()));
    read.removeAll(made.keySet());
    read.removeAll(dStates);
    List<Value> fixed = read.stream().filter(forward.fixed()::contains).toList();
    List<Value> each = read.stream().filter(v -> !fixed.contains(v)).toList();
    body = new Body(each, fixed, dStates, steps, next).without(told).fused(told);
    Set<Value> from = new LinkedHashSet<>(body.each());
    sums.forEach(s -> from.addAll(s.inputs));
    from.removeAll(forward.each());
    from.removeAll(forward.fixed());
    from.removeAll(own);
    from.remove(dOut);
    saved = List.copyOf(from);
  }
}
