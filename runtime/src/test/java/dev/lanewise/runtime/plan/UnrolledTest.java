package dev.lanewise.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Recurrence;
import dev.lanewise.runtime.operation.Body;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Recurrences;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.Value;
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
 * A loop beside the same network written out, a copy of its body's steps for each place. Outputs are the same, bit for bit; so is the gradient of an LSTM's input. Other gradients are the
 * same but for rounding: where a value is read several times, parts of its gradient are added in another order, and gradients of parameters are sums over places.
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

  /** The same layer, in place of whose loop stand the steps of its body for each place. */
  private static int unrolled(Recipe.Builder r, Recurrence.Cell cell, int x, List<Integer> parameters, int places, boolean backwards) {
    Recipe.Builder own = new Recipe.Builder("loop");
    Map<Integer, Integer> values = new HashMap<>(Map.of(own.input(Shape.of(places, IN)), x));
    List<Integer> inside = new ArrayList<>();
    for (int k = 0; k < parameters.size(); k++) {
      int parameter = own.parameter(cell.recipe().parameters().get(k));
      inside.add(parameter);
      values.put(parameter, parameters.get(k));
    }
    Recipe layer = own.build(Recurrence.add(own, cell, 0, inside, places, backwards, Optional.empty()));
    for (int i = 0; i < layer.steps().size(); i++) {
      Recipe.Step step = layer.steps().get(i);
      List<Integer> read = step.inputs().stream().map(values::get).toList();
      values.put(layer.inputs().size() + i, step.operation() instanceof Scan scan ? copies(r, scan, read) : r.step(step.name(), step.operation(), read.toArray(Integer[]::new)));
    }
    return values.get(layer.result());
  }

  private static int copies(Recipe.Builder r, Scan scan, List<Integer> read) {
    Body body = scan.body();
    Map<Value, Integer> now = new HashMap<>();
    for (int k = 0; k < body.fixed().size(); k++) {
      now.put(body.fixed().get(k), read.get(body.each().size() + k));
    }
    int single = place(r, body.each().getFirst(), read.getFirst(), 0);
    int one = r.step("one", new Slice(r.shape(single), 0, 1), single);
    for (Value state : body.states()) {
      now.put(state, r.step("zero", new Pointwise("zero", state.shape(), List.of(new Pointwise.Argument("x", Shape.of(1))), Term.variable("x").times(Term.number(0))), one));
    }
    List<Integer> outs = new ArrayList<>();
    for (int i = 0; i < scan.places(); i++) {
      for (int k = 0; k < body.each().size(); k++) {
        now.put(body.each().get(k), place(r, body.each().get(k), read.get(k), scan.backwards() ? scan.places() - 1 - i : i));
      }
      for (Body.Step step : body.steps()) {
        now.put(step.output(), r.step(step.name() + i, step.operation(), step.inputs().stream().map(now::get).toArray(Integer[]::new)));
      }
      outs.add(now.get(scan.told().getFirst()));
      List<Integer> next = body.next().stream().map(now::get).toList();
      for (int k = 0; k < next.size(); k++) {
        now.put(body.states().get(k), next.get(k));
      }
    }
    if (scan.backwards()) {
      Collections.reverse(outs);
    }
    Shape each = r.shape(outs.getFirst());
    int all = scan.places() == 1 ? outs.getFirst() : r.step("all", new Concat(Collections.nCopies(scan.places(), each)), outs.toArray(Integer[]::new));
    return r.step("rows", new Reshape(r.shape(all), Shape.of(scan.places(), each.size())), all);
  }

  /** A value at one place. */
  private static int place(Recipe.Builder r, Value value, int everywhere, int place) {
    int row = r.step("row" + place, new Slice(r.shape(everywhere), place, place + 1), everywhere);
    return r.step("place" + place, new Reshape(r.shape(row), value.shape()), row);
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
    if (kind.equals("lstm")) {
      assertThat(loop.moved.get("rnn.shift")).as("gradient of the input").isEqualTo(copies.moved.get("rnn.shift"));
    }
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
