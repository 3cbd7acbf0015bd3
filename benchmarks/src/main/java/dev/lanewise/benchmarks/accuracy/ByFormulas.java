package dev.lanewise.benchmarks.accuracy;

import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a trial by the operations' formulas, in double: the truth where PyTorch is not at hand. */
final class ByFormulas {
  private final Trial trial;
  private final double[] mask;
  private final LossGraph graph;
  private int drawn;

  private ByFormulas(Trial trial, double[] mask) {
    this.trial = trial;
    this.mask = mask;
    this.graph = Differentiation.of(trial.network, trial.loss);
  }

  /** @param mask what a dropout keeps is not 0, by example */
  static Map<String, double[]> run(Trial trial, double[] mask) {
    return new ByFormulas(trial, mask).run();
  }

  private Map<String, double[]> run() {
    Interpreter interpreter = new Interpreter(graph.graph());
    int at = Memory.BASE;
    for (Parameter p : trial.network.parameters()) {
      int begin = at;
      double[] values = new double[p.shape().size()];
      Arrays.setAll(values, i -> trial.parameters[begin + i]);
      interpreter.set(p.value(), values);
      at += values.length;
    }
    List<Map<Value, double[]>> inputs = new ArrayList<>();
    for (int i = 0; i < trial.of.examples(); i++) {
      inputs.add(example(i));
    }
    List<Map<Value, double[]>> values = interpreter.run(inputs, node -> draw(node.operation()));
    int size = trial.outputs();
    Value result = trial.of.isLoss() ? graph.loss() : graph.graph().output();
    double[] y = new double[inputs.size() * size];
    Arrays.setAll(y, i -> values.get(i / size).get(result)[i % size]);
    Map<String, double[]> results = new LinkedHashMap<>();
    results.put("y", y);
    double[] gradients = gradients(interpreter);
    trial.named(i -> gradients[i]).forEach((name, t) -> results.put("d" + name, t.values()));
    return results;
  }

  private Map<Value, double[]> example(int example) {
    double[] which = new double[graph.graph().input().shape().size()];
    for (int one : trial.ones(example)) {
      which[one] = 1;
    }
    double[] label = new double[trial.labels[example].length];
    Arrays.setAll(label, j -> trial.labels[example][j]);
    Map<Value, double[]> inputs = new HashMap<>();
    inputs.put(graph.graph().input(), which);
    inputs.put(graph.label(), label);
    inputs.put(graph.dLoss(), new double[] {trial.weight()});
    graph.weight().ifPresent(w -> inputs.put(w, new double[] {1.0 / trial.of.examples()}));
    return inputs;
  }

  /** The examples come one after the other. */
  private Draw draw(Operation operation) {
    if (!(operation instanceof Dropout dropout)) {
      return Draw.NONE;
    }
    int size = dropout.shape().size();
    int first = drawn++ * size;
    int each = size / dropout.mask().size();
    return element -> mask[first + element * each] == 0 ? 0 : 1;
  }

  /** Laid out as the parameters; of those that are not trained, zeros. */
  private double[] gradients(Interpreter interpreter) {
    double[] all = new double[trial.network.parameterCount()];
    int at = trial.network.bufferCount();
    for (Value gradient : graph.gradients()) {
      double[] values = interpreter.get(gradient);
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return all;
  }
}
