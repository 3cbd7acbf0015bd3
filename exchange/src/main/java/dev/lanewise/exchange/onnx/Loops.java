package dev.lanewise.exchange.onnx;

import static dev.lanewise.exchange.onnx.GraphWriter.attribute;

import dev.lanewise.runtime.operation.Body;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Recurrences: a Scan over the axis of the places. */
record Loops(Operations outside) {
  List<Exported> of(String name, Scan scan, List<Exported> in) {
    GraphWriter to = outside.to();
    Body body = scan.body();
    GraphWriter inner = to.body(name + ".body");
    Operations inside = new Operations(inner, outside.batch());
    Map<Value, Exported> values = new HashMap<>();
    List<String> read = new ArrayList<>();
    for (Value state : body.states()) {
      String shape = to.node("Concat", name + ".shape", List.of(outside.batch(), to.wholes(state.shape().dims().stream().mapToLong(d -> d).toArray())), attribute("axis", 0));
      read.add(to.node("ConstantOfShape", name + ".start", List.of(shape)));
      values.put(state, given(inner, name + "." + state.name(), state));
    }
    for (int i = 0; i < body.each().size(); i++) {
      List<Integer> dims = new ArrayList<>(List.of(scan.places()));
      dims.addAll(body.each().get(i).shape().dims());
      read.add(outside.shaped(name + ".in", outside.each(name, outside.numbers(name, in.get(i))), dims).name());
      values.put(body.each().get(i), given(inner, name + ".place", body.each().get(i)));
    }
    for (int i = 0; i < body.fixed().size(); i++) {
      values.put(body.fixed().get(i), in.get(body.each().size() + i));
    }
    for (Body.Step step : body.steps()) {
      values.put(step.output(), inside.of(name + "." + step.name(), step.operation(), step.inputs().stream().map(values::get).toList()).getFirst());
    }
    List<Value> results = new ArrayList<>(body.next());
    results.add(scan.told().getFirst());
    for (Value result : results) {
      // A value may be a state and the output at the same time, or come straight from outside.
      Exported made = inside.each(name, values.get(result));
      inner.output(inner.node("Identity", name + ".told", List.of(made.name())), made.dims());
    }
    int each = body.each().size();
    long direction = scan.backwards() ? 1 : 0;
    List<String> made = to.nodes(
        "Scan", name + ".state", read, results.size(), attribute("body", inner.build()), attribute("num_scan_inputs", each),
        attribute("scan_input_axes", LongStream.range(0, each).map(_ -> 1).toArray()), attribute("scan_output_axes", new long[] {1}),
        attribute("scan_input_directions", LongStream.range(0, each).map(_ -> direction).toArray()), attribute("scan_output_directions", new long[] {direction}));
    List<Integer> dims = new ArrayList<>(List.of(scan.places()));
    dims.addAll(scan.told().getFirst().shape().dims());
    return List.of(outside.shaped(name, Exported.numbers(made.getLast(), dims), scan.outputs().getFirst().shape().dims()));
  }

  private static Exported given(GraphWriter inner, String like, Value value) {
    String name = inner.fresh(like);
    inner.input(name, value.shape().dims(), false);
    return Exported.numbers(name, value.shape().dims());
  }
}
