package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Function;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Formulas that follow each other in a {@link Body}. */
public final class Chains {
  /** A formula that is longer waits for nobody: kernels must stay small enough to be compiled. */
  private static final int MOST_OPERATIONS = 24;

  /** Functions of which a loop has one at most: with several the compiler gives up. */
  private static final Set<Function> COSTLY = Set.of(
      Function.EXP, Function.LOG, Function.SIGMOID, Function.TANH, Function.EXPM1, Function.LOG1P, Function.SOFTPLUS, Function.SIN, Function.COS, Function.ATAN, Function.ERF);

  private Chains() {}

  /** Whether a function takes so long that it has a loop of its own, and its value is kept. */
  public static boolean isCostly(Function function) {
    return COSTLY.contains(function);
  }

  private static int costly(Term term) {
    int own = term instanceof Term.Unary(Function f, Term _) && isCostly(f) ? 1 : 0;
    return own + term.parts().stream().mapToInt(Chains::costly).sum();
  }

  /** @param told what must be there, whoever reads it */
  static List<Body.Step> fused(List<Body.Step> steps, List<Value> told) {
    Map<Value, Integer> uses = new HashMap<>();
    steps.forEach(s -> s.inputs().forEach(v -> uses.merge(v, 1, Integer::sum)));
    told.forEach(v -> uses.merge(v, 2, Integer::sum));
    Map<Value, Body.Step> waiting = new HashMap<>();
    List<Body.Step> fused = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Body.Step step = steps.get(i);
      if (!(step.operation() instanceof Pointwise p) || p.groups() > 0) {
        fused.add(step);
        continue;
      }
      Body.Step merged = merged(step, p, waiting);
      // The value of a function that takes long is kept for the way back.
      boolean waits = costly(p.formula()) == 0 && uses.getOrDefault(step.output(), 0) == 1 && reader(steps, i) instanceof Pointwise reader
          && reader.groups() == 0 && reader.shape().equals(p.shape());
      if (waits) {
        waiting.put(step.output(), merged);
      } else {
        fused.add(merged);
      }
      // What the merged one did not take in must be there before it.
      int place = waits ? fused.size() : fused.size() - 1;
      for (Value in : merged.inputs()) {
        Body.Step left = waiting.remove(in);
        if (left != null) {
          fused.add(place++, left);
        }
      }
    }
    return fused;
  }

  private static Operation reader(List<Body.Step> steps, int of) {
    return steps.subList(of + 1, steps.size()).stream().filter(s -> s.inputs().contains(steps.get(of).output())).findFirst().map(Body.Step::operation).orElse(null);
  }

  /** A formula with those put in that wait for it, as far as one loop can have them. */
  private static Body.Step merged(Body.Step step, Pointwise p, Map<Value, Body.Step> waiting) {
    Map<Value, String> names = new LinkedHashMap<>();
    Term formula = renamed(step, p, names);
    for (Value in : List.copyOf(names.keySet())) {
      Body.Step before = waiting.get(in);
      if (before == null) {
        continue;
      }
      Map<Value, String> all = new LinkedHashMap<>(names);
      String own = all.remove(in);
      Term together = formula.replace(Term.variable(own), renamed(before, (Pointwise) before.operation(), all));
      if (together.operations() <= MOST_OPERATIONS && costly(together) <= 1) {
        formula = together;
        names = all;
        waiting.remove(in);
      }
    }
    List<Pointwise.Argument> arguments = new ArrayList<>();
    names.forEach((v, n) -> arguments.add(new Pointwise.Argument(n, v.shape())));
    return new Body.Step(step.name(), new Pointwise(p.name(), p.shape(), arguments, formula), List.copyOf(names.keySet()), step.output());
  }

  /** The formula of a step, with a name for each value that all formulas know it by. */
  private static Term renamed(Body.Step step, Pointwise p, Map<Value, String> names) {
    Term formula = p.formula();
    for (int i = 0; i < p.arguments().size(); i++) {
      formula = formula.replace(Term.variable(p.arguments().get(i).name()), Term.variable("%" + i));
    }
    for (int i = 0; i < p.arguments().size(); i++) {
      Value in = step.inputs().get(i);
      String name = names.computeIfAbsent(in, v -> "v" + v.id());
      formula = formula.replace(Term.variable("%" + i), Term.variable(name));
    }
    return formula;
  }
}
