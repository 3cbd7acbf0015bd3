package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Body;
import dev.lanewise.runtime.operation.Emitter;
import dev.lanewise.runtime.operation.Lift;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Repeat;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Relation;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A layer with a memory, over a whole sequence: what depends on no state is done for all places at once, before the loop, and what no state
 * depends on after it; the rest is a {@link Scan}.
 */
public final class Recurrence {
  /**
   * What is done at one place.
   *
   * @param recipe of the place's values, then the states as they come in, then parameters; its result is the output
   * @param states how many there are
   * @param next the values of the recipe that the states become
   */
  public record Cell(Recipe recipe, int states, List<Integer> next) {
    public Cell {
      next = List.copyOf(next);
    }
  }

  private final Cell cell;
  private final int places;
  private final Recipe.Builder out;
  private final Emitter steps;
  private final Emitter lifted;
  private final Optional<Integer> mask;
  /** Where values of the cell are outside the loop: at all places, or, if they depend on parameters alone, once. */
  private final Map<Integer, Value> everywhere = new HashMap<>();
  private final Map<Integer, Value> once = new HashMap<>();
  private final Set<Integer> looped = new HashSet<>();

  private Recurrence(Recipe.Builder out, Cell cell, int places, Optional<Integer> mask) {
    this.cell = cell;
    this.places = places;
    this.out = out;
    this.mask = mask;
    this.steps = (name, operation, in) -> {
      int number = out.step(name, operation, in.stream().map(Value::id).toArray(Integer[]::new));
      return List.of(new Value(number, name, operation.outputs().getFirst()));
    };
    this.lifted = Lift.emitter(steps, places);
  }

  /**
   * Adds a cell's loop to a recipe.
   *
   * @param x the number of the sequence, {@code places x features}
   * @param parameters the numbers of the cell's parameters in the recipe
   * @param mask the number of a value of one number for each place, 0 where it is padding, which states pass by
   * @return the number of the output, {@code places x n}
   */
  public static int add(Recipe.Builder to, Cell cell, int x, List<Integer> parameters, int places, boolean backwards, Optional<Integer> mask) {
    return new Recurrence(to, Straightened.of(cell), places, mask).run(x, parameters, backwards);
  }

  private Value outside(int number, Type type) {
    return new Value(number, "", type);
  }

  private int run(int x, List<Integer> parameters, boolean backwards) {
    Recipe recipe = cell.recipe();
    everywhere.put(0, outside(x, Lift.over(recipe.inputs().getFirst(), places)));
    for (int i = 0; i < cell.states(); i++) {
      looped.add(1 + i);
    }
    int first = 1 + cell.states();
    for (int i = 0; i < parameters.size(); i++) {
      once.put(first + i, outside(parameters.get(i), recipe.inputs().get(first + i)));
    }
    List<Integer> loop = new ArrayList<>();
    for (int i = 0; i < recipe.steps().size(); i++) {
      Recipe.Step step = recipe.steps().get(i);
      int number = recipe.inputs().size() + i;
      if (step.inputs().stream().anyMatch(looped::contains) || isPart(step, number)) {
        looped.add(number);
        loop.add(i);
      } else if (step.inputs().stream().allMatch(once::containsKey)) {
        once.put(number, steps.emitAll(step.name(), step.operation(), step.inputs().stream().map(once::get).toList()).getFirst());
      } else {
        everywhere.put(number, atAll(step));
      }
    }
    return new Loop(loop).run(backwards);
  }

  /** Whether it is a part, for the loop alone, of what is there at each place: a loop reads it where it lies. */
  private boolean isPart(Recipe.Step step, int number) {
    Recipe recipe = cell.recipe();
    boolean part = step.operation() instanceof Slice && everywhere.containsKey(step.inputs().getFirst());
    return part && number != recipe.result() && !cell.next().contains(number)
        && recipe.steps().stream().filter(s -> s.inputs().contains(number)).allMatch(s -> s.inputs().stream().anyMatch(looped::contains) || readsState(s));
  }

