package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A layer or loss that is put together from operations. Its values are numbered: first the inputs, data before parameters,
 * then what each step makes.
 *
 * @param result the number of the value that the recipe gives
 */
public record Recipe(String name, List<Type> inputs, List<ParameterSpec> parameters, List<Step> steps, int result)
    implements Computation {
  /** The number of each example's weight in the batch: 1/n of n examples, 0 of what only fills the last block. */
  public static final int WEIGHT = -1;

  /** One operation. @param inputs numbers of the values that it reads */
  public record Step(String name, Operation operation, List<Integer> inputs) {
    public Step {
      inputs = List.copyOf(inputs);
    }
  }

  public Recipe {
    inputs = List.copyOf(inputs);
    parameters = List.copyOf(parameters);
    steps = List.copyOf(steps);
  }

  @Override
  public List<Type> outputs() {
    return List.of(type(result));
  }

  private Type type(int value) {
    return value < inputs.size() ? inputs.get(value) : steps.get(value - inputs.size()).operation.outputs().getFirst();
  }

  @Override
  public long multiplyAdds() {
    return steps.stream().mapToLong(s -> s.operation.multiplyAdds()).sum();
  }

  /** Whether the result changes where a value does, one of the inputs by its number; that of a {@link OneHot} jumps, so nothing is learned by it. */
  public boolean dependsOn(int input) {
    return dependOn(Set.of(result), input);
  }

  /** The same of several of its values: whether one of them changes. */
  public boolean dependOn(Set<Integer> results, int input) {
    Set<Integer> read = new HashSet<>(results);
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (read.contains(inputs.size() + i) && !(step.operation instanceof OneHot)) {
        read.addAll(step.inputs);
      }
    }
    return read.contains(input);
  }

  /**
   * Adds the operations to a graph.
   *
   * @param name of the layer; what makes its result is called so too
   * @param weight gives the value that {@link #WEIGHT} stands for
   */
  public Value expand(Emitter emitter, String name, List<Value> in, Supplier<Value> weight) {
    List<Value> values = new ArrayList<>(in);
    for (Step step : steps) {
      Value[] read = step.inputs.stream().map(i -> i == WEIGHT ? weight.get() : values.get(i)).toArray(Value[]::new);
      boolean last = values.size() == result;
      values.add(emitter.emit(last ? name : name + "." + step.name, step.operation, read));
    }
    return values.get(result);
  }

  /** Puts a recipe together, step by step. */
  public static final class Builder {
    private final String name;
    private final List<Type> types = new ArrayList<>();
    private final List<Type> inputs = new ArrayList<>();
    private final List<ParameterSpec> parameters = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    public Builder(String name) {
      this.name = name;
    }

    /** Data that is given; before all parameters. */
    public int input(Shape shape) {
      return input(Type.example(shape));
    }

    /** A parameter; before all steps. */
    public int parameter(ParameterSpec spec) {
      parameters.add(spec);
      return input(Type.shared(spec.shape()));
    }

    /** Whatever is given: data, or a parameter that has no specification here. */
    public int input(Type type) {
      if (!steps.isEmpty()) {
        throw new IllegalArgumentException(name + ": inputs come before steps");
      }
      inputs.add(type);
      types.add(type);
      return types.size() - 1;
    }

    public int step(String stepName, Operation operation, Integer... read) {
      steps.add(new Step(stepName, operation, List.of(read)));
      types.add(operation.outputs().getFirst());
      return types.size() - 1;
    }

    /**
     * All that another computation does.
     *
     * @param stepName of what makes its result; its other steps are called so and by their own names
     * @param read its data, then its parameters
     */
    public int all(String stepName, Computation of, List<Integer> read) {
      return switch (of) {
        case Operation operation -> step(stepName, operation, read.toArray(Integer[]::new));
        case Decorator decorator -> all(stepName, decorator.of(), read);
        case Recipe recipe -> {
          List<Integer> values = new ArrayList<>(read);
          for (Step step : recipe.steps) {
            boolean last = values.size() == recipe.result;
            values.add(step(last ? stepName : stepName + "." + step.name, step.operation, step.inputs.stream().map(i -> i == WEIGHT ? i : values.get(i)).toArray(Integer[]::new)));
          }
          yield values.get(recipe.result);
        }
        case Objective _, Given _ -> throw new IllegalArgumentException(name + ": " + of.name() + " is no part of a layer");
      };
    }

    /** A formula whose arguments are called a, b, c … */
    public int formula(String stepName, Shape shape, Term formula, Integer... read) {
      List<Pointwise.Argument> arguments = new ArrayList<>();
      for (int i = 0; i < read.length; i++) {
        arguments.add(new Pointwise.Argument(Character.toString('a' + i), shape(read[i])));
      }
      return step(stepName, new Pointwise(stepName, shape, arguments, formula), read);
    }

    /** The shape of a value. */
    public Shape shape(int value) {
      return value == WEIGHT ? Shape.of(1) : types.get(value).shape();
    }

    public boolean isShared(int value) {
      return value != WEIGHT && types.get(value).kind() == Type.Kind.SHARED;
    }

    public int size() {
      return steps.size();
    }

    public Recipe build(int result) {
      return new Recipe(name, inputs, parameters, steps, result);
    }
  }
}
