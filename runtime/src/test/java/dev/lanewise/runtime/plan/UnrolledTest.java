package dev.lanewise.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Recurrence;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Recurrences;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A loop beside the same network written out, a copy of its body for each place. Outputs are the same, bit for bit. Gradients are the same but for rounding: a loop's formulas are
 * parted, so that factors of a derivative meet in another order, and gradients of parameters are sums over places, which the copies take in another order.
 */
@Tag("kernels")
class UnrolledTest {
  private static final int IN = 5;
  private static final int EXAMPLES = 20;

  private static Recurrence.Cell cell(String kind) {
    return switch (kind) {
      case "lstm" -> Recurrences.lstm(IN, 6);
      case "gru" -> Recurrences.gru(IN, 4);
      default -> Recurrences.odd(IN);
    };
  }

  /** @param unrolled without a loop; what comes in is shifted by a parameter, whose gradient is the input's */
  private static Graph network(String kind, int places, boolean backwards, boolean unrolled) {
    Recurrence.Cell cell = cell(kind);
    Recipe.Builder r = new Recipe.Builder("rnn");
    Shape in = Shape.of(places, IN);
    int data = r.input(in);
    int shift = r.parameter(ParameterSpec.of("shift", in, new Initializer.Uniform(0.3)));
    List<Integer> parameters = cell.recipe().parameters().stream().map(r::parameter).toList();
    int x = r.formula("shifted", in, Term.variable("a").plus(Term.variable("b")), data, r.step("spread", new Spread(in), shift));
    int out = unrolled ? unrolled(r, cell, x, parameters, places, backwards) : Recurrence.add(r, cell, x, parameters, places, backwards, Optional.empty());
    int flat = r.step("flat", new Reshape(r.shape(out), r.shape(out).flat()), out);
    GraphBuilder b = new GraphBuilder(in);
    return b.build(b.add("rnn", r.build(flat), b.input()));
  }

  private static int unrolled(Recipe.Builder r, Recurrence.Cell cell, int x, List<Integer> parameters, int places, boolean backwards) {
    Recipe body = cell.recipe();
    int first = r.step("first", new Slice(Shape.of(places, IN), 0, 1), x);
    int single = r.step("single", new Slice(Shape.of(IN), 0, 1), r.step("firstFlat", new Reshape(Shape.of(1, IN), Shape.of(IN)), first));
    List<Integer> states = new ArrayList<>();
    for (int s = 0; s < cell.states(); s++) {
      Shape shape = body.inputs().get(1 + s).shape();
      states.add(r.step("zero" + s, new Pointwise("zero", shape, List.of(new Pointwise.Argument("x", Shape.of(1))), Term.variable("x").times(Term.number(0))), single));
    }
    List<Integer> outs = new ArrayList<>();
    for (int i = 0; i < places; i++) {
      int place = backwards ? places - 1 - i : i;
      Map<Integer, Integer> values = new HashMap<>();
      int row = r.step("row" + i, new Slice(Shape.of(places, IN), place, place + 1), x);
      values.put(0, r.step("place" + i, new Reshape(Shape.of(1, IN), Shape.of(IN)), row));
      for (int s = 0; s < states.size(); s++) {
        values.put(1 + s, states.get(s));
      }
      for (int p = 0; p < parameters.size(); p++) {
        values.put(1 + states.size() + p, parameters.get(p));
      }
      for (int k = 0; k < body.steps().size(); k++) {
        Recipe.Step step = body.steps().get(k);
        values.put(body.inputs().size() + k, r.step(step.name() + i, step.operation(), step.inputs().stream().map(values::get).toArray(Integer[]::new)));
      }
      states = cell.next().stream().map(values::get).toList();
      outs.add(values.get(body.result()));
    }
    if (backwards) {
      Collections.reverse(outs);
    }
    Shape each = r.shape(outs.getFirst());
    return places == 1 ? outs.getFirst() : r.step("all", new Concat(Collections.nCopies(places, each)), outs.toArray(Integer[]::new));
  }

