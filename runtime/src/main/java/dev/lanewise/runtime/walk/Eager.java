package dev.lanewise.runtime.walk;

import dev.lanewise.runtime.operation.Emitter;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Computes what operations emit at once, by their formulas: the gradient of a single operation, for numbers that are at hand. */
final class Eager implements Emitter {
  private final Map<Value, double[]> values = new HashMap<>();

  private Value value(Type type, double[] numbers) {
    Value value = new Value(values.size(), "", type);
    values.put(value, numbers);
    return value;
  }

  private List<Value> all(List<Type> types, double[][] numbers) {
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      all.add(value(types.get(i), numbers[i]));
    }
    return all;
  }

  @Override
  public List<Value> emitAll(String name, Operation operation, List<Value> inputs) {
    double[][] out = made(operation);
    operation.evaluate(Draw.NONE, inputs.stream().map(values::get).toArray(double[][]::new), out);
    return all(operation.outputs(), out);
  }

  /** Room for what an operation gives. */
  static double[][] made(Operation operation) {
    return operation.outputs().stream().map(t -> new double[t.shape().size()]).toArray(double[][]::new);
  }

  /**
   * The gradient with respect to each input of an operation.
   *
   * @param dOut the gradient with respect to its output
   * @param needed of which inputs
   * @return null where there is none
   */
  static double[][] gradient(Operation operation, double[][] in, double[][] out, double[] dOut, boolean[] needed) {
    Eager eager = new Eager();
    List<Value> inputs = eager.all(operation.inputs(), in), outputs = eager.all(operation.outputs(), out);
    List<Value> gradients = operation.gradient(eager, inputs, outputs, eager.value(operation.outputs().getFirst(), dOut), needed);
    double[][] all = new double[in.length][];
    for (int i = 0; i < all.length; i++) {
      all[i] = needed[i] && gradients.get(i) != null ? eager.values.get(gradients.get(i)) : null;
    }
    return all;
  }

  /** The same of one input. */
  static double[] gradient(Operation operation, double[][] in, double[][] out, double[] dOut, int input) {
    boolean[] needed = new boolean[in.length];
    needed[input] = true;
    return gradient(operation, in, out, dOut, needed)[input];
  }

  /** 1 at one element, 0 at all others. */
  static double[] one(int size, int element) {
    double[] one = new double[size];
    one[element] = 1;
    return one;
  }

  /** 1, 2, 3 and so on: where such a number comes out, it tells which element it was. */
  static double[] numbers(int size) {
    double[] numbers = new double[size];
    Arrays.setAll(numbers, i -> i + 1);
    return numbers;
  }
}