  /** Whether a step depends on a state. */
  private boolean readsState(Recipe.Step step) {
    Recipe recipe = cell.recipe();
    return step.inputs().stream().anyMatch(i -> i >= 1 && i <= cell.states() || i >= recipe.inputs().size() && readsState(recipe.steps().get(i - recipe.inputs().size())));
  }

  /** A step for all places. */
  private Value atAll(Recipe.Step step) {
    return lifted.emitAll(step.name(), step.operation(), step.inputs().stream().map(this::atAll).toList()).getFirst();
  }

  private Value atAll(int number) {
    Value own = everywhere.get(number);
    if (own != null || once.get(number).isShared()) {
      return own != null ? own : once.get(number);
    }
    Shape each = once.get(number).shape();
    return steps.emitAll("each", new Repeat(each, Shape.of(places, each.size()), 1), List.of(once.get(number))).getFirst();
  }

  /** What is left for the loop. */
  private final class Loop {
    private final List<Integer> left;
    private final Map<Integer, Value> inside = new HashMap<>();
    private final List<Value> each = new ArrayList<>();
    private final List<Value> fixed = new ArrayList<>();
    private final List<Integer> read = new ArrayList<>();
    private final List<Integer> readOnce = new ArrayList<>();
    private final List<Body.Step> body = new ArrayList<>();
    private int free;

    Loop(List<Integer> left) {
      this.left = left;
    }

    private Value fresh(String name, Type type) {
      return new Value(free++, name, type);
    }

    int run(boolean backwards) {
      Recipe recipe = cell.recipe();
      List<Value> states = new ArrayList<>();
      for (int i = 0; i < cell.states(); i++) {
        states.add(fresh("state" + i, recipe.inputs().get(1 + i)));
        inside.put(1 + i, states.get(i));
      }
      Set<Integer> after = after();
      int result = crossing(after);
      for (int i : left) {
        int number = recipe.inputs().size() + i;
        if (after.isEmpty() || result < 0 || !after.contains(number)) {
          loop(number, recipe.steps().get(i));
        }
      }
      int told = result < 0 || after.isEmpty() ? recipe.result() : result;
      Optional<Value> real = mask.map(m -> given(m));
      List<Value> next = new ArrayList<>();
      for (int i = 0; i < states.size(); i++) {
        next.add(handedOn(value(cell.next().get(i)), states.get(i), real));
      }
      Value output = toBeTold(value(told), real);
      Scan scan = Scan.of(new Body(each, fixed, states, used(next, output), next).fused(List.of(output)), output, places, backwards);
      List<Integer> in = new ArrayList<>(read);
      in.addAll(readOnce);
      int number = out.step(recipe.name() + ".loop", scan, in.toArray(Integer[]::new));
      return after.isEmpty() || result < 0 ? number : behind(after, result, number);
    }

    /** The steps without those that nobody needs. */
    private List<Body.Step> used(List<Value> next, Value output) {
      Set<Value> needed = new HashSet<>(next);
      needed.add(output);
      List<Body.Step> used = new ArrayList<>();
      for (Body.Step step : body.reversed()) {
        if (needed.contains(step.output())) {
          needed.addAll(step.inputs());
          used.addFirst(step);
        }
      }
      return used;
    }

    /** Steps that no state depends on. */
    private Set<Integer> after() {
      Recipe recipe = cell.recipe();
      Set<Integer> needed = new HashSet<>(cell.next());
      Set<Integer> after = new HashSet<>();
      for (int i : left.reversed()) {
        int number = recipe.inputs().size() + i;
        if (needed.contains(number)) {
          needed.addAll(recipe.steps().get(i).inputs());
        } else {
          after.add(number);
        }
      }
      return after;
    }

    /** The only value of the loop that they read; -1 if there are several, and they stay. */
    private int crossing(Set<Integer> after) {
      Set<Integer> crossing = new HashSet<>();
      for (int number : after) {
        for (int in : cell.recipe().steps().get(number - cell.recipe().inputs().size()).inputs()) {
          if (looped.contains(in) && !after.contains(in)) {
            crossing.add(in);
          }
        }
      }
      return crossing.size() == 1 && after.contains(cell.recipe().result()) ? crossing.iterator().next() : -1;
    }

