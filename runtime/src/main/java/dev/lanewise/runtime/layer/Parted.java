package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Body;
import dev.lanewise.runtime.operation.Chains;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Function;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A formula in steps, each of which has one function such as tanh at most: its value is kept for the way back, where it is not computed again, and
 * a loop with several of them is one that the compiler gives up.
 */
final class Parted {
  private final Pointwise formula;
  private final List<Value> in;
  private final List<Body.Step> steps;
  private final BiFunction<String, Type, Value> fresh;
  private final List<Pointwise.Argument> arguments;
  private final List<Value> values;

  private Parted(Pointwise formula, List<Value> in, List<Body.Step> steps, BiFunction<String, Type, Value> fresh) {
    this.formula = formula;
    this.in = in;
    this.steps = steps;
    this.fresh = fresh;
    this.arguments = new ArrayList<>(formula.arguments());
    this.values = new ArrayList<>(in);
  }

  /** Longer formulas are called after their function alone. */
  private static final int LONGEST_NAME = 20;

  /** Adds the steps; @param name of what the last one makes, which is given back */
  static Value of(String name, Pointwise formula, List<Value> in, List<Body.Step> steps, BiFunction<String, Type, Value> fresh) {
    Parted parted = new Parted(formula, in, steps, fresh);
    return parted.emit(name, parted.apart(formula.formula(), true));
  }

  /** The term with variables in place of what has become a step. @param whole whether it is all of it */
  private Term apart(Term term, boolean whole) {
    Term now = switch (term) {
      case Term.Number _, Term.Variable _ -> term;
      case Term.Unary(Function f, Term of) -> new Term.Unary(f, apart(of, false));
      case Term.Binary(var operator, Term a, Term b) -> new Term.Binary(operator, apart(a, false), apart(b, false));
      case Term.Choice c -> new Term.Choice(
          c.relation(), apart(c.left(), false), apart(c.right(), false), apart(c.then(), false), apart(c.otherwise(), false));
    };
    return !whole && now instanceof Term.Unary(Function f, Term _) && Chains.isCostly(f) ? kept(f, now) : now;
  }

  private Term kept(Function function, Term term) {
    Value made = emit(name(function, term), term);
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).equals(made)) {
        return Term.variable(arguments.get(i).name());
      }
    }
    String name = "f" + values.size();
    arguments.add(new Pointwise.Argument(name, formula.shape()));
    values.add(made);
    return Term.variable(name);
  }

  /** As the body writes it, if that is short: {@code sigmoid(f)}. */
  private String name(Function function, Term term) {
    Term named = term;
    for (int i = 0; i < arguments.size(); i++) {
      named = named.replace(Term.variable(arguments.get(i).name()), Term.variable(values.get(i).name()));
    }
    String text = named.toString();
    return text.length() > LONGEST_NAME ? function.toString() : text;
  }

  /** A step for a term; the same one where it is there already. */
  private Value emit(String name, Term term) {
    List<Pointwise.Argument> read = new ArrayList<>();
    List<Value> from = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (term.has(arguments.get(i).name())) {
        read.add(arguments.get(i));
        from.add(values.get(i));
      }
    }
    Pointwise step = new Pointwise(name, formula.shape(), read, term);
    for (Body.Step before : steps) {
      if (before.inputs().equals(from) && before.operation() instanceof Pointwise p && p.nameless().equals(step.nameless())) {
        return before.output();
      }
    }
    Value made = fresh.apply(name, Type.example(formula.shape()));
    steps.add(new Body.Step(name, step, from, made));
    return made;
  }
}
