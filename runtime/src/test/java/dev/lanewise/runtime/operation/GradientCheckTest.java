package dev.lanewise.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.differentiate.GradientCheck;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every gradient rule against central differences of the formula, in double, in random directions. */
class GradientCheckTest {
  private static final double H = 1e-5;

  static Stream<Operation> operations() {
    return SmallOperations.all();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void gradientEqualsDifferenceQuotient(Operation operation) {
    for (long seed = 1; seed <= 3; seed++) {
      check(operation, new Random(seed));
    }
  }

  @Test
  void noOperationIsForgotten() {
    Set<Class<?>> tested = new HashSet<>();
    operations().forEach(o -> tested.add(o.getClass()));
    for (Class<?> c : Operation.class.getPermittedSubclasses()) {
      boolean differentiable =
          c.getEnclosingClass() == null
              && !Set.of(
                      AttendAcross.class, ChannelSum.class, Contrast.class, ConvAcross.class, EachLane.class, Excerpt.class, Fused.class, Gather.class, Place.class, PooledConvGradient.class, Running.class, Scan.class, SharedSum.class, Spread.class, SpreadAcross.class, Waves.class).contains(c);
      assertThat(tested.contains(c)).as(c.getSimpleName()).isEqualTo(differentiable);
    }
  }

  private static void check(Operation operation, Random random) {
    Gradients g = Gradients.of(operation);
    Map<Value, double[]> point = new HashMap<>();
    Map<Value, double[]> direction = new HashMap<>();
    for (int i = 0; i < g.inputs.size(); i++) {
      Value v = g.inputs.get(i);
      int bound = operation.bound(i);
      point.put(v, bound > 0 ? random.ints(v.shape().size(), 0, bound).asDoubleStream().toArray() : away(random, v.shape().size()));
      direction.put(v, bound > 0 ? new double[v.shape().size()] : random.doubles(v.shape().size(), -1, 1).toArray());
    }
    double[] dOut = random.doubles(g.output.shape().size(), -1, 1).toArray();
    double analytic = 0;
    Map<Value, double[]> values = g.run(point, dOut);
    for (int i = 0; i < g.inputs.size(); i++) {
      if (g.gradients.get(i) != null) {
        analytic += dot(values.get(g.gradients.get(i)), direction.get(g.inputs.get(i)));
      }
    }
    double up = dot(g.run(moved(point, direction, H), dOut).get(g.output), dOut);
    double down = dot(g.run(moved(point, direction, -H), dOut).get(g.output), dOut);
    assertThat(analytic).isCloseTo((up - down) / (2 * H), within(1e-6 * (1 + Math.abs(analytic))));
  }

  /** Values that keep their distance from zero and from each other: a kink or a tie has no gradient to compare with. */
  private static double[] away(Random random, int size) {
    List<Integer> ranks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ranks.add(i);
    }
    java.util.Collections.shuffle(ranks, random);
    return ranks.stream().mapToDouble(r -> (r - size / 2 + 0.5) * (4.0 / size)).toArray();
  }

  private static Map<Value, double[]> moved(Map<Value, double[]> point, Map<Value, double[]> direction, double h) {
    Map<Value, double[]> moved = new HashMap<>();
    point.forEach(
        (value, x) -> {
          double[] y = x.clone();
          for (int i = 0; i < y.length; i++) {
            y[i] += h * direction.get(value)[i];
          }
          moved.put(value, y);
        });
    return moved;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void recipesEqualDifferenceQuotients() {
    for (Recipe recipe : SmallOperations.recipes()) {
      GraphBuilder b = new GraphBuilder(Shape.of(3));
      Value[] data = new Value[recipe.inputs().size() - recipe.parameters().size()];
      for (int i = 0; i < data.length; i++) {
        Shape in = recipe.inputs().get(i).shape();
        Value v = b.add("dense1" + i, new Dense(3, in.size(), true), b.input());
        data[i] = b.add("reshape" + i, new Reshape(in.flat(), in), v);
      }
      Value v = b.add("tested", recipe, data);
      v = b.add("flatten", new Reshape(v.shape(), v.shape().flat()), v);
      Graph graph = b.build(b.add("dense2", new Dense(v.shape().size(), 3, true), v));
      for (var compared : GradientCheck.of(graph, new CrossEntropy(3), 4)) {
        assertThat(compared.error()).as("%s: %s", recipe.name(), compared).isLessThan(1e-5);
      }
    }
  }

  /** A graph of one operation and its gradient. */
  private record Gradients(Graph graph, List<Value> inputs, Value output, Value dOut, List<Value> gradients) {
    static Gradients of(Operation operation) {
      GraphBuilder b = new GraphBuilder(operation.inputs().getFirst().shape());
      List<Value> data = new ArrayList<>(List.of(b.input()));
      int parameters = operation.parameters().size();
      for (int i = 1; i < operation.inputs().size() - parameters; i++) {
        data.add(b.input("in" + i, operation.inputs().get(i).shape()));
      }
      Value y = b.add("y", operation, data.toArray(Value[]::new));
      Value dOut = b.input("dOut", y.shape());
      Graph forward = b.build(y);
      boolean[] needed = new boolean[operation.inputs().size()];
      java.util.Arrays.fill(needed, true);
      var node = forward.nodes().getFirst();
      List<Value> gradients = node.operation().gradient(b, node.inputs(), node.outputs(), dOut, needed);
      List<Value> outputs = new ArrayList<>(List.of(y));
      gradients.stream().filter(v -> v != null).forEach(outputs::add);
      return new Gradients(b.build(outputs.toArray(Value[]::new)), node.inputs(), y, dOut, gradients);
    }

    Map<Value, double[]> run(Map<Value, double[]> point, double[] seed) {
      Interpreter interpreter = new Interpreter(graph);
      Map<Value, double[]> examples = new HashMap<>(Map.of(dOut, seed));
      point.forEach(
          (v, x) -> {
            if (v.isShared()) {
              interpreter.set(v, x);
            } else {
              examples.put(v, x);
            }
          });
      Map<Value, double[]> all = interpreter.run(examples, node -> element -> (element * 0.37) % 1);
      graph.outputs().stream().filter(Value::isShared).forEach(v -> all.put(v, interpreter.get(v)));
      return all;
    }
  }

  @Test
  void shapesAreNeverTheBatch() {
    assertThat(new Conv(Shape.of(1, 28, 28), 10, 5, 1, 0, true).out()).hasToString("10x24x24");
  }
}
