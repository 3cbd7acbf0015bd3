package dev.lanewise.dsl.law;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a graph means, in double: by the formulas of its operations, without kernels.
 *
 * @param outputs of the network, one example after the other
 * @param losses of the examples
 * @param gradients of the trainable parameters, by name
 */
record Exact(double[][] outputs, double[] losses, Map<String, double[]> gradients) {
  /**
   * @param graph the training's, or what a pass of the compiler has made of it: its outputs are the network's, the loss, and the gradients
   * @param source where its further inputs are told
   */
  static Exact of(Graph graph, LossGraph source, Computation loss, List<Tensor> parameters, Dataset examples, int[] order) {
    return of(graph, source, loss, parameters, examples, order, null);
  }

  /** @param noise changes every value a little, see {@link Noisy}; null for none */
  static Exact of(
      Graph graph, LossGraph source, Computation loss, List<Tensor> parameters, Dataset examples, int[] order, Random noise) {
    Dataset data = Gradients.seen(examples, loss);
    Map<Value, double[]> shared = new HashMap<>();
    for (Parameter p : graph.parameters()) {
      shared.put(p.value(), exact(parameters.stream().filter(t -> t.name().equals(p.name())).findFirst().orElseThrow().values()));
    }
    double all = Arrays.stream(order).mapToDouble(i -> loss.weight(data.label(i))).sum();
    List<Map<Value, double[]>> inputs = new ArrayList<>();
    for (int i : order) {
      Map<Value, double[]> in = new HashMap<>();
      float[] x = new float[data.shape().size()];
      data.read(i, x, 0, 1);
      in.put(graph.input(), exact(x));
      float[] y = new float[source.label().shape().size()];
      data.readTarget(i, y, 0, 1);
      in.put(source.label(), exact(y));
      in.put(source.dLoss(), new double[] {1 / all});
      source.weight().ifPresent(w -> in.put(w, new double[] {1.0 / order.length}));
      inputs.add(in);
    }
    Interpreter interpreter = new Interpreter(graph);
    shared.forEach(interpreter::set);
    List<Map<Value, double[]>> values = noise == null
        ? interpreter.run(inputs, node -> draw(node.name()))
        : new Noisy(graph, shared, noise).run(inputs, node -> draw(node.name()));
    Value output = graph.outputs().get(0);
    Value lossValue = graph.outputs().get(1);
    Map<String, double[]> gradients = new LinkedHashMap<>();
    for (int k = 0; k < graph.trainable().size(); k++) {
      Value gradient = graph.outputs().get(2 + k);
      gradients.put(graph.trainable().get(k).name(), noise == null ? interpreter.get(gradient) : shared.get(gradient));
    }
    return new Exact(
        values.stream().map(v -> v.get(output)).toArray(double[][]::new), values.stream().mapToDouble(v -> v.get(lossValue)[0]).toArray(),
        gradients);
  }

  /** The same for every example, since it does not say which it is. */
  private static Draw draw(String node) {
    return element -> new Random(31L * node.hashCode() + element).nextDouble();
  }

  static double[] exact(float[] values) {
    double[] exact = new double[values.length];
    Arrays.setAll(exact, i -> values[i]);
    return exact;
  }
}
