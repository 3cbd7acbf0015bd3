package dev.lanewise.runtime.score;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.Map;

/**
 * Whether a loss looks at nothing but how far outputs are from labels, as the squared error does: then it does not matter where zero is, and
 * numbers to predict may be brought to another scale. One that takes outputs for probabilities does care.
 */
public final class Differences {
  private static final double[][] PROBES = {{0.3, 0.7}, {0.9, 0.2}, {-1.5, 0.25}};
  private static final double[] SHIFTS = {0.5, -3};

  private Differences() {}

  public static boolean areAllThatCounts(Computation loss) {
    Computation main = Objective.main(loss);
    if (main.inputs().size() != 2) {
      return false;
    }
    Shape output = main.inputs().get(0).shape();
    if (output.size() != main.inputs().get(1).shape().size()) {
      return false;
    }
    GraphBuilder builder = new GraphBuilder(output);
    Value label = builder.input("label", main.inputs().get(1).shape());
    Graph graph = builder.build(builder.add("loss", main, builder.input(), label));
    return Arrays.stream(PROBES).allMatch(p -> Arrays.stream(SHIFTS).allMatch(s -> {
      double here = at(graph, label, p[0], p[1]);
      return Math.abs(here - at(graph, label, p[0] + s, p[1] + s)) <= 1e-6 * (1 + Math.abs(here));
    }));
  }

  private static double at(Graph graph, Value label, double output, double target) {
    return new Interpreter(graph).run(Map.of(graph.input(), filled(graph.input().shape(), output), label, filled(label.shape(), target)), _ -> _ -> 0.5)
        .get(graph.output())[0];
  }

  private static double[] filled(Shape shape, double value) {
    double[] values = new double[shape.size()];
    Arrays.fill(values, value);
    return values;
  }
}
