package dev.lanewise.dsl.law;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Triplets;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.layer.Triplet;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.train.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The gradients of one step, by name, as the engine computes them.
 *
 * @param loss the sum over all examples of what each counts
 * @param buffers running means and the like afterwards
 */
record Gradients(Map<String, float[]> of, double loss, Map<String, float[]> buffers) {
  static final long KEY = 12345;

  /** How the engine is to go about it. @param batch examples of a batch; several make the step */
  record Way(KernelSet kernels, int threads, int batch, int[] order) {
    static Way plain(Trial trial) {
      int count = trial.script().examples().size();
      return new Way(KernelSet.VECTOR, 1, count, IntStream.range(0, count).toArray());
    }

    Way with(KernelSet other) {
      return new Way(other, threads, batch, order);
    }

    Way withThreads(int other) {
      return new Way(kernels, other, batch, order);
    }

    Way withBatch(int other) {
      return new Way(kernels, threads, other, order);
    }

    Way withOrder(int[] other) {
      return new Way(kernels, threads, batch, other);
    }
  }

  static Gradients of(Trial trial) {
    return of(trial, Way.plain(trial));
  }

  static Gradients of(Trial trial, Way way) {
    return of(trial.graph(), trial.loss(), trial.model().tensors(), trial.script().examples(), way);
  }

  /** What a network is shown, with the same others to compare with each time. */
  static Dataset seen(Dataset examples, Computation loss) {
    return loss instanceof Triplet ? new Triplets(examples, null).drawn(KEY) : examples;
  }

  static Gradients of(Graph graph, Computation loss, List<Tensor> values, Dataset examples, Way way) {
    Dataset data = seen(examples, loss);
    Plan plan = Plan.training(graph, loss, way.kernels());
    float[] parameters = Memory.allocate(graph.parameterCount());
    int at = Memory.BASE;
    for (Parameter p : graph.parameters()) {
      float[] own = values.stream().filter(t -> t.name().equals(p.name())).findFirst().orElseThrow().values();
      System.arraycopy(own, 0, parameters, at, own.length);
      at += own.length;
    }
    try (Workers workers = new Workers(way.threads())) {
      BatchRunner runner = new BatchRunner(
          plan, workers, parameters, Math.min(way.batch(), data.size()));
      runner.weigh(loss);
      runner.pack();
      double[] all = runner.weights(data, way.order(), 0, data.size());
      double sum = 0;
      for (int from = 0; from < data.size(); from += way.batch()) {
        runner.run(data, way.order(), from, Math.min(way.batch(), data.size() - from), KEY, all, from == 0);
        sum += runner.scores().lossSum();
      }
      float[] gradient = runner.allGradients(graph);
      return new Gradients(split(graph, gradient, true), sum, split(graph, parameters, false));
    }
  }

  private static Map<String, float[]> split(Graph graph, float[] values, boolean trainable) {
    Map<String, float[]> split = new LinkedHashMap<>();
    int at = Memory.BASE;
    for (Parameter p : graph.parameters()) {
      int end = at + p.shape().size();
      if (p.isTrainable() == trainable) {
        split.put(p.name(), Arrays.copyOfRange(values, at, end));
      }
      at = end;
    }
    return split;
  }

  /** The parameters of a model, by name. */
  static Map<String, float[]> values(Model model) {
    Map<String, float[]> values = new LinkedHashMap<>();
    model.tensors().forEach(t -> values.put(t.name(), t.values()));
    return values;
  }

  /** The same in another order of names, by their places. */
  static List<Tensor> renamed(List<Tensor> tensors, Graph graph) {
    List<Tensor> renamed = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      renamed.add(new Tensor(graph.parameters().get(i).name(), tensors.get(i).shape(), tensors.get(i).values()));
    }
    return renamed;
  }
}
