package dev.lanewise.exchange.torch;

import dev.lanewise.runtime.operation.Body;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A recurrence, as a loop. */
record Loop(Functions functions) {
  Tensor of(String name, Scan scan, List<Tensor> in) {
    Lines lines = functions.lines();
    Body body = scan.body();
    Map<Value, Tensor> values = new HashMap<>();
    List<String> states = new ArrayList<>();
    for (Value state : body.states()) {
      List<Integer> dims = state.shape().dims();
      states.add(lines.let(name + ".state", "torch.zeros(" + lines.batch() + ", " + Functions.numbers(dims) + ")"));
      values.put(state, Tensor.of(states.getLast(), dims));
    }
    String all = lines.let(name + ".all", "[]");
    List<Tensor> sequences = new ArrayList<>();
    for (int i = 0; i < body.each().size(); i++) {
      List<Integer> dims = new ArrayList<>(List.of(scan.places()));
      dims.addAll(body.each().get(i).shape().dims());
      sequences.add(functions.shaped(name + ".in", functions.each(in.get(i)), dims));
    }
    lines.add("for place in " + (scan.backwards() ? "reversed(range(" + scan.places() + "))" : "range(" + scan.places() + ")") + ":");
    lines.nested(true);
    for (int i = 0; i < body.each().size(); i++) {
      List<Integer> dims = body.each().get(i).shape().dims();
      values.put(body.each().get(i), Tensor.of(sequences.get(i).text() + "[:, place]", dims));
    }
    for (int i = 0; i < body.fixed().size(); i++) {
      values.put(body.fixed().get(i), in.get(body.each().size() + i));
    }
    for (Body.Step step : body.steps()) {
      values.put(step.output(), functions.of(name + "." + step.name(), step.operation(), step.inputs().stream().map(values::get).toList()));
    }
    lines.add(all + ".append(" + functions.each(values.get(scan.told().getFirst())).text() + ")");
    lines.add(String.join(", ", states) + " = " + String.join(", ", body.next().stream().map(v -> functions.each(values.get(v)).text()).toList()));
    lines.nested(false);
    List<Integer> dims = new ArrayList<>(List.of(scan.places()));
    dims.addAll(scan.told().getFirst().shape().dims());
    String stacked = "torch.stack(" + all + (scan.backwards() ? "[::-1]" : "") + ", 1)";
    return functions.shaped(name, functions.line(name, stacked, dims), scan.outputs().getFirst().shape().dims());
  }
}
