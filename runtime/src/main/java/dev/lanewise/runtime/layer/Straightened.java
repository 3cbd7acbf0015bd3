package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.symbolic.Operator;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a loop should not do again and again: a bias is added by the product that it follows, {@code W @ x + b}, and a part of a sum is a sum of parts, which are there
 * without being copied.
 */
final class Straightened {
  private final Recipe recipe;
  private final Recipe.Builder out;
  /** The values of the recipe, as they are called in the new one. */
  private final Map<Integer, Integer> now = new HashMap<>();
  private final Map<Integer, Integer> uses = new HashMap<>();
  /** Slices of the new recipe, so that none is there twice. */
  private final Map<List<Object>, Integer> slices = new HashMap<>();
  /** Which product adds which bias. */
  private final Map<Integer, Integer> biases = new HashMap<>();
  /** What is left of the formulas that added them. */
  private final Map<Integer, Term> formulas = new HashMap<>();
  private final Set<Integer> kept;

  private Straightened(Recurrence.Cell cell) {
    this.recipe = cell.recipe();
    this.out = new Recipe.Builder(recipe.name());
    this.kept = new java.util.HashSet<>(cell.next());
    kept.add(recipe.result());
    recipe.steps().forEach(s -> s.inputs().forEach(i -> uses.merge(i, 1, Integer::sum)));
  }

  static Recurrence.Cell of(Recurrence.Cell cell) {
    return new Straightened(cell).run(cell);
  }

  private Recurrence.Cell run(Recurrence.Cell cell) {
    int data = recipe.inputs().size() - recipe.parameters().size();
    for (int i = 0; i < recipe.inputs().size(); i++) {
      now.put(i, i < data ? out.input(recipe.inputs().get(i)) : out.parameter(recipe.parameters().get(i - data)));
    }
    for (int i = 0; i < recipe.steps().size(); i++) {
      findBiases(recipe.inputs().size() + i, recipe.steps().get(i));
    }
    for (int i = 0; i < recipe.steps().size(); i++) {
      int number = recipe.inputs().size() + i;
      now.put(number, emit(number, recipe.steps().get(i)));
    }
    return new Recurrence.Cell(out.build(now.get(recipe.result())), cell.states(), cell.next().stream().map(now::get).toList());
  }

  private Operation made(int number) {
    return number < recipe.inputs().size() ? null : recipe.steps().get(number - recipe.inputs().size()).operation();
  }

  private void findBiases(int number, Recipe.Step step) {
    if (!(step.operation() instanceof Pointwise p) || p.groups() > 0) {
      return;
    }
    List<Term> terms = new ArrayList<>();
    collect(p.formula(), terms);
    List<Integer> products = new ArrayList<>();
    for (Term term : terms) {
      int read = alone(p, step, terms, term);
      if (read >= 0 && made(read) instanceof Dense d && !d.bias() && uses.get(read) == 1 && !kept.contains(read)) {
        products.add(read);
      }
    }
    List<Term> left = new ArrayList<>();
    for (Term term : terms) {
      int read = alone(p, step, terms, term);
      if (read >= 0 && made(read) instanceof Spread && !products.isEmpty()) {
        biases.put(products.removeFirst(), recipe.steps().get(read - recipe.inputs().size()).inputs().getFirst());
      } else {
        left.add(term);
      }
    }
    if (left.size() < terms.size()) {
      formulas.put(number, left.stream().reduce(Term::plus).orElseThrow());
    }
  }

  /** The terms of a sum. */
  private static void collect(Term term, List<Term> to) {
    if (term instanceof Term.Binary(Operator operator, Term a, Term b) && operator == Operator.ADD) {
      collect(a, to);
      collect(b, to);
    } else {
      to.add(term);
    }
  }

  /** The value that a term is, if no other term reads it; else -1. */
  private int alone(Pointwise p, Recipe.Step step, List<Term> terms, Term term) {
    if (!(term instanceof Term.Variable(String name)) || terms.stream().filter(t -> t.has(name)).count() > 1) {
      return -1;
    }
    for (int i = 0; i < p.arguments().size(); i++) {
      if (p.arguments().get(i).name().equals(name)) {
        return step.inputs().get(i);
      }
    }
    return -1;
  }

  private int emit(int number, Recipe.Step step) {
    Term left = formulas.get(number);
    return switch (step.operation()) {
      case Dense d when biases.containsKey(number) -> out.step(
          step.name(), new Dense(d.in(), d.out(), true, d.places()), now.get(step.inputs().get(0)), now.get(step.inputs().get(1)), now.get(biases.get(number)));
      case Pointwise p when left instanceof Term.Variable(String name) -> {
        int at = index(p, name);
        // A product that has its bias is what the sum was.
        yield p.arguments().get(at).shape().equals(p.shape()) ? now.get(step.inputs().get(at)) : pointwise(step, p, left, 0, -1);
      }
      case Pointwise p -> pointwise(step, p, left == null ? p.formula() : left, 0, -1);
      case Slice s -> slice(step, s);
      default -> out.step(step.name(), step.operation(), step.inputs().stream().map(now::get).toArray(Integer[]::new));
    };
  }

  private static int index(Pointwise p, String name) {
    for (int i = 0; i < p.arguments().size(); i++) {
      if (p.arguments().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(p.name() + " has no " + name);
  }

  /** A formula; of the elements from one on, or, if there is no end, of all. */
  private int pointwise(Recipe.Step step, Pointwise p, Term formula, int from, int to) {
    List<Pointwise.Argument> arguments = new ArrayList<>();
    List<Integer> read = new ArrayList<>();
    for (int i = 0; i < p.arguments().size(); i++) {
      Pointwise.Argument a = p.arguments().get(i);
      if (formula.has(a.name())) {
        arguments.add(to < 0 ? a : new Pointwise.Argument(a.name(), Shape.of(to - from)));
        int value = now.get(step.inputs().get(i));
        read.add(to < 0 ? value : sliced("slice", value, from, to));
      }
    }
    return out.step(step.name(), new Pointwise(p.name(), to < 0 ? p.shape() : Shape.of(to - from), arguments, formula), read.toArray(Integer[]::new));
  }

  private int sliced(String name, int value, int from, int to) {
    if (from == 0 && to == out.shape(value).channels()) {
      return value;
    }
    return slices.computeIfAbsent(List.of(value, from, to), _ -> out.step(name, new Slice(out.shape(value), from, to), value));
  }

  /** Of a sum that nobody reads as a whole: the sum of the slices. */
  private int slice(Recipe.Step step, Slice s) {
    int whole = step.inputs().getFirst();
    if (made(whole) instanceof Pointwise p && p.groups() == 0 && p.shape().isFlat() && !kept.contains(whole) && onlySliced(whole)) {
      Recipe.Step sum = recipe.steps().get(whole - recipe.inputs().size());
      Term formula = formulas.getOrDefault(whole, p.formula());
      if (formula instanceof Term.Variable(String name) && p.arguments().get(index(p, name)).shape().equals(p.shape())) {
        return sliced(step.name(), now.get(sum.inputs().get(index(p, name))), s.from(), s.to());
      }
      return pointwise(new Recipe.Step(step.name(), p, sum.inputs()), p, formula, s.from(), s.to());
    }
    return sliced(step.name(), now.get(whole), s.from(), s.to());
  }

  private boolean onlySliced(int value) {
    return recipe.steps().stream().filter(s -> s.inputs().contains(value)).allMatch(s -> s.operation() instanceof Slice);
  }
}