  private record Ran(float[][] outputs, Map<String, float[]> moved) {
    /** Outputs before a step, and where it takes the parameters. */
    static Ran of(Graph graph, int places, int threads, KernelSet kernels) {
      Random random = new Random(5);
      float[][] x = new float[EXAMPLES][places * IN];
      for (float[] one : x) {
        for (int i = 0; i < one.length; i++) {
          one[i] = (float) random.nextGaussian();
        }
      }
      int size = graph.output().shape().size();
      Points data = new Points(Shape.of(places, IN), x, IntStream.range(0, EXAMPLES).map(i -> i % size).toArray(), size);
      Model model = Model.create("N", graph, 3);
      Random weights = new Random(7);
      model.assign(model.tensors().stream().map(t -> new Tensor(t.name(), t.shape(), drawn(weights, t.values().length))).toList());
      try (Engine engine = new Engine(threads, kernels)) {
        float[][] outputs = engine.outputs(model, data, 0);
        engine.train(model, new DataSplit("d", data, null, data), new TrainSettings(1, EXAMPLES, false, 1, new CrossEntropy(size), Optimizers.sgd(1, 0)), e -> {}, () -> false);
        Map<String, float[]> moved = new HashMap<>();
        model.tensors().forEach(t -> moved.put(t.name(), t.values().clone()));
        return new Ran(outputs, moved);
      }
    }

    private static float[] drawn(Random random, int count) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (random.nextFloat() - 0.5f);
      }
      return values;
    }
  }

  @ParameterizedTest
  @CsvSource({"lstm, 1, false", "lstm, 2, false", "lstm, 9, true", "lstm, 20, false", "gru, 1, true", "gru, 7, false", "gru, 17, true", "odd, 1, false", "odd, 6, false", "odd, 19, true"})
  void aLoopIsTheNetworkWrittenOut(String kind, int places, boolean backwards) {
    Ran loop = Ran.of(network(kind, places, backwards, false), places, 1, KernelSet.VECTOR);
    Ran copies = Ran.of(network(kind, places, backwards, true), places, 1, KernelSet.VECTOR);
    for (int i = 0; i < EXAMPLES; i++) {
      assertThat(loop.outputs[i]).as("output of example %d", i).isEqualTo(copies.outputs[i]);
    }
    assertThat(loop.moved.keySet()).isEqualTo(copies.moved.keySet());
    for (String name : loop.moved.keySet()) {
      assertThat(loop.moved.get(name)).as(name).containsExactly(copies.moved.get(name), within(2e-6f));
    }
  }

  /** The formulas say the same, too. */
  @ParameterizedTest
  @CsvSource({"lstm, 5, true", "gru, 4, false", "odd, 3, false"})
  void soDoScalarKernels(String kind, int places, boolean backwards) {
    Ran loop = Ran.of(network(kind, places, backwards, false), places, 1, KernelSet.SCALAR);
    Ran copies = Ran.of(network(kind, places, backwards, true), places, 1, KernelSet.SCALAR);
    for (int i = 0; i < EXAMPLES; i++) {
      assertThat(loop.outputs[i]).containsExactly(copies.outputs[i], within(1e-6f));
    }
    for (String name : loop.moved.keySet()) {
      assertThat(loop.moved.get(name)).as(name).containsExactly(copies.moved.get(name), within(2e-6f));
    }
  }

  @Test
  void threadsChangeNothing() {
    for (String kind : List.of("lstm", "gru", "odd")) {
      Graph graph = network(kind, 11, false, false);
      Ran one = Ran.of(graph, 11, 1, KernelSet.VECTOR);
      for (int threads = 2; threads <= 4; threads++) {
        Ran more = Ran.of(graph, 11, threads, KernelSet.VECTOR);
        one.moved.forEach((name, values) -> assertThat(more.moved.get(name)).as(name).isEqualTo(values));
        assertThat(more.outputs).isDeepEqualTo(one.outputs);
      }
    }
  }

  /** Whatever is compiled is compiled once: stages and kernels do not become more with the places. */
  @Test
  void thePlanDoesNotGrowWithTheLength() {
    for (String kind : List.of("lstm", "gru", "odd")) {
      Plan few = plan(kind, 16);
      Plan many = plan(kind, 1024);
      assertThat(many.stages().stream().map(Plan.StageInfo::name)).as(kind).isEqualTo(few.stages().stream().map(Plan.StageInfo::name).toList());
      assertThat(kernels(many)).as("generated kernels of " + kind).isEqualTo(kernels(few));
    }
  }

  private static Plan plan(String kind, int places) {
    Graph graph = network(kind, places, false, false);
    return Plan.training(graph, new CrossEntropy(graph.output().shape().size()), KernelSet.VECTOR);
  }

  private static long kernels(Plan plan) {
    return plan.stages().stream().mapToLong(s -> plan.code(s).size()).sum();
  }
}