    private int behind(Set<Integer> after, int result, int loop) {
      Recipe recipe = cell.recipe();
      Type type = type(result);
      everywhere.put(result, outside(loop, Lift.over(type, places)));
      for (int i : left) {
        if (after.contains(recipe.inputs().size() + i)) {
          everywhere.put(recipe.inputs().size() + i, atAll(recipe.steps().get(i)));
        }
      }
      return everywhere.get(recipe.result()).id();
    }

    private Type type(int number) {
      Recipe recipe = cell.recipe();
      return number < recipe.inputs().size() ? recipe.inputs().get(number) : recipe.steps().get(number - recipe.inputs().size()).operation().outputs().getFirst();
    }

    private void loop(int number, Recipe.Step step) {
      if (step.operation() instanceof Noise) {
        throw new ShapeException(Problem.BAD_ARGUMENT, "`noise` of a state is not there", "take noise(in), whose numbers are others at each place");
      }
      List<Value> in = step.inputs().stream().map(this::value).toList();
      inside.put(number, step.operation() instanceof Pointwise p ? Parted.of(step.name(), p, in, body, this::fresh) : step(step.name(), step.operation(), in));
    }

    private Value step(String name, Operation operation, List<Value> in) {
      Value made = fresh(name, operation.outputs().getFirst());
      body.add(new Body.Step(name, operation, in, made));
      return made;
    }

    /** A value as the loop sees it. */
    private Value value(int number) {
      return inside.computeIfAbsent(number, n -> {
        boolean all = everywhere.containsKey(n);
        Value outside = all ? everywhere.get(n) : once.get(n);
        Value own = fresh(outside.name(), all ? Type.example(type(n).shape().flat()) : outside.type());
        (all ? each : fixed).add(own);
        (all ? read : readOnce).add(outside.id());
        return own;
      });
    }

    /** One more value that is another at each place. */
    private Value given(int number) {
      Value own = fresh("mask", Type.example(Shape.of(1)));
      each.add(own);
      read.add(number);
      return own;
    }

    /** What a state becomes: a value that a step makes; at padding what it was. */
    private Value handedOn(Value next, Value state, Optional<Value> real) {
      Value fitted = next.shape().equals(state.shape()) ? next : step("reshape", new Reshape(next.shape(), state.shape()), List.of(next));
      if (real.isPresent()) {
        return chosen(state.name(), fitted, Optional.of(state), real.get());
      }
      boolean made = body.stream().anyMatch(s -> s.output().equals(fitted) && !(s.operation() instanceof Slice || s.operation() instanceof Reshape));
      return made ? fitted : step(state.name(), Pointwise.of("same", state.shape(), Term.variable("x")), List.of(fitted));
    }

    private Value toBeTold(Value output, Optional<Value> real) {
      boolean given = each.contains(output) || fixed.contains(output);
      Value own = given ? step("output", Pointwise.of("same", output.shape(), Term.variable("x")), List.of(output)) : output;
      return real.map(m -> chosen("output", own, Optional.empty(), m)).orElse(own);
    }

    /** A value where the place is a real one, else another, or 0. */
    private Value chosen(String name, Value value, Optional<Value> other, Value real) {
      Term isReal = Term.where(Relation.GT, Term.variable("m"), Term.number(0), Term.variable("x"), other.isPresent() ? Term.variable("s") : Term.number(0));
      List<Pointwise.Argument> arguments = new ArrayList<>(List.of(new Pointwise.Argument("m", Shape.of(1)), new Pointwise.Argument("x", value.shape())));
      List<Value> in = new ArrayList<>(List.of(real, value));
      other.ifPresent(o -> {
        arguments.add(new Pointwise.Argument("s", o.shape()));
        in.add(o);
      });
      return step(name, new Pointwise("padding", value.shape(), arguments, isReal), in);
    }
  }
}
