package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * From what is computed of one value to the same at every place of a sequence: where the one has n values, the other has {@code places x n}. Parameters are
 * those of the one, the same at all places.
 *
 * <pre>{@code Lift.over(new Dense(32, 64, true), 10)   // 10x32 -> 10x64 }</pre>
 */
public final class Lift {
  private Lift() {}

  /** The type at all places of what has a type at each: what examples share stays as it is. */
  public static Type over(Type each, int places) {
    return each.kind() == Type.Kind.EXAMPLE ? Type.example(shape(each.shape(), places)) : each;
  }

  private static Shape shape(Shape each, int places) {
    return Shape.of(places, each.size());
  }

  /**
   * What a layer computes, at each place by itself.
   *
   * @throws IllegalArgumentException of several losses, or of an input of its own
   */
  public static Computation over(Computation of, int places) {
    return switch (of) {
      case Operation operation -> over(operation, places);
      case Recipe recipe -> over(recipe, places);
      case Initialized(Computation inner, var how) -> new Initialized(over(inner, places), how);
      case Decorator decorator -> over(decorator.of(), places);
      case Objective _, Given _ -> throw new IllegalArgumentException(of.name() + " has no places");
    };
  }

  /** An operation is lifted to one, or to a recipe of some. */
  private static Computation over(Operation of, int places) {
    Recipe.Builder recipe = new Recipe.Builder(of.name());
    List<Value> in = new ArrayList<>();
    for (Type type : data(of.inputs(), of.parameters().size())) {
      in.add(value(recipe.input(over(type, places)), over(type, places)));
    }
    of.parameters().forEach(p -> in.add(value(recipe.parameter(p), Type.shared(p.shape()))));
    Steps steps = new Steps(recipe);
    int result = emitter(steps, places).emitAll(of.name(), of, in).getFirst().id();
    return recipe.size() == 1 && steps.only() instanceof Operation one && one.inputs().size() == in.size() ? one : recipe.build(result);
  }

  private static Recipe over(Recipe of, int places) {
    Recipe.Builder recipe = new Recipe.Builder(of.name());
    List<Value> values = new ArrayList<>();
    for (Type type : data(of.inputs(), of.parameters().size())) {
      values.add(value(recipe.input(over(type, places)), over(type, places)));
    }
    of.parameters().forEach(p -> values.add(value(recipe.parameter(p), Type.shared(p.shape()))));
    Emitter emitter = emitter(new Steps(recipe), places);
    for (Recipe.Step step : of.steps()) {
      List<Value> read = step.inputs().stream().map(i -> {
        if (i == Recipe.WEIGHT) {
          throw new IllegalArgumentException(of.name() + " looks across the batch, which has no places");
        }
        return values.get(i);
      }).toList();
      values.add(emitter.emitAll(step.name(), step.operation(), read).getFirst());
    }
    return recipe.build(values.get(of.result()).id());
  }

  private static List<Type> data(List<Type> inputs, int parameters) {
    return inputs.subList(0, inputs.size() - parameters);
  }

  private static Value value(int number, Type type) {
    return new Value(number, "", type);
  }

  /** Adds steps to a recipe: the numbers of its values are those of the steps. */
  private static final class Steps implements Emitter {
    private final Recipe.Builder recipe;
    private Operation last;

    Steps(Recipe.Builder recipe) {
      this.recipe = recipe;
    }

    Operation only() {
      return last;
    }

    @Override
    public List<Value> emitAll(String name, Operation operation, List<Value> inputs) {
      last = operation;
      int number = recipe.step(name, operation, inputs.stream().map(Value::id).toArray(Integer[]::new));
      return List.of(new Value(number, name, operation.outputs().getFirst()));
    }
  }

  /** Adds what works at all places where it is asked for what works at one. */
  public static Emitter emitter(Emitter to, int places) {
    return (name, operation, inputs) -> emit(to, name, operation, inputs, places);
  }

  private static List<Value> emit(Emitter to, String name, Operation operation, List<Value> in, int places) {
    return switch (operation) {
      case Dense d when d.places() == 0 -> to.emitAll(name, d.at(places), in);
      case Dense.InputGradient(Dense d) when d.places() == 0 -> to.emitAll(name, new Dense.InputGradient(d.at(places)), in);
      case Dense.WeightGradient(Dense d) when d.places() == 0 -> to.emitAll(name, new Dense.WeightGradient(d.at(places)), in);
      case Pointwise p -> to.emitAll(name, new Pointwise(p.name(), shape(p.shape(), places), p.arguments().stream()
          .map(a -> new Pointwise.Argument(a.name(), shape(a.shape(), places))).toList(), p.formula()), in);
      case Reduce r -> {
        int groups = r.groups() * places;
        List<Value> flat = to.emitAll(name, new Reduce(shape(r.shape(), places), groups, r.inner(), r.factor()), in);
        yield reshaped(to, name, flat, shape(r.outputs().getFirst().shape(), places));
      }
      case Repeat r -> to.emitAll(name, new Repeat(shape(r.in(), places), shape(r.shape(), places), r.groups() * places), in);
      case Reshape r -> {
        // As many values at each place as before: nothing to do.
        yield in;
      }
      case Dropout d -> {
        if (d.wholeChannels()) {
          yield to.emitAll(name, new AtPlaces(d, places), in);
        }
        yield to.emitAll(name, new Dropout(shape(d.shape(), places), d.p(), false), in);
      }
      case LayerNorm n when n.places() == 1 -> to.emitAll(name, new LayerNorm(shape(n.in(), places), places, n.eps()), in);
      case Noise n -> to.emitAll(name, new Noise(shape(n.shape(), places)), in);
      // What examples share is a value of each, and the same at every place.
      case Spread s -> {
        Value each = to.emitAll(name, s, in).getFirst();
        yield to.emitAll(name, new Repeat(s.shape(), shape(s.shape(), places), 1), List.of(each));
      }
      case ChannelSum s when s.perChannel() == 1 -> {
        Value each = to.emitAll(name, new Reduce(shape(s.shape(), places), 1, s.shape().size(), 1), in).getFirst();
        yield to.emitAll(name, new ChannelSum(s.sum(), s.sum()), reshaped(to, name, List.of(each), s.sum()));
      }
      case SharedSum s -> to.emitAll(name, s, in);
      default -> to.emitAll(name, new AtPlaces(operation, places), in);
    };
  }

  private static List<Value> reshaped(Emitter to, String name, List<Value> of, Shape shape) {
    return of.getFirst().shape().equals(shape) ? of : to.emitAll(name, new Reshape(of.getFirst().shape(), shape), of);
  }
}
