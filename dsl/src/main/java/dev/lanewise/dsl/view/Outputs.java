package dev.lanewise.dsl.view;

import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.view.picture.Memories.Kept;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.rewrite.Inference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network makes of one example, where its attention looks, and what its memories keep, computed by the operations' own formulas in double: the
 * meaning of the network, without batches, fusion or kernels. Dropout does nothing, batch normalisation takes its running means, and noise
 * is that of the first example, as in a test.
 */
public final class Outputs {
  private final double[] result;
  private final Map<String, Looks> looks = new LinkedHashMap<>();

  /** Where the places of an example look. @param probabilities head by head, place by place */
  public record Looks(Attend attend, double[] probabilities) {}

  private final Map<String, List<Kept>> kept = new LinkedHashMap<>();

  private Outputs(Trained trained, double[] input) {
    Graph graph = Inference.of(trained.model().graph().withoutHeads());
    Interpreter interpreter = new Interpreter(graph);
    for (Parameter p : graph.parameters()) {
      interpreter.set(p.value(), doubles(trained.model().values(p.name())));
    }
    Map<Value, double[]> inputs = new HashMap<>();
    int from = 0;
    for (Field part : trained.net().inputs()) {
      Value value = inputs.isEmpty() ? graph.input() : graph.inputs().stream().filter(v -> v.name().equals(part.name())).findFirst().orElseThrow();
      inputs.put(value, Arrays.copyOfRange(input, from, from + part.shape().size()));
      from += part.shape().size();
    }
    Map<Value, double[]> values = interpreter.run(inputs, Interpreter::drawsOfFirst);
    graph.nodes().stream().filter(n -> n.operation() instanceof Attend)
        .forEach(n -> looks.put(n.name(), new Looks((Attend) n.operation(), values.get(n.outputs().get(1)))));
    graph.nodes().stream().filter(n -> n.operation() instanceof Scan)
        .forEach(n -> kept.computeIfAbsent(n.name(), _ -> new ArrayList<>()).addAll(
            kept((Scan) n.operation(), n.inputs().stream().map(v -> v.isShared() ? interpreter.get(v) : values.get(v)).toArray(double[][]::new))));
    result = values.get(graph.output());
  }

  private static List<Kept> kept(Scan scan, double[][] in) {
    Scan open = scan.open();
    double[][] out = open.outputs().stream().map(t -> new double[t.shape().size()]).toArray(double[][]::new);
    open.evaluate(Draw.NONE, in, out);
    List<Kept> kept = new ArrayList<>();
    for (int i = 0; i < out.length; i++) {
      kept.add(new Kept(open.told().get(i).name(), scan.places(), out[i]));
    }
    return kept;
  }

  /** What the memory of a layer is at each place, of several the lowest first; none if it has none. */
  public List<Kept> memory(String layer) {
    return kept.entrySet().stream().filter(e -> e.getKey().equals(layer) || e.getKey().startsWith(layer + ".")).flatMap(e -> e.getValue().stream()).toList();
  }

  /** Those of a layer, which has attention: of several, the first. */
  public Looks looks(String layer) {
    return looks.entrySet().stream().filter(e -> e.getKey().equals(layer) || e.getKey().startsWith(layer + ".")).findFirst().orElseThrow().getValue();
  }

  /** @param input as the network sees it, that is, normalised if it was trained so; of several, one after the other */
  public static Outputs of(Trained trained, double[] input) {
    return new Outputs(trained, input);
  }

  public static double[] doubles(float[] values) {
    double[] all = new double[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i];
    }
    return all;
  }

  /** What the network gives. */
  public double[] result() {
    return result;
  }
}
