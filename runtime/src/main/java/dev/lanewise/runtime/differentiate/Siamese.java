package dev.lanewise.runtime.differentiate;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network that sees several examples at once, with the same parameters (Bromley et al. 1993): its input is those examples one after
 * the other along their channels, its outputs are what the network makes of each.
 */
final class Siamese {
  private Siamese() {}

  static Graph of(Graph network, int examples) {
    Concat joined = new Concat(Collections.nCopies(examples, network.input().shape()));
    Shape shape = joined.outputs().getFirst().shape();
    List<Value> inputs = new ArrayList<>(network.inputs());
    Value x = new Value(lastId(network) + 1, network.input().name(), Type.example(shape));
    inputs.set(0, x);
    GraphBuilder builder = new GraphBuilder(inputs, network.parameters());
    Value[] outputs = new Value[examples];
    for (int i = 0; i < examples; i++) {
      String suffix = i == 0 ? "" : "." + (i + 1);
      Map<Value, Value> now = new HashMap<>();
      now.put(network.input(), builder.emit(x.name() + "." + (i + 1), joined.part(i), x));
      builder.repeat(n -> n + suffix, network, now);
      outputs[i] = now.get(network.output());
    }
    return builder.build(outputs);
  }

  private static int lastId(Graph network) {
    int last = 0;
    for (Value v : network.inputs()) {
      last = Math.max(last, v.id());
    }
    for (var p : network.parameters()) {
      last = Math.max(last, p.value().id());
    }
    return last;
  }
}
