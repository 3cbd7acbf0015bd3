package dev.lanewise.dsl.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.Differentiation.Everywhere;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.train.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The gradient of the input is that of the network as it is tested, and no thread changes a bit of it. */
class InputGradientLawTest {
  private static final double USUAL = 5e-5;
  /** Smaller than a float tells beside 1: a sigmoid or softmax that is 1 in float passes nothing back where it passes so little in double. */
  private static final double VANISHED = 1e-7;

  @Test
  void isThatOfTheFormulas() {
    Seeds.all("input gradients", 20, Wish.ALL.withoutHeads(), trial -> {
      if (trial.loss() instanceof Comparison || !hasGradient(trial)) {
        return;
      }
      Dataset data = compared(trial, trial.script().examples());
      Map<String, double[]> found = floats(trial, data, 1);
      Map<String, double[]> exact = exact(trial, trial.model().tensors(), data);
      Same.Difference most = Same.most(exact, found).orElseThrow();
      if (most.error() > USUAL && Arrays.stream(exact.get("dInput")).map(Math::abs).max().orElse(0) > VANISHED) {
        double natural = natural(trial, exact);
        assertThat(most.error()).as("%s; last bits make %.2g", most, natural).isLessThan(Rounding.TIMES * natural);
      }
    });
  }

  /** All examples; where there is noise the first alone, whose draws are known. */
  private static Dataset compared(Trial trial, Dataset all) {
    return trial.graph().nodes().stream().anyMatch(n -> n.operation() instanceof Noise) ? new DataSplit("d", all, null, all).training(all, new int[] {0}).train() : all;
  }

  @Test
  void threadsDoNotChangeABit() {
    Seeds.all("input gradients, threads", 10, Wish.ALL.withoutHeads(), trial -> {
      if (!(trial.loss() instanceof Comparison) && hasGradient(trial)) {
        Dataset data = trial.script().examples();
        assertThat(rows(trial, data, 3)).isDeepEqualTo(rows(trial, data, 1));
      }
    });
  }

  private static boolean hasGradient(Trial trial) {
    Everywhere all = Differentiation.everywhere(Inference.differentiable(trial.graph()), Objective.tested(trial.loss()));
    return all.gradients().containsKey(all.graph().input());
  }

  private static float[][] rows(Trial trial, Dataset data, int threads) {
    try (Engine engine = new Engine(threads, KernelSet.VECTOR)) {
      return engine.inputGradients(trial.model(), data, trial.loss());
    }
  }

  private static Map<String, double[]> floats(Trial trial, Dataset data, int threads) {
    return joined(Arrays.stream(rows(trial, data, threads)).map(Exact::exact).toList());
  }

  /** Of all examples, as one tensor: what cancels in one of them is measured by the others. */
  private static Map<String, double[]> joined(List<double[]> rows) {
    return Map.of("dInput", rows.stream().flatMapToDouble(Arrays::stream).toArray());
  }

  private static Map<String, double[]> exact(Trial trial, List<Tensor> parameters, Dataset data) {
    return exact(trial, parameters, data, null);
  }

  /** @param noise changes every value a little, see {@link Noisy}; null for none */
  private static Map<String, double[]> exact(Trial trial, List<Tensor> parameters, Dataset data, Random noise) {
    Computation loss = Objective.tested(trial.loss());
    Graph network = Inference.differentiable(trial.graph());
    Everywhere all = Differentiation.everywhere(network, loss);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      Map<Value, double[]> shared = new HashMap<>();
      all.graph().parameters().forEach(p ->
          shared.put(p.value(), Exact.exact(parameters.stream().filter(t -> t.name().equals(p.name())).findFirst().orElseThrow().values())));
      Interpreter interpreter = new Interpreter(all.graph());
      shared.forEach(interpreter::set);
      Map<Value, double[]> in = new HashMap<>();
      float[] x = new float[data.shape().size()];
      data.read(i, x, 0, 1);
      in.put(all.graph().input(), Exact.exact(x));
      float[] y = new float[all.forward().label().shape().size()];
      data.readTarget(i, y, 0, 1);
      in.put(all.forward().label(), Exact.exact(y));
      in.put(all.dLoss(), new double[] {1});
      Map<Value, double[]> made = noise == null
          ? interpreter.run(in, Interpreter::drawsOfFirst)
          : new Noisy(all.graph(), shared, noise).run(List.of(in), Interpreter::drawsOfFirst).getFirst();
      rows.add(made.get(all.gradients().get(all.graph().input())));
    }
    return joined(rows);
  }

  /** What the last bits of parameters and examples make, and of what lies between the operations. */
  private static double natural(Trial trial, Map<String, double[]> exact) {
    double most = 0;
    for (int k = 0; k < 3; k++) {
      Pick pick = new Pick(trial.script().seed() ^ 71 + k);
      List<Tensor> values = new ArrayList<>();
      trial.model().tensors().forEach(t -> values.add(new Tensor(t.name(), t.shape(), Rounding.perturbed(pick, t.values()))));
      Examples e = trial.script().examples();
      Examples examples = new Examples(e.shape(), e.target(), Rounding.perturbed(pick, e.x()), e.labels(), e.y());
      most = Math.max(most, Same.most(exact, exact(trial, values, compared(trial, examples))).orElseThrow().error());
      Random noise = new Random(trial.script().seed() + k);
      most = Math.max(most, Same.most(exact, exact(trial, trial.model().tensors(), compared(trial, trial.script().examples()), noise)).orElseThrow().error());
    }
    return most;
  }
}
